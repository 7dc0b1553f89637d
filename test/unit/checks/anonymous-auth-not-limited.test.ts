import { anonymousAuthNotLimited } from '../../../src/checks/anonymous-auth-not-limited.ts';
import type { ClusterSubject } from '../../../src/model/check.ts';
import type { DocumentedAnonymous } from '../../../src/model/cluster.ts';
import { clusterSubject } from './subjects.ts';
import { testCheck } from './table.ts';

function gke(documented: DocumentedAnonymous): ClusterSubject {
  return clusterSubject({ provider: 'gke', anonymous: { documented, reason: 'the mode says so.' } });
}

testCheck(anonymousAuthNotLimited, [
  { name: 'ENABLED', subject: gke('public-info'), status: 'fail', message: 'enabled', says: 'the mode says so.' },
  { name: 'no mode', subject: gke('unknown'), status: 'unknown', message: 'unknown', says: 'the mode says so.' },
  { name: 'LIMITED', subject: gke('health-only'), status: 'pass' },
]);
