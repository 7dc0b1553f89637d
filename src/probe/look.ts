import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

import type { Look, ProbeTarget, TlsFacts } from '../model/probe.ts';
import { classifyAddress } from './address.ts';
import type { Answer } from './answer.ts';
import { addressFacts, connectOnce, dial, takeAim, type Aim } from './dial.ts';
import { nextStep } from './ladder.ts';
import { sawNothing, sawOther, type Observation } from './observation.ts';
import type { Run } from './run.ts';
import { openSession } from './session.ts';
import { readTlsFacts, shakeHands } from './tls.ts';
import { findMismatch, type Anchors } from './trust.ts';
import { judgeAnswers } from './verdict.ts';

/** Beside the run: what only the part above TCP needs. */
export interface LookOptions {
  readonly target: ProbeTarget;
  readonly look: Look;
  readonly anchors: Anchors;
  readonly userAgent: string;
  readonly spend: (peer: string) => boolean;
  readonly now: () => Date;
}

/** One look: aim, connect, handshake, and the ladder only where the certificate speaks for this cluster. */
export async function takeLook(options: LookOptions, run: Run): Promise<Observation> {
  const aim = await takeAim(options.target, run);
  if ('outcome' in aim) return aim;
  const dialled = await dial(aim, run);
  if ('outcome' in dialled) return dialled;
  const { address, socket } = dialled;
  const facts = { ...aim.facts, ...addressFacts(address), ...localFacts(socket), connected: true, timedOut: false };
  const secured = await secure(socket, address, aim, options, run, facts);
  if ('outcome' in secured) return secured;
  return ask(secured, address, aim, options, run, facts);
}

type Facts = Partial<Observation>;

function localFacts(socket: Socket): Facts {
  const { localAddress } = socket;
  return localAddress !== undefined && classifyAddress(localAddress) === 'public' ? { localAddress } : {};
}

/** The handshake, once more where the peer dropped it before its first byte; then the certificate. */
async function secure(
  socket: Socket,
  address: string,
  aim: Aim,
  options: LookOptions,
  run: Run,
  facts: Facts,
): Promise<{ socket: TLSSocket; tls: TlsFacts } | Observation> {
  const { target, anchors } = options;
  const handshake = await shakeHands(socket, target.host, anchors.context, run.limits.handshake, run.deadline.signal);
  switch (handshake.kind) {
    case 'dropped': {
      const again = run.retry.take() ? await connectOnce(address, aim.port, run) : undefined;
      if (again?.kind === 'connected') return secure(again.socket, address, aim, options, run, facts);
      return sawNothing('filtered', 'The connection was closed before any answer to the TLS handshake.', facts);
    }
    case 'ended':
      return sawNothing('inconclusive', 'There was no time left for the TLS handshake.', facts);
    case 'failed':
      return handshake.bytesCame
        ? sawOther('tls-failed', handshake.detail, facts)
        : sawNothing('tls-failed', handshake.detail, facts);
    case 'secure':
      return inspect(handshake.socket, options, facts);
  }
}

function inspect(
  socket: TLSSocket,
  { target, anchors, now }: LookOptions,
  facts: Facts,
): { socket: TLSSocket; tls: TlsFacts } | Observation {
  const tls = readTlsFacts(socket, target.host, anchors, now());
  if (tls === undefined) {
    socket.destroy();
    return sawOther('tls-failed', 'The peer sent no certificate.', facts);
  }
  const mismatch = findMismatch(anchors, tls);
  if (mismatch === undefined) return { socket, tls };
  socket.destroy();
  return sawOther('not-this-cluster', mismatch, { ...facts, tls });
}

/** Walks the ladder. A connection after the first is taken through the same checks: another peer may answer it. */
async function ask(
  secured: { socket: TLSSocket; tls: TlsFacts },
  address: string,
  aim: Aim,
  options: LookOptions,
  run: Run,
  facts: Facts,
): Promise<Observation> {
  const { target, look } = options;
  const peer = `${target.host}:${target.port} ${address}:${aim.port}`;
  const session = openSession({
    headers: requestHeaders(options),
    socket: secured.socket,
    reopen: () => reopen(address, aim, options, run),
    spend: () => options.spend(peer),
    signal: run.deadline.signal,
  });
  const answers: Answer[] = [];
  for (let step = nextStep(answers, look); step !== undefined; step = nextStep(answers, look)) {
    answers.push(await session.get(step, randomUUID()));
  }
  session.close();
  const hints = { isClusters: options.anchors.kind === 'cluster-ca', names: secured.tls.certificate.names };
  return judgeAnswers(answers, target, look, hints, { ...facts, tls: secured.tls, auditId: target.auditId });
}

async function reopen(address: string, aim: Aim, options: LookOptions, run: Run): Promise<TLSSocket | undefined> {
  const connection = await connectOnce(address, aim.port, run);
  if (connection.kind !== 'connected') return undefined;
  const { target, anchors } = options;
  const { signal } = run.deadline;
  const handshake = await shakeHands(connection.socket, target.host, anchors.context, run.limits.handshake, signal);
  if (handshake.kind !== 'secure') return undefined;
  const inspected = inspect(handshake.socket, options, {});
  return 'outcome' in inspected ? undefined : inspected.socket;
}

/** The same on every request. `Audit-ID` is echoed by API servers and stands in the owner's own log. */
function requestHeaders({ target, userAgent }: LookOptions): Readonly<Record<string, string>> {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return {
    host: target.port === 443 ? host : `${host}:${target.port}`,
    accept: 'application/json',
    'user-agent': userAgent,
    'audit-id': target.auditId,
  };
}
