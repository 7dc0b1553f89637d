import { contradiction } from '../../../src/checks/contradiction.ts';
import { access, endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

const answered = probed('anonymous-forbidden');

testCheck(contradiction, [
  {
    name: 'closed, yet answered',
    subject: endpointSubject({ endpoint: { access: access.closed, exposure: 'contradiction' }, probe: answered }),
    status: 'fail',
    message: 'closed',
    says: 'answered at 203.0.113.7, which the settings rule out: the reason.',
  },
  {
    name: 'not admitted, yet answered',
    subject: endpointSubject({
      endpoint: { access: access.list, vantageAdmitted: 'no', exposure: 'contradiction' },
      probe: answered,
    }),
    status: 'fail',
    message: 'list',
  },
  {
    name: 'external traffic off, yet answered',
    subject: endpointSubject({
      endpoint: { role: 'dns', access: access.closed, exposure: 'contradiction' },
      probe: answered,
    }),
    status: 'fail',
    message: 'dns',
  },
  {
    name: 'an answer that could not be settled',
    subject: endpointSubject({ endpoint: { access: access.closed, exposure: 'unknown' }, probe: answered }),
    status: 'unknown',
    message: 'unsettled',
  },
  {
    name: 'answered, settings unknown',
    subject: endpointSubject({ endpoint: { access: access.unknown, exposure: 'unknown' }, probe: answered }),
    status: 'unknown',
    message: 'unsettled',
  },
  {
    name: 'open and answered',
    subject: endpointSubject({ endpoint: { confirmed: true }, probe: answered }),
    status: 'pass',
  },
  {
    name: 'closed, and the name resolves to private addresses',
    subject: endpointSubject({
      endpoint: { access: access.closed, exposure: 'private', confirmed: true },
      probe: probed('not-probed'),
    }),
    status: 'pass',
  },
  {
    name: 'admits us or not, unknown',
    subject: endpointSubject({
      endpoint: { access: access.list, vantageAdmitted: 'unknown', exposure: 'restricted' },
      probe: answered,
    }),
    status: 'not-applicable',
  },
  {
    name: 'open, and silent',
    subject: endpointSubject({ probe: probed('filtered') }),
    status: 'not-applicable',
  },
  {
    name: 'settings unknown, not probed',
    subject: endpointSubject({
      cluster: { state: 'stopped' },
      endpoint: { access: access.unknown, exposure: 'unknown' },
      probe: probed('not-probed'),
    }),
    status: 'not-applicable',
  },
  {
    name: 'settings unknown, probe off',
    subject: endpointSubject({ endpoint: { access: access.unknown, exposure: 'unknown' } }),
    status: 'not-applicable',
  },
  {
    name: 'private endpoint seen from inside',
    subject: endpointSubject({
      endpoint: { role: 'private', access: access.closed, exposure: 'unknown' },
      probe: answered,
    }),
    status: 'not-applicable',
  },
]);
