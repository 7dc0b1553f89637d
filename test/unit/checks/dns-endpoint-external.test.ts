import { dnsEndpointExternal } from '../../../src/checks/dns-endpoint-external.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { JudgedEndpoint } from '../../../src/model/report.ts';
import { access, endpointSubject, settings } from './subjects.ts';
import { testCheck } from './table.ts';

function dns(endpoint: Partial<JudgedEndpoint>, beyondIam?: boolean): EndpointSubject {
  const own = settings('dns', beyondIam === undefined ? {} : { credentialsBeyondIam: beyondIam });
  // The public endpoint's flag must not be taken for the DNS endpoint's.
  const other = settings('public', { credentialsBeyondIam: true });
  return endpointSubject({ cluster: { endpoints: [other, own] }, endpoint: { role: 'dns', ...endpoint } });
}

testCheck(dnsEndpointExternal, [
  { name: 'open behind IAM', subject: dns({ exposure: 'broad' }, false), status: 'fail', message: 'iam-only' },
  { name: 'open, tokens not set', subject: dns({ exposure: 'broad' }), status: 'fail', message: 'iam-only' },
  {
    name: 'open to tokens',
    subject: dns({ exposure: 'exposed' }, true),
    status: 'fail',
    message: 'beyond-iam',
    severity: 'high',
  },
  {
    name: 'access unknown',
    subject: dns({ access: access.unknown, exposure: 'unknown' }),
    status: 'unknown',
    message: 'unread',
  },
  {
    name: 'off, yet the API server answered',
    subject: dns({ access: access.closed, exposure: 'contradiction' }),
    status: 'unknown',
    message: 'doubtful',
  },
  { name: 'off', subject: dns({ access: access.closed, exposure: 'private' }), status: 'pass' },
  { name: 'off, tokens on', subject: dns({ access: access.closed, exposure: 'private' }, true), status: 'pass' },
  { name: 'public endpoint', subject: endpointSubject(), status: 'not-applicable' },
]);
