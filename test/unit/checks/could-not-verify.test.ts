import { couldNotVerify } from '../../../src/checks/could-not-verify.ts';
import { access, endpointSubject, lookedAgain, probed } from './subjects.ts';
import { testCheck } from './table.ts';

const unknown = { access: access.unknown, exposure: 'unknown' } as const;

testCheck(couldNotVerify, [
  {
    name: 'something else answers',
    subject: endpointSubject({ probe: probed('not-kubernetes') }),
    status: 'fail',
    message: 'stranger',
    says: '203.0.113.7 is not the API server of this cluster: the detail of not-kubernetes.',
  },
  {
    name: 'something else answers under a closed name',
    subject: endpointSubject({
      endpoint: { access: access.closed, exposure: 'private' },
      probe: probed('not-this-cluster'),
    }),
    status: 'fail',
    message: 'stranger',
  },
  {
    name: 'bytes that are no TLS',
    subject: endpointSubject({ probe: probed('tls-failed') }),
    status: 'fail',
    message: 'stranger',
  },
  {
    name: 'something else answers the second look',
    subject: endpointSubject({ probe: lookedAgain(probed('anonymous-forbidden'), 'not-kubernetes') }),
    status: 'fail',
    message: 'stranger',
    says: '203.0.113.8 is not',
  },
  {
    name: 'this cluster answers the second look',
    subject: endpointSubject({ probe: lookedAgain(probed('tls-failed'), 'inconclusive') }),
    status: 'pass',
  },
  {
    name: 'something else answers, and there was no second look',
    subject: endpointSubject({ probe: lookedAgain(probed('tls-failed'), 'not-probed') }),
    status: 'fail',
    message: 'stranger',
    says: '203.0.113.7 is not',
  },
  {
    name: 'exposure unknown, probe off',
    subject: endpointSubject({ endpoint: unknown }),
    status: 'fail',
    message: 'unknown',
    says: 'the reason.',
  },
  {
    name: 'exposure unknown, answered',
    subject: endpointSubject({ endpoint: unknown, probe: probed('anonymous-disabled') }),
    status: 'fail',
    message: 'unknown',
  },
  {
    name: 'exposure unknown, being created',
    subject: endpointSubject({ cluster: { state: 'creating' }, endpoint: unknown }),
    status: 'fail',
    message: 'unknown',
  },
  { name: 'open', subject: endpointSubject({ probe: probed('anonymous-disabled') }), status: 'pass' },
  {
    name: 'restricted and silent',
    subject: endpointSubject({
      endpoint: { access: access.list, exposure: 'restricted' },
      probe: probed('filtered'),
    }),
    status: 'pass',
  },
  {
    name: 'exposure unknown, stopped',
    subject: endpointSubject({ cluster: { state: 'stopped' }, endpoint: unknown }),
    status: 'not-applicable',
  },
  {
    name: 'DNS endpoint',
    subject: endpointSubject({ endpoint: { ...unknown, role: 'dns' } }),
    status: 'not-applicable',
  },
  {
    name: 'private endpoint',
    subject: endpointSubject({ endpoint: { ...unknown, role: 'private' } }),
    status: 'not-applicable',
  },
]);
