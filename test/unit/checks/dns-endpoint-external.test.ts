import { dnsEndpointExternal } from '../../../src/checks/dns-endpoint-external.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { OtherPath, OtherPathKind } from '../../../src/model/endpoint.ts';
import type { JudgedEndpoint } from '../../../src/model/report.ts';
import { access, endpointSubject, settings } from './subjects.ts';
import { testCheck } from './table.ts';

function path(kind: OtherPathKind, state: OtherPath['state']): OtherPath {
  return { kind, state, reason: 'the switch is not set.' };
}

function dns(
  endpoint: Partial<JudgedEndpoint>,
  beyondIam?: boolean,
  otherPaths: readonly OtherPath[] = [],
): EndpointSubject {
  const own = settings('dns', beyondIam === undefined ? {} : { credentialsBeyondIam: beyondIam });
  // The public endpoint's flag must not be taken for the DNS endpoint's.
  const other = settings('public', { credentialsBeyondIam: true });
  return endpointSubject({ cluster: { endpoints: [other, own], otherPaths }, endpoint: { role: 'dns', ...endpoint } });
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
    name: 'open, not said whether tokens are taken',
    subject: dns({ exposure: 'broad' }, undefined, [
      path('gke-dns-tokens', 'closed'),
      path('gke-dns-certificates', 'unknown'),
    ]),
    status: 'fail',
    message: 'iam-perhaps',
    says: 'the switch is not set.',
  },
  {
    name: 'open, and neither is taken',
    subject: dns({ exposure: 'broad' }, false, [
      path('gke-dns-tokens', 'closed'),
      path('gke-connect-gateway', 'unknown'),
    ]),
    status: 'fail',
    message: 'iam-only',
  },
  {
    name: 'open, and an API server answered',
    subject: dns({ exposure: 'exposed' }, false),
    status: 'fail',
    message: 'unfronted',
    severity: 'high',
    says: 'the reason.',
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
