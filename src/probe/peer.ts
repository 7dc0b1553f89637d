import type { TLSSocket } from 'node:tls';

import type { ProbeTarget, TlsFacts } from '../model/probe.ts';
import { connectInTurn, type Dialled } from './dial.ts';
import { sawNothing, sawOther, type Facts, type Observation } from './observation.ts';
import type { AddressRun } from './run.ts';
import { readTlsFacts, shakeHands } from './tls.ts';
import { findMismatch, readableAnchors } from './trust.ts';

/** A peer whose certificate speaks for this cluster: requests may be sent. */
export interface Peer {
  readonly socket: TLSSocket;
  readonly tls: TlsFacts;
}

/** What SNI asks for and the certificate must hold; the Host header stays the host's, as kubectl does. */
export function nameOf({ host, serverName = host }: ProbeTarget): string {
  return serverName;
}

/** The handshake, once more where the peer dropped the connection before its first byte; then the certificate. */
export async function securePeer(dialled: Dialled, run: AddressRun): Promise<Peer | Observation> {
  const { place, facts } = dialled;
  const { limits, deadline, target, anchors } = run;
  const handshake = await shakeHands(
    dialled.socket,
    nameOf(target),
    anchors.context,
    limits.handshake,
    deadline.signal,
  );
  if (handshake.kind === 'secure') return inspect(handshake.socket, facts, run);
  if (handshake.kind === 'ended')
    return sawNothing('inconclusive', 'There was no time left for the TLS handshake.', facts);
  if (handshake.kind === 'failed')
    return (handshake.bytesCame ? sawOther : sawNothing)('tls-failed', handshake.detail, facts);
  const again = run.takeRetry() ? await connectInTurn(place, run) : undefined;
  if (again?.kind === 'connected') return securePeer({ ...dialled, socket: again.socket }, run);
  return sawNothing('filtered', 'The connection was closed before any answer to the TLS handshake.', facts);
}

function inspect(socket: TLSSocket, facts: Facts, run: AddressRun): Peer | Observation {
  const anchors = readableAnchors(run.anchors, socket.authorized);
  const tls = readTlsFacts(socket, nameOf(run.target), anchors, run.now());
  const mismatch = tls === undefined ? undefined : findMismatch(anchors, tls);
  if (tls !== undefined && mismatch === undefined) return { socket, tls };
  socket.destroy();
  if (tls === undefined) return sawOther('tls-failed', 'The peer sent no certificate.', facts);
  return sawOther('not-this-cluster', mismatch ?? '', { ...facts, tls });
}

/** Another connection to the same address, through the same checks: another peer may stand behind it. */
export async function reconnectPeer({ place, facts }: Dialled, run: AddressRun): Promise<TLSSocket | undefined> {
  const connection = await connectInTurn(place, run);
  if (connection.kind !== 'connected') return undefined;
  const { limits, deadline, target, anchors } = run;
  const handshake = await shakeHands(
    connection.socket,
    nameOf(target),
    anchors.context,
    limits.handshake,
    deadline.signal,
  );
  if (handshake.kind !== 'secure') return undefined;
  const peer = inspect(handshake.socket, facts, run);
  return 'outcome' in peer ? undefined : peer.socket;
}
