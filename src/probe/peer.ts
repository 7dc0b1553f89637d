import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';

import type { ProbeTarget, TlsFacts } from '../model/probe.ts';
import { createWiderContext } from './contexts.ts';
import { connectInTurn, type Dialled } from './dial.ts';
import { sawNothing, sawOther, type Facts, type Observation } from './observation.ts';
import type { AddressRun } from './run.ts';
import { readTlsFacts, shakeHands, type Handshake } from './tls.ts';
import { findMismatch, readableAnchors } from './trust.ts';

/** A peer whose certificate speaks for this cluster: requests may be sent. */
export interface Peer {
  readonly socket: TLSSocket;
  /** The one it took. */
  readonly context: SecureContext;
  readonly tls: TlsFacts;
}

/** What SNI asks for and the certificate must hold; the Host header stays the host's, as kubectl does. */
export function nameOf({ host, serverName = host }: ProbeTarget): string {
  return serverName;
}

/**
 * The handshake, then the certificate. Once more where the peer dropped the connection before its first byte, and where it refused what
 * was offered and there is more to offer.
 */
export async function securePeer(
  dialled: Dialled,
  run: AddressRun,
  context = run.anchors.context,
): Promise<Peer | Observation> {
  const { place, facts } = dialled;
  const handshake = await shake(dialled.socket, context, run);
  if (handshake.kind === 'secure') return inspect(handshake.socket, context, facts, run);
  const nextContext = contextAfter(handshake, context, run);
  const again = nextContext && (await connectInTurn(place, run));
  if (again?.kind === 'connected') return securePeer({ ...dialled, socket: again.socket }, run, nextContext);
  return describeFailure(handshake, facts);
}

function shake(socket: Socket, context: SecureContext, { limits, deadline, target }: AddressRun): Promise<Handshake> {
  return shakeHands(socket, nameOf(target), context, limits.handshake, deadline.signal);
}

/** What another handshake is made with; undefined where none is due. Some servers hang up on too narrow an offer without an alert. */
function contextAfter(handshake: Handshake, context: SecureContext, run: AddressRun): SecureContext | undefined {
  const { anchors, takeRetry } = run;
  const widen = (): SecureContext | undefined =>
    context === anchors.context ? createWiderContext(anchors.ca) : undefined;
  if (handshake.kind === 'dropped') return takeRetry() ? (widen() ?? context) : undefined;
  return handshake.kind === 'failed' && handshake.isRefusal ? widen() : undefined;
}

function describeFailure(handshake: Exclude<Handshake, { kind: 'secure' }>, facts: Facts): Observation {
  if (handshake.kind === 'ended')
    return sawNothing('inconclusive', 'There was no time left for the TLS handshake.', facts);
  if (handshake.kind === 'dropped')
    return sawNothing('filtered', 'The connection was closed before any answer to the TLS handshake.', facts);
  return (handshake.bytesCame ? sawOther : sawNothing)('tls-failed', handshake.detail, facts);
}

function inspect(socket: TLSSocket, context: SecureContext, facts: Facts, run: AddressRun): Peer | Observation {
  const anchors = readableAnchors(run.anchors, socket.authorized);
  const tls = readTlsFacts(socket, nameOf(run.target), anchors, run.now());
  const mismatch = tls === undefined ? undefined : findMismatch(anchors, tls);
  if (tls !== undefined && mismatch === undefined) return { socket, context, tls };
  socket.destroy();
  if (tls === undefined) return sawOther('tls-failed', 'The peer sent no certificate.', facts);
  return sawOther('not-this-cluster', mismatch ?? '', { ...facts, tls });
}

/** Another connection to the same address, through the same checks: another peer may stand behind it. */
export async function reconnectPeer(
  { place, facts }: Dialled,
  { context }: Peer,
  run: AddressRun,
): Promise<TLSSocket | undefined> {
  const connection = await connectInTurn(place, run);
  if (connection.kind !== 'connected') return undefined;
  const handshake = await shake(connection.socket, context, run);
  if (handshake.kind !== 'secure') return undefined;
  const peer = inspect(handshake.socket, context, facts, run);
  return 'outcome' in peer ? undefined : peer.socket;
}
