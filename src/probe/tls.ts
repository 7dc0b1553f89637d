import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';

import type { TlsFacts } from '../model/probe.ts';
import { cut } from '../lib/text.ts';
import { describeCertificate, isInValidity, issuerKeyOf, isValidFor } from './certificate.ts';
import { waitUntilReady } from './connect.ts';
import { findChainEnd, type Anchors } from './trust.ts';

export type Handshake =
  | { readonly kind: 'secure'; readonly socket: tls.TLSSocket }
  /** The peer closed or reset before it sent a byte. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'ended' }
  | {
      readonly kind: 'failed';
      readonly detail: string;
      readonly bytesCame: boolean;
      /** The peer found too little in what we offer. */
      readonly isRefusal: boolean;
    };

/**
 * One handshake over a connected socket. Verification is on but not enforced by Node: chain and name are read afterwards
 * and decide whether anything is sent. Addresses go without SNI (RFC 6066, 3); names in lower case, as some peers compare bytes.
 */
export async function shakeHands(
  socket: Socket,
  host: string,
  context: tls.SecureContext,
  limit: number,
  signal: AbortSignal,
): Promise<Handshake> {
  const secure = tls.connect({
    socket,
    secureContext: context,
    rejectUnauthorized: false,
    checkServerIdentity: isJudgedLater,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(host) === 0 ? { servername: host.toLowerCase() } : { host }),
  });
  // Node would translate the whole chain for a check of the name, which is done elsewhere: as costly as a request.
  secure.getPeerCertificate = noCertificate;
  const waited = await waitUntilReady(secure, 'secureConnect', limit, signal);
  if (waited.kind === 'ready') return { kind: 'secure', socket: secure };
  if (waited.kind === 'ended') return { kind: 'ended' };
  const bytesCame = socket.bytesRead > 0;
  if (waited.kind === 'timed-out')
    return { kind: 'failed', detail: 'The TLS handshake did not finish in time.', bytesCame, isRefusal: false };
  const { code } = waited;
  if (!bytesCame) return { kind: 'dropped' };
  return { kind: 'failed', detail: describeTlsError(code), bytesCame, isRefusal: refusals.test(code) };
}

/** What servers answer to an offer without a group that they take (RFC 8446, 6.2), among other reasons. */
const refusals = /ALERT_(?:HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)$/;

function isJudgedLater(): undefined {}

function noCertificate(): tls.DetailedPeerCertificate {
  return {} as tls.DetailedPeerCertificate;
}

/** By the end of OpenSSL's code, whose beginning differs between its versions. */
const tlsErrors: readonly (readonly [end: string, sentence: string])[] = [
  ['WRONG_VERSION_NUMBER', 'The peer does not speak TLS on this port; plain HTTP answers like this.'],
  ['PACKET_LENGTH_TOO_LONG', 'The peer does not speak TLS on this port; plain HTTP answers like this.'],
  ['UNSUPPORTED_PROTOCOL', 'The peer offers no TLS version from 1.2 on.'],
  ['ALERT_PROTOCOL_VERSION', 'The peer offers no TLS version from 1.2 on.'],
  ['ALERT_CERTIFICATE_REQUIRED', 'The peer requires a client certificate.'],
  ['ALERT_BAD_CERTIFICATE', 'The peer requires a client certificate.'],
  [
    'ALERT_HANDSHAKE_FAILURE',
    'The peer refused the handshake: it requires a client certificate, or shares no cipher with us.',
  ],
  ['ALERT_NO_APPLICATION_PROTOCOL', 'The peer does not speak HTTP/1.1.'],
  ['ECONNRESET', 'The peer ended the connection during the TLS handshake.'],
];

export function isTlsError(code: string): boolean {
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_');
}

/** One sentence about a handshake error; OpenSSL's own code where it is none of the known ones. */
export function describeTlsError(code: string): string {
  return tlsErrors.find(([end]) => code.endsWith(end))?.[1] ?? `The TLS handshake failed (${cut(code, 80)}).`;
}

const expiry: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Reads what a finished handshake showed. Undefined where the peer sent no certificate. */
export function readTlsFacts(socket: tls.TLSSocket, host: string, anchors: Anchors, now: Date): TlsFacts | undefined {
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return undefined;
  const isExpired = expiry.has(String(verificationError(socket)));
  const end = findChainEnd(leaf, anchors, isExpired ? 'expired' : socket.authorized);
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    ...(typeof socket.alpnProtocol === 'string' ? { alpn: cut(socket.alpnProtocol, 32) } : {}),
    // Who signed matters only where no CA of the cluster's vouches; computing it costs as much as a request.
    certificate: describeCertificate(leaf, end.chain === 'cluster-ca' ? undefined : issuerKeyOf(leaf, end.issuer)),
    chain: end.chain,
    ...(end.chainRoot === undefined ? {} : { chainRoot: end.chainRoot }),
    nameMatches: isValidFor(leaf, host),
    inValidity: !isExpired && isInValidity(leaf, now),
  };
}

/** A string code at run time; typed as an error. */
function verificationError(socket: tls.TLSSocket): unknown {
  return socket.authorizationError;
}
