import type { X509Certificate } from 'node:crypto';

import type { CertificateStrength } from '../../model/posture.ts';
import { isSignedBy } from '../roots.ts';
import { readElement, readElements, readOid, type Element } from './der.ts';

const day = 86_400_000;

/** What a leaf's strength rests on. */
export function describeStrength(leaf: X509Certificate, now: Date): CertificateStrength {
  return {
    ...describeKey(leaf),
    signature: readSignature(leaf.raw),
    selfSigned: isSignedBy(leaf, leaf),
    daysLeft: Math.floor((Date.parse(leaf.validTo) - now.getTime()) / day) || 0,
  };
}

/** A key of a kind that this Node does not know throws when it is looked at. */
function describeKey(leaf: X509Certificate): Pick<CertificateStrength, 'keyType' | 'keyBits'> {
  try {
    const { asymmetricKeyType: keyType = 'unknown', asymmetricKeyDetails: details } = leaf.publicKey;
    const keyBits = details?.modulusLength ?? bitsOfCurve(details?.namedCurve);
    return keyBits === undefined ? { keyType } : { keyType, keyBits };
  } catch {
    return { keyType: 'unknown' };
  }
}

/** Every curve's name holds its size: `prime256v1`, `secp384r1`, `brainpoolP256r1`, `sect571k1`. */
function bitsOfCurve(name: string | undefined): number | undefined {
  const bits = /\d{3}/.exec(name ?? '')?.[0];
  return bits === undefined ? undefined : Number(bits);
}

/** RFC 8017, RFC 5758, RFC 8410 and the NIST arc of hashes. */
const algorithms: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'RSA-MD2',
  '1.2.840.113549.1.1.4': 'RSA-MD5',
  '1.2.840.113549.1.1.5': 'RSA-SHA1',
  '1.2.840.113549.1.1.11': 'RSA-SHA256',
  '1.2.840.113549.1.1.12': 'RSA-SHA384',
  '1.2.840.113549.1.1.13': 'RSA-SHA512',
  '1.2.840.113549.1.1.14': 'RSA-SHA224',
  '1.2.840.10040.4.3': 'DSA-SHA1',
  '1.2.840.10045.4.1': 'ECDSA-SHA1',
  '1.2.840.10045.4.3.1': 'ECDSA-SHA224',
  '1.2.840.10045.4.3.2': 'ECDSA-SHA256',
  '1.2.840.10045.4.3.3': 'ECDSA-SHA384',
  '1.2.840.10045.4.3.4': 'ECDSA-SHA512',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

const pss = '1.2.840.113549.1.1.10';

const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA1',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
  '2.16.840.1.101.3.4.2.2': 'SHA384',
  '2.16.840.1.101.3.4.2.3': 'SHA512',
  '2.16.840.1.101.3.4.2.4': 'SHA224',
};

/** The signature algorithm of a certificate (RFC 5280, 4.1.1.2), which Node tells from version 24.9 on only. */
export function readSignature(der: Buffer): string {
  const [, algorithm] = inside(readElement(der));
  const [identifier, parameters] = inside(algorithm);
  const oid = identifier === undefined ? 'unknown' : readOid(identifier.content);
  return oid === pss ? `RSA-PSS-${pssHash(parameters)}` : (algorithms[oid] ?? oid);
}

/** The first parameter, tagged 0; left out it stands for SHA-1 (RFC 8017, A.2.3). */
function pssHash(parameters: Element | undefined): string {
  const tagged = inside(parameters).find(({ tag }) => tag === 0xa0);
  const [identifier] = inside(inside(tagged)[0]);
  const oid = identifier === undefined ? undefined : readOid(identifier.content);
  return oid === undefined ? 'SHA1' : (hashes[oid] ?? oid);
}

function inside(element: Element | undefined): readonly Element[] {
  return element === undefined ? [] : readElements(element.content);
}
