import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';

import { isTlsError } from '../tls.ts';
import { waitUntilReady } from '../connect.ts';
import { readFlight, type Flight } from './flight.ts';
import { recordPeer } from './recorder.ts';

/** What one handshake came to. */
export type Shaken =
  /** Bytes came. The rest is there where the handshake came to its end. */
  | { readonly kind: 'answered'; readonly flight: Flight; readonly finished?: Finished }
  /** The peer closed or reset before it sent a byte. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unconnected' }
  /** This Node has no such version or suite. */
  | { readonly kind: 'unable' }
  /** No time was left, or the run was interrupted. */
  | { readonly kind: 'ended' };

export interface Finished {
  readonly leaf?: X509Certificate;
  readonly cipher: string;
  readonly alpn?: string;
}

export interface Shaking {
  readonly host: string;
  readonly context: tls.SecureContext;
  /** Milliseconds. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** One handshake over a connected socket, which is closed at the end of it: nothing else is ever sent. */
export async function shakeAndClose(socket: Socket, { host, context, limit, signal }: Shaking): Promise<Shaken> {
  const { stream, received } = recordPeer(socket);
  const secure = tls.connect({
    socket: stream,
    secureContext: context,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ALPNProtocols: ['h2', 'http/1.1'],
    ...(isIP(host) === 0 ? { servername: host.toLowerCase() } : { host }),
  });
  const waited = await waitUntilReady(secure, 'secureConnect', limit, signal);
  const finished = waited.kind === 'ready' ? describe(secure) : undefined;
  secure.destroy();
  socket.destroy();
  const bytes = received();
  if (bytes.length > 0) {
    return { kind: 'answered', flight: readFlight(bytes), ...(finished !== undefined && { finished }) };
  }
  if (waited.kind === 'ended') return { kind: 'ended' };
  if (waited.kind === 'timed-out') return { kind: 'silent' };
  // An error of TLS before the peer has said anything is our own.
  return { kind: waited.kind === 'error' && isTlsError(waited.code) ? 'unable' : 'dropped' };
}

function describe(secure: tls.TLSSocket): Finished {
  const leaf = secure.getPeerX509Certificate();
  return {
    ...(leaf !== undefined && { leaf }),
    cipher: secure.getCipher().standardName,
    ...(typeof secure.alpnProtocol === 'string' && { alpn: secure.alpnProtocol }),
  };
}
