import { healthPathsAnswered } from '../../../src/checks/health-paths-answered.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { DocumentedAnonymous } from '../../../src/model/cluster.ts';
import { casesOfRung, seen } from './rungs.ts';
import { endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

function documented(as: DocumentedAnonymous): EndpointSubject {
  return endpointSubject({
    cluster: { anonymous: { documented: as, reason: 'the platform says so.' } },
    probe: probed('anonymous-health-only', { anonymous: { health: true } }),
  });
}

testCheck(healthPathsAnswered, [
  { name: 'documented', subject: documented('health-only'), status: 'fail', message: 'answered' },
  { name: 'documented with more', subject: documented('public-info'), status: 'fail', message: 'answered' },
  { name: 'documented to refuse', subject: documented('disabled'), status: 'not-applicable' },
  { name: 'nothing documented', subject: documented('unknown'), status: 'not-applicable' },
  { name: 'anonymous off', subject: seen('anonymous-disabled'), status: 'pass' },
  { name: 'not asked after a 403', subject: seen('anonymous-forbidden'), status: 'not-applicable' },
  { name: 'not asked after worse', subject: seen('data-exposed'), status: 'not-applicable' },
  ...casesOfRung('health', 'anonymous-disabled'),
]);
