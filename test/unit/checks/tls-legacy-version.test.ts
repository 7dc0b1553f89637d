import { tlsLegacyVersion } from '../../../src/checks/tls-legacy-version.ts';
import { casesOfPosture, doing, offers, posture } from './postures.ts';
import { testCheck } from './table.ts';

testCheck(tlsLegacyVersion, [
  {
    name: 'both',
    subject: doing(posture({ versions: offers({ TLSv1: 'yes', 'TLSv1.1': 'yes' }) })),
    status: 'fail',
    message: 'offered',
    says: 'by TLS 1.0 and TLS 1.1 are accepted at 203.0.113.7.',
    evidence: { versions: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] },
  },
  {
    name: 'one, the other unanswered',
    subject: doing(posture({ versions: offers({ TLSv1: 'unknown', 'TLSv1.1': 'yes' }) })),
    status: 'fail',
    message: 'offered',
    says: 'by TLS 1.1 are',
  },
  {
    name: 'unanswered',
    subject: doing(posture({ versions: offers({ TLSv1: 'unknown' }) })),
    status: 'unknown',
    message: 'unclear',
    says: 'TLS 1.0: The peer left this handshake unanswered.',
  },
  {
    name: 'a new version unanswered',
    subject: doing(posture({ versions: offers({ 'TLSv1.3': 'unknown' }) })),
    status: 'pass',
  },
  ...casesOfPosture,
]);
