import { versionDisclosed } from '../../../src/checks/version-disclosed.ts';
import { casesOfRung, refusedOutright, seen } from './rungs.ts';
import { endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

testCheck(versionDisclosed, [
  {
    name: 'told',
    subject: endpointSubject({
      probe: probed('anonymous-forbidden', { anonymous: { version: true }, gitVersion: 'v1.31.2-eks-example' }),
    }),
    status: 'fail',
    message: 'version',
    says: 'the version v1.31.2-eks-example.',
  },
  {
    name: 'answered without one',
    subject: seen('anonymous-forbidden', { version: true }),
    status: 'fail',
    message: 'answered',
  },
  ...refusedOutright,
  ...casesOfRung('version'),
]);
