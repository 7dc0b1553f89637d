import { connect } from '../connect.ts';
import type { Deadline } from '../deadline.ts';
import type { ProbeLimits } from '../limits.ts';
import type { Limit } from '../../lib/limit.ts';
import { shakeAndClose, type Shaken } from './handshake.ts';
import { versionOf, type createContexts, type Offer } from './offers.ts';

/** TCP connections of one posture, retries included. */
const maxConnections = 6;

/** Where, and by what means. */
export interface Rounds {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly contextFor: ReturnType<typeof createContexts>;
  readonly limits: ProbeLimits;
  readonly deadline: Deadline;
  /** Waits until the next connection to this name and port is due. */
  readonly awaitTurn: () => Promise<void>;
  /** Handshakes of all postures at the same time; waiting for a turn takes no place. */
  readonly limit: Limit;
}

export interface Seen {
  readonly shaken: ReadonlyMap<Offer, Shaken>;
  readonly connections: number;
}

/** Newest first: what matters most is known where the budget or the peer ends early. */
const offers: readonly Offer[] = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1', 'weak'];

/** One handshake after the other. The first that is lost is tried once more; a peer that is gone is left alone. */
export async function shakeThrough(rounds: Rounds): Promise<Seen> {
  const shaken = new Map<Offer, Shaken>();
  let connections = 0;
  let spare = maxConnections - offers.length;
  const shakeOnce = async (offer: Offer): Promise<Shaken> => {
    const context = rounds.contextFor(offer);
    if (context === undefined) return { kind: 'unable' };
    await rounds.awaitTurn();
    if (rounds.deadline.signal.aborted) return { kind: 'ended' };
    connections += 1;
    return rounds.limit(() => connectAndShake(rounds, context));
  };
  for (const offer of offers) {
    if (!isWorthwhile(offer, shaken)) continue;
    let last = await shakeOnce(offer);
    if (isLost(last) && spare > 0) {
      spare -= 1;
      last = await shakeOnce(offer);
    }
    shaken.set(offer, last);
    if (last.kind === 'unconnected' || last.kind === 'ended') break;
  }
  return { shaken, connections };
}

function isLost({ kind }: Shaken): boolean {
  return kind === 'dropped' || kind === 'unconnected';
}

/** Weak suites are asked for by TLS 1.2, so only where that is spoken. */
function isWorthwhile(offer: Offer, shaken: ReadonlyMap<Offer, Shaken>): boolean {
  if (offer !== 'weak') return true;
  const asked = shaken.get(versionOf(offer));
  return asked?.kind === 'answered' && asked.flight.hello !== undefined;
}

async function connectAndShake(
  rounds: Rounds,
  context: NonNullable<ReturnType<Rounds['contextFor']>>,
): Promise<Shaken> {
  const { host, address, port, limits, deadline } = rounds;
  const connection = await connect(address, port, limits.connect, deadline.signal);
  if (connection.kind === 'ended') return { kind: 'ended' };
  if (connection.kind !== 'connected') return { kind: 'unconnected' };
  return shakeAndClose(connection.socket, { host, context, limit: limits.handshake, signal: deadline.signal });
}
