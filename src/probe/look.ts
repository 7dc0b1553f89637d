import { randomUUID } from 'node:crypto';

import type { Answer } from './answer.ts';
import { wantsBootstrap } from './bootstrap.ts';
import { dial, takeAim, type Dialled } from './dial.ts';
import { nextStep } from './ladder.ts';
import type { Observation } from './observation.ts';
import { reconnectPeer, securePeer, type Peer } from './peer.ts';
import type { Run } from './run.ts';
import { openSession } from './session.ts';
import { judgeAnswers } from './verdict.ts';

/** One look: aim, connect, handshake, and the ladder only where the certificate speaks for this cluster. */
export async function takeLook(run: Run): Promise<Observation> {
  const aim = await takeAim(run);
  if ('outcome' in aim) return aim;
  const dialled = await dial(aim, run);
  if ('outcome' in dialled) return dialled;
  const peer = await securePeer(dialled, run);
  if ('outcome' in peer) return peer;
  const answers = await climb(peer, dialled, run);
  return judgeAnswers(answers, run, { ...dialled.facts, tls: peer.tls, auditId: run.target.auditId });
}

/** Asks step after step until the ladder has no next one. */
async function climb(peer: Peer, dialled: Dialled, run: Run): Promise<readonly Answer[]> {
  const session = openSession({
    headers: requestHeaders(run),
    socket: peer.socket,
    reopen: () => reconnectPeer(dialled, run),
    spend: () => run.spend(`${dialled.address} ${dialled.port}`),
    signal: run.deadline.signal,
  });
  const answers: Answer[] = [];
  try {
    for (let step = nextStep(answers, run.look); step !== undefined; step = nextStep(answers, run.look)) {
      answers.push(await session.get(step, randomUUID()));
    }
    if (wantsBootstrap(answers, run, peer.tls)) answers.push(await session.get('bootstrap', ''));
    return answers;
  } finally {
    session.close();
  }
}

/** The same on every request. API servers echo `Audit-ID` and write it to the owner's own log. */
function requestHeaders({ target, userAgent }: Run): Readonly<Record<string, string>> {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return {
    host: target.port === 443 ? host : `${host}:${target.port}`,
    accept: 'application/json',
    'user-agent': userAgent,
    'audit-id': target.auditId,
  };
}
