import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** How a certificate's key is made and used, in WebCrypto's words. */
export interface Making {
  readonly name: string;
  readonly hash?: string;
  readonly namedCurve?: string;
  readonly modulusLength?: number;
}

/** A certificate that signed itself, or one signed by another key whose owner has the same name. */
export async function makeCertificate(making: Making, isSelfSigned = true): Promise<X509Certificate> {
  const keys = await generate(making);
  const issuer = isSelfSigned ? keys : await generate(making);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '4001',
    subject: 'CN=leaf',
    issuer: 'CN=leaf',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2026-07-01T00:00:00Z'),
    signingAlgorithm: { saltLength: 32, ...making },
    publicKey: keys.publicKey,
    signingKey: issuer.privateKey,
  });
  return new X509Certificate(Buffer.from(certificate.rawData));
}

function generate(making: Making): Promise<webcrypto.CryptoKeyPair> {
  const exponent = making.modulusLength === undefined ? {} : { publicExponent: new Uint8Array([1, 0, 1]) };
  // Typed by algorithm, though all that is given here makes a pair.
  return webcrypto.subtle.generateKey({ ...making, ...exponent } as webcrypto.RsaHashedKeyGenParams, true, [
    'sign',
    'verify',
  ]);
}
