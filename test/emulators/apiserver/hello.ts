import { randomBytes, type KeyObject } from 'node:crypto';

/** Where the session identifier stands in a ClientHello that came as one record. */
const sessionIdAt = 43;

/**
 * A ServerHello of TLS 1.3, TLS_AES_128_GCM_SHA256, with this X25519 key as its share. The client's session identifier comes back
 * (RFC 8446, 4.1.3).
 */
export function serverHello(clientHello: Buffer, publicKey: KeyObject): Buffer {
  const length = clientHello[sessionIdAt] ?? 0;
  const sessionId = clientHello.subarray(sessionIdAt, sessionIdAt + 1 + length).toString('hex');
  const share = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
  const extensions = sized(`002b0002030400330024001d0020${share}`, 2);
  const body = sized(`0303${randomBytes(32).toString('hex')}${sessionId}130100${extensions}`, 3);
  return Buffer.from(`160303${sized(`02${body}`, 2)}`, 'hex');
}

/** A fatal alert by its number (IANA's TLS registry), in a record as any version has them. */
export function alert(code: number): Buffer {
  return Buffer.from([0x15, 3, 3, 0, 2, 2, code]);
}

/** Hex, with its length in so many bytes before it. */
export function sized(hex: string, bytes: number): string {
  return number(hex.length / 2, bytes) + hex;
}

/** Big-endian, as hex. */
export function number(value: number, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0');
}
