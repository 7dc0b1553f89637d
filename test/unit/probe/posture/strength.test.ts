import { expect, test } from 'vitest';
import { describeStrength, readSignature } from '../../../../src/probe/posture/strength.ts';
import { makeCertificate, type Making } from './certificates.ts';

const rsa = (modulusLength: number, hash: string, name = 'RSASSA-PKCS1-v1_5'): Making => ({
  name,
  hash,
  modulusLength,
});
const ec = (namedCurve: string, hash: string): Making => ({ name: 'ECDSA', namedCurve, hash });

test.each<[Making, string, number | undefined, string]>([
  [rsa(1024, 'SHA-1'), 'rsa', 1024, 'RSA-SHA1'],
  [rsa(2048, 'SHA-256'), 'rsa', 2048, 'RSA-SHA256'],
  [rsa(2048, 'SHA-512'), 'rsa', 2048, 'RSA-SHA512'],
  [rsa(2048, 'SHA-1', 'RSA-PSS'), 'rsa', 2048, 'RSA-PSS-SHA1'],
  [rsa(2048, 'SHA-256', 'RSA-PSS'), 'rsa', 2048, 'RSA-PSS-SHA256'],
  [ec('P-256', 'SHA-1'), 'ec', 256, 'ECDSA-SHA1'],
  [ec('P-384', 'SHA-384'), 'ec', 384, 'ECDSA-SHA384'],
  [ec('P-521', 'SHA-512'), 'ec', 521, 'ECDSA-SHA512'],
  [{ name: 'Ed25519' }, 'ed25519', undefined, 'Ed25519'],
])('%o', async (making, keyType, keyBits, signature) => {
  const strength = describeStrength(await makeCertificate(making), new Date('2026-06-30T12:00:00Z'));
  expect(strength).toEqual({
    keyType,
    ...(keyBits !== undefined && { keyBits }),
    signature,
    selfSigned: true,
    daysLeft: 0,
  });
});

test('a leaf of another key did not sign itself, and may have run out', async () => {
  const leaf = await makeCertificate({ name: 'Ed25519' }, false);
  expect(describeStrength(leaf, new Date('2026-07-03T00:00:00Z'))).toMatchObject({ selfSigned: false, daysLeft: -2 });
});

test('what is cut short has no signature to tell, and never throws', async () => {
  const { raw } = await makeCertificate(ec('P-256', 'SHA-256'));
  for (let length = 0; length < raw.length; length += 1) {
    expect(['unknown', 'ECDSA-SHA256']).toContain(readSignature(raw.subarray(0, length)));
  }
});
