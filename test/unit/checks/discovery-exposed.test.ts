import { discoveryExposed } from '../../../src/checks/discovery-exposed.ts';
import { casesOfRung, refusedOutright, seen } from './rungs.ts';
import { testCheck } from './table.ts';

testCheck(discoveryExposed, [
  { name: 'granted', subject: seen('discovery-exposed', { discovery: true }), status: 'fail', message: 'exposed' },
  { name: 'granted by the outcome', subject: seen('discovery-exposed'), status: 'fail', message: 'exposed' },
  {
    name: 'granted, and worse',
    subject: seen('admin-exposed', { discovery: true }),
    status: 'fail',
    message: 'exposed',
  },
  {
    name: 'granted, the rest unclear',
    subject: seen('inconclusive', { discovery: true }),
    status: 'fail',
    message: 'exposed',
  },
  { name: 'unclear beside worse', subject: seen('admin-exposed'), status: 'unknown', message: 'unclear' },
  ...refusedOutright,
  ...casesOfRung('discovery'),
]);
