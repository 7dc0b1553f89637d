import { randomUUID } from 'node:crypto';

import type { AddressResult, ProbeResult } from '../model/probe.ts';
import { takeAim, type Place } from './aim.ts';
import type { Answer } from './answer.ts';
import { wantsBootstrap } from './bootstrap.ts';
import { dial, type Dialled } from './dial.ts';
import { joinAddresses } from './join.ts';
import { nextStep } from './ladder.ts';
import { sawFault, startClock, type Observation, type Stamp } from './observation.ts';
import { reconnectPeer, securePeer, type Peer } from './peer.ts';
import { describeGap } from './resolve.ts';
import { createRetry, type AddressRun, type Run } from './run.ts';
import { openSession } from './session.ts';
import { judgeAnswers } from './verdict.ts';

/** One look: aim, then each address by itself. */
export async function takeLook(run: Run, stamp: Stamp): Promise<ProbeResult> {
  const places = await takeAim(run);
  if ('outcome' in places) return stamp(places);
  run.deadline.extend(run.limits.total * (places.length - 1));
  return joinAddresses(await Promise.all(places.map((place) => lookAtPlace(place, run))));
}

/**
 * In turn: the addresses of a name are one API server's, so they share its pace. Connect, handshake, and the ladder only where the
 * certificate speaks for this cluster. One function, as each further one that waits costs half a kilobyte for each look in flight.
 */
async function lookAtPlace(place: Place, shared: Run): Promise<AddressResult> {
  await shared.awaitTurn();
  const run = { ...shared, takeRetry: createRetry() };
  const stamp = startClock(run.now);
  const end = (seen: Observation): AddressResult => stamp({ ...seen, detail: seen.detail + describeGap(place.facts) });
  try {
    const dialled = await dial(place, run);
    if ('outcome' in dialled) return end(dialled);
    const peer = await securePeer(dialled, run);
    if ('outcome' in peer) return end(peer);
    const answers = await climb(peer, dialled, run);
    return end(judgeAnswers(answers, run, { ...dialled.facts, tls: peer.tls, auditId: run.target.auditId }));
  } catch (error) {
    return stamp(sawFault(error, place.facts));
  }
}

/** Asks step after step until the ladder has no next one. */
async function climb(peer: Peer, dialled: Dialled, run: AddressRun): Promise<readonly Answer[]> {
  const session = openSession({
    headers: requestHeaders(run),
    socket: peer.socket,
    reopen: () => reconnectPeer(dialled, peer, run),
    spend: () => run.spend(`${dialled.place.address} ${dialled.place.port}`),
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

/** The same on every request: names and values in turn. API servers echo `Audit-ID` and write it to the owner's own log. */
function requestHeaders({ target, userAgent }: Run): readonly string[] {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const headers = {
    host: target.port === 443 ? host : `${host}:${target.port}`,
    accept: 'application/json',
    'user-agent': userAgent,
    'audit-id': target.auditId,
    connection: 'keep-alive',
  };
  return Object.entries(headers).flat();
}
