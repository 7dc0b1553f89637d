import {
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  sign,
  X509Certificate,
} from 'node:crypto';

import type { KeyPair } from '../certificates.ts';
import { number, serverHello, sized } from './hello.ts';

/** What a server says after its hello, in this order (RFC 8446, 4.3 and 4.4); each as hex, given all that was said before it. */
const messages = {
  /** None. */
  extensions: () => `08${sized(sized('', 2), 3)}`,
  certificate: (_, { cert }) => {
    const entry = sized(new X509Certificate(cert).raw.toString('hex'), 3) + sized('', 2);
    return `0b${sized(sized('', 1) + sized(entry, 3), 3)}`;
  },
  /** By ecdsa_secp256r1_sha256. */
  verify: (transcript, { key }) => {
    const what = Buffer.from(`${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`);
    const signature = sign('sha256', Buffer.concat([what, sha256(transcript)]), key).toString('hex');
    return `0f${sized(`0403${sized(signature, 2)}`, 3)}`;
  },
} as const satisfies Record<string, (transcript: Buffer, certificate: KeyPair) => string>;

type Message = keyof typeof messages;

/** Types of what a record holds (RFC 8446, 5.1). */
const handshake = '16';
const alert = '15';

/** What AES-GCM adds. */
const tagBytes = 16;

/**
 * A hello of TLS 1.3, what comes after it up to this message, and a fatal alert, all sealed: a sound beginning that ends as only a
 * server that shares a secret with the client can end it. Node's own server breaks off at none of these steps.
 */
export function helloThenSealedAlert(clientHello: Buffer, code: number, certificate: KeyPair, last?: Message): Buffer {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const hello = serverHello(clientHello, publicKey);
  const secret = diffieHellman({ privateKey, publicKey: shareOf(clientHello) });
  let transcript = Buffer.concat([contentOf(clientHello), contentOf(hello)]);
  const seal = createSeal(secret, transcript);
  const names = Object.keys(messages) as Message[];
  const records = names.slice(0, last === undefined ? 0 : names.indexOf(last) + 1).map((name) => {
    const message = messages[name](transcript, certificate);
    transcript = Buffer.concat([transcript, Buffer.from(message, 'hex')]);
    return seal(message, handshake);
  });
  return Buffer.concat([hello, ...records, seal(`02${number(code, 1)}`, alert)]);
}

/** The client's share for X25519, by its group and length; by chance alone they stand elsewhere in a hello too. */
function shareOf(clientHello: Buffer): ReturnType<typeof createPublicKey> {
  const at = clientHello.indexOf('001d0020', 'hex') + 4;
  const der = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), clientHello.subarray(at, at + 32)]);
  return createPublicKey({ key: der, type: 'spki', format: 'der' });
}

/** A message without the header of the one record that it came in. */
function contentOf(record: Buffer): Buffer {
  return record.subarray(5);
}

/** The key schedule of RFC 8446, 7.1, as far as the server's handshake key; one record after the other is sealed with it. */
function createSeal(secret: Buffer, hellos: Buffer): (hex: string, type: string) => Buffer {
  const nothing = Buffer.alloc(32);
  const early = hkdfSync('sha256', nothing, '', label('derived', sha256(Buffer.alloc(0)), 32), 32);
  const traffic = Buffer.from(
    hkdfSync('sha256', secret, Buffer.from(early), label('s hs traffic', sha256(hellos), 32), 32),
  );
  const key = expand(traffic, 'key', 16);
  const iv = expand(traffic, 'iv', 12);
  let sequence = 0;
  return (hex, type) => {
    const nonce = Buffer.from(iv);
    nonce.writeInt32BE(nonce.readInt32BE(8) ^ sequence, 8);
    sequence += 1;
    const inner = Buffer.from(hex + type, 'hex');
    const header = Buffer.from(`170303${number(inner.length + tagBytes, 2)}`, 'hex');
    const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(header);
    return Buffer.concat([header, cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
  };
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}

/** HKDF-Expand-Label (RFC 8446, 7.1) for what fits in one block. */
function expand(secret: Buffer, name: string, length: number): Buffer {
  const info = label(name, Buffer.alloc(0), length);
  return createHmac('sha256', secret).update(info).update('\x01').digest().subarray(0, length);
}

function label(name: string, context: Buffer, length: number): Buffer {
  const text = Buffer.from(`tls13 ${name}`).toString('hex');
  return Buffer.from(number(length, 2) + sized(text, 1) + sized(context.toString('hex'), 1), 'hex');
}
