import { weakCipher } from '../../../src/checks/weak-cipher.ts';
import { casesOfPosture, doing, offers, posture } from './postures.ts';
import { testCheck } from './table.ts';

testCheck(weakCipher, [
  {
    name: 'no forward secrecy',
    subject: doing(posture({ weakCipher: { accepted: 'yes', cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA' } })),
    status: 'fail',
    message: 'accepted',
    says: 'The suite TLS_RSA_WITH_AES_128_CBC_SHA is',
  },
  ...['TLS_ECDH_anon_WITH_AES_256_CBC_SHA', 'TLS_RSA_WITH_NULL_SHA256'].map((cipher) => ({
    name: cipher,
    subject: doing(posture({ weakCipher: { accepted: 'yes', cipher } })),
    status: 'fail' as const,
    message: 'open',
    severity: 'medium' as const,
  })),
  {
    name: 'nothing better',
    subject: doing(posture({ versions: offers({}, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA') })),
    status: 'fail',
    message: 'outdated',
    says: 'than TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA at 203.0.113.7.',
  },
  {
    name: 'chosen of all that a client of today offers, though the last handshake was not answered',
    subject: doing(
      posture({ weakCipher: { accepted: 'unknown' }, versions: offers({}, 'TLS_RSA_WITH_AES_128_GCM_SHA256') }),
    ),
    status: 'fail',
    message: 'accepted',
    says: 'The suite TLS_RSA_WITH_AES_128_GCM_SHA256 is',
  },
  {
    name: 'the usual choice',
    subject: doing(posture({ versions: offers({}, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256') })),
    status: 'pass',
  },
  {
    name: 'unanswered',
    subject: doing(posture({ weakCipher: { accepted: 'unknown' } })),
    status: 'unknown',
    message: 'unclear',
  },
  ...casesOfPosture,
]);
