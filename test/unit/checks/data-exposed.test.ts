import { dataExposed } from '../../../src/checks/data-exposed.ts';
import { casesOfRung, refusedOutright, seen } from './rungs.ts';
import { testCheck } from './table.ts';

testCheck(dataExposed, [
  { name: 'granted', subject: seen('data-exposed', { data: true }), status: 'fail', message: 'exposed' },
  { name: 'granted by the outcome', subject: seen('data-exposed'), status: 'fail', message: 'exposed' },
  { name: 'granted, and worse', subject: seen('admin-exposed', { data: true }), status: 'fail', message: 'exposed' },
  {
    name: 'granted, the rest unclear',
    subject: seen('inconclusive', { data: true }),
    status: 'fail',
    message: 'exposed',
  },
  { name: 'unclear beside worse', subject: seen('admin-exposed'), status: 'unknown', message: 'unclear' },
  ...refusedOutright,
  ...casesOfRung('data'),
]);
