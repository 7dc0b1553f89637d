import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** Where the session identifier stands in a ClientHello that came as one record. */
const sessionIdAt = 43;

/** Empty: this server never renegotiated (RFC 5746), which clients want to hear before TLS 1.3. */
const renegotiationInfo = 'ff01000100';

/** A ServerHello that OpenSSL takes: TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256. */
export function serverHello12(): Buffer {
  return hello('00', 'c02b', renegotiationInfo);
}

/** The same for TLS 1.3, TLS_AES_128_GCM_SHA256, with a share for X25519. The client's session identifier comes back (RFC 8446, 4.1.3). */
export function serverHello13(clientHello: Buffer): Buffer {
  const length = clientHello[sessionIdAt] ?? 0;
  const sessionId = clientHello.subarray(sessionIdAt, sessionIdAt + 1 + length).toString('hex');
  const { publicKey } = generateKeyPairSync('x25519');
  const share = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
  return hello(sessionId, '1301', `002b0002030400330024001d0020${share}`);
}

/** `sessionId` with its length before it; the rest of the fields as hex. */
function hello(sessionId: string, suite: string, extensions: string): Buffer {
  const body = `0303${randomBytes(32).toString('hex')}${sessionId}${suite}00${sized(extensions, 2)}`;
  return Buffer.from(`160303${sized(`02${sized(body, 3)}`, 2)}`, 'hex');
}

/** Hex, with its length in so many bytes before it. */
function sized(hex: string, bytes: number): string {
  return (hex.length / 2).toString(16).padStart(bytes * 2, '0') + hex;
}
