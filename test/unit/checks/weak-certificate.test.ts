import { weakCertificate } from '../../../src/checks/weak-certificate.ts';
import type { CertificateStrength } from '../../../src/model/posture.ts';
import { casesOfPosture, doing, posture, withCertificate, withoutCertificate } from './postures.ts';
import { testCheck } from './table.ts';

type Expected = readonly ['pass' | 'unknown'] | readonly ['fail', 'key' | 'signature', string];

const strengths: readonly (readonly [Partial<CertificateStrength>, Expected])[] = [
  [{ keyType: 'rsa', keyBits: 1024 }, ['fail', 'key', 'RSA of 1024 bits']],
  [{ keyType: 'rsa', keyBits: 2047 }, ['fail', 'key', 'RSA of 2047 bits']],
  [{ keyType: 'dsa', keyBits: 1024 }, ['fail', 'key', 'DSA of 1024 bits']],
  [{ keyType: 'ec', keyBits: 224 }, ['fail', 'key', 'EC of 224 bits']],
  [{ keyType: 'ec', keyBits: 256, signature: 'ECDSA-SHA256' }, ['pass']],
  [{ keyType: 'ed25519', signature: 'Ed25519' }, ['pass']],
  [{ signature: 'ML-DSA-65' }, ['pass']],
  [{ signature: 'RSA-PSS-SHA512' }, ['pass']],
  [{ signature: 'RSA-SHA1' }, ['fail', 'signature', 'signed by RSA-SHA1.']],
  [{ signature: 'RSA-PSS-SHA1' }, ['fail', 'signature', 'RSA-PSS-SHA1']],
  [{ signature: 'ECDSA-SHA1' }, ['fail', 'signature', 'ECDSA-SHA1']],
  [{ signature: 'RSA-MD5' }, ['fail', 'signature', 'RSA-MD5']],
  [{ signature: '1.2.3.4' }, ['unknown']],
  [{ keyType: 'unknown' }, ['unknown']],
];

testCheck(weakCertificate, [
  ...strengths.map(([strength, [status, message, says]]) => ({
    name: JSON.stringify(strength),
    subject: doing(withCertificate(strength)),
    status,
    ...(status === 'unknown' && { message: 'unclear' }),
    ...(message !== undefined && { message, says: says ?? '' }),
  })),
  {
    name: 'a curve of its own parameters',
    subject: doing(
      posture({ certificate: { keyType: 'ec', signature: 'ECDSA-SHA256', selfSigned: false, daysLeft: 365 } }),
    ),
    status: 'unknown',
    message: 'unclear',
  },
  { name: 'none seen', subject: doing(withoutCertificate()), status: 'unknown', message: 'unclear' },
  ...casesOfPosture,
]);
