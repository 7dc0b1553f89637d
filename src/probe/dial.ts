import { isIPv4, type Socket } from 'node:net';

import type { Outcome } from '../model/probe.ts';
import { classifyAddress } from './address.ts';
import type { Place } from './aim.ts';
import { connect, type ConnectFailure, type Connection } from './connect.ts';
import { sawNothing, type Facts, type Observation } from './observation.ts';
import type { AddressRun } from './run.ts';

/** A TCP connection, and what it showed. */
export interface Dialled {
  readonly socket: Socket;
  readonly place: Place;
  readonly facts: Facts;
}

/** Connects to one address, whose turn it is. A connect that timed out or was reset is tried once more. */
export async function dial(place: Place, run: AddressRun): Promise<Dialled | Observation> {
  const first = await connectNow(place, run);
  const isLost = first.kind === 'timed-out' || first.kind === 'reset';
  const last = isLost && run.takeRetry() ? await connectInTurn(place, run) : first;
  if (last.kind === 'connected') return { socket: last.socket, place, facts: connectionFacts(last.socket, place) };
  return describeFailure(isLost ? first.kind : undefined, last.kind, place, run);
}

async function connectNow({ address, port }: Place, { limits, deadline }: AddressRun): Promise<Connection> {
  return deadline.signal.aborted ? { kind: 'ended' } : connect(address, port, limits.connect, deadline.signal);
}

/** Paced: the first connection to a name is due at once, each further one, to whichever address, a second after the last. */
export async function connectInTurn(place: Place, run: AddressRun): Promise<Connection> {
  await run.awaitTurn();
  return connectNow(place, run);
}

function connectionFacts({ localAddress = '' }: Socket, { facts }: Place): Facts {
  // What a translator (NAT64) is dialled from is not what the peer sees.
  const isSeenByPeer = isIPv4(localAddress) === (facts.family === 'ipv4');
  const local = isSeenByPeer && classifyAddress(localAddress) === 'public' ? { localAddress } : {};
  return { ...facts, ...local, connected: true, timedOut: false };
}

/** What leaves open that packets are dropped. */
const drops: ReadonlySet<ConnectFailure> = new Set(['timed-out', 'ended']);

/** What each failure of a connect comes to. A machine that cannot look, or has no route to a family, has learnt nothing of the endpoint. */
const conclusions = {
  ended: ['inconclusive', 'There was no time left to connect.'],
  reset: ['filtered', 'The connection was reset while connecting.'],
  refused: ['closed', 'The connection was refused.'],
  unreachable: ['filtered', 'The address could not be reached.'],
  unable: ['not-probed', 'This machine could not open a connection.'],
  'no-route': ['not-probed', 'This machine has no route to addresses of this family.'],
} as const satisfies Record<Exclude<ConnectFailure, 'timed-out'>, readonly [Outcome, string]>;

/** No connection. The last attempt speaks, unless an earlier one timed out: only time-outs alone may count as an enforced list. */
export function describeFailure(
  earlier: ConnectFailure | undefined,
  last: ConnectFailure,
  { facts }: Pick<Place, 'facts'>,
  { deadline }: Pick<AddressRun, 'deadline'>,
): Observation {
  if (earlier === 'timed-out' || last === 'timed-out') {
    const isPlain = [earlier, last].every((failure) => failure === undefined || drops.has(failure));
    return sawNothing('filtered', 'Connecting timed out.', { ...facts, timedOut: isPlain });
  }
  if (deadline.cause() === 'interrupt') return sawNothing('not-probed', 'The run was interrupted.', facts);
  const [outcome, detail] = conclusions[last];
  return sawNothing(outcome, detail, facts);
}
