import { openEndpoint } from '../../../src/checks/open-endpoint.ts';
import { access, endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

testCheck(openEndpoint, [
  {
    name: 'open, and the API server answered',
    subject: endpointSubject({ endpoint: { confirmed: true }, probe: probed('anonymous-forbidden') }),
    status: 'fail',
    message: 'answered',
    says: 'answered at 203.0.113.7.',
  },
  {
    name: 'open, reached over a tunnel',
    subject: endpointSubject({
      endpoint: { confirmed: true },
      probe: probed('anonymous-forbidden', { via: '127.0.0.1:8443' }),
    }),
    status: 'fail',
    message: 'answered',
    says: 'answered at 127.0.0.1:8443.',
  },
  { name: 'open, not probed', subject: endpointSubject(), status: 'fail', message: 'open' },
  {
    name: 'open, and nothing answered',
    subject: endpointSubject({ probe: probed('filtered') }),
    status: 'fail',
    message: 'open',
  },
  {
    name: 'open and stopped',
    subject: endpointSubject({ cluster: { state: 'stopped' }, probe: probed('not-probed') }),
    status: 'fail',
    message: 'open',
  },
  {
    name: 'open without an address yet',
    subject: endpointSubject({ cluster: { state: 'creating' }, endpoint: { host: '' } }),
    status: 'fail',
    message: 'open',
  },
  {
    name: 'DNS endpoint that takes tokens',
    subject: endpointSubject({ endpoint: { role: 'dns' } }),
    status: 'fail',
    message: 'exposed',
    says: 'the reason.',
  },
  {
    name: 'a self-managed cluster that answered from outside',
    subject: endpointSubject({
      cluster: { provider: 'kubeconfig' },
      endpoint: { access: { kind: 'unknown', settings: 'none' }, exposure: 'exposed', confirmed: true },
      probe: probed('anonymous-disabled'),
    }),
    status: 'fail',
    message: 'reached',
    says: 'answered us at 203.0.113.7 from outside',
  },
  {
    name: 'no settings to read, but it answered',
    subject: endpointSubject({ endpoint: { access: access.unknown, exposure: 'exposed' } }),
    status: 'fail',
    message: 'exposed',
  },
  {
    name: 'access unknown',
    subject: endpointSubject({ endpoint: { access: access.unknown, exposure: 'unknown' } }),
    status: 'unknown',
    message: 'unread',
    says: 'publicAccess was not in the reply.',
  },
  {
    name: 'nothing of the cluster could be read',
    subject: endpointSubject({
      cluster: { undescribed: 'describing it was refused' },
      endpoint: { access: access.unknown, exposure: 'unknown' },
    }),
    status: 'unknown',
    message: 'unread',
    says: 'describing it was refused.',
  },
  {
    name: 'closed, contradicted by the wire',
    subject: endpointSubject({ endpoint: { access: access.closed, exposure: 'contradiction' } }),
    status: 'unknown',
    message: 'doubtful',
  },
  {
    name: 'list, an answer that could not be settled',
    subject: endpointSubject({ endpoint: { access: access.list, exposure: 'unknown' } }),
    status: 'unknown',
    message: 'doubtful',
  },
  {
    name: 'list',
    subject: endpointSubject({ endpoint: { access: access.list, exposure: 'restricted' } }),
    status: 'pass',
  },
  {
    name: 'wide list',
    subject: endpointSubject({ endpoint: { access: access.list, exposure: 'broad' } }),
    status: 'pass',
  },
  {
    name: 'closed',
    subject: endpointSubject({ endpoint: { access: access.closed, exposure: 'private' } }),
    status: 'pass',
  },
  {
    name: 'DNS endpoint behind IAM',
    subject: endpointSubject({ endpoint: { role: 'dns', exposure: 'broad' } }),
    status: 'pass',
  },
  {
    name: 'private endpoint',
    subject: endpointSubject({ endpoint: { role: 'private', access: access.closed, exposure: 'private' } }),
    status: 'not-applicable',
  },
]);
