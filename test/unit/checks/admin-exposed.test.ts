import { adminExposed } from '../../../src/checks/admin-exposed.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { ProbeRequest } from '../../../src/model/probe.ts';
import { casesOfRung, refusedOutright, seen } from './rungs.ts';
import { access, endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

const secret = '/api/v1/namespaces/kube-system/secrets/0f4e';
const binding = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/0f4e';

function asked(...requests: ProbeRequest[]): EndpointSubject {
  return endpointSubject({ probe: probed('admin-exposed', { anonymous: { admin: true }, requests }) });
}

testCheck(adminExposed, [
  {
    name: 'secrets',
    subject: asked({ path: secret, status: 404 }, { path: binding, status: 403 }),
    status: 'fail',
    message: 'exposed',
    says: 'read secrets in kube-system.',
  },
  {
    name: 'cluster role bindings',
    subject: asked({ path: secret, status: 403 }, { path: binding, status: 404 }),
    status: 'fail',
    message: 'exposed',
    says: 'read cluster role bindings.',
  },
  {
    name: 'both',
    subject: asked({ path: secret, status: 404 }, { path: binding, status: 200 }),
    status: 'fail',
    message: 'exposed',
    says: 'read secrets in kube-system and cluster role bindings.',
  },
  { name: 'granted by the outcome', subject: seen('admin-exposed'), status: 'fail', message: 'exposed' },
  {
    name: 'granted at a private endpoint',
    subject: endpointSubject({
      endpoint: { role: 'private', access: access.closed, exposure: 'private' },
      probe: probed('admin-exposed'),
    }),
    status: 'fail',
    message: 'exposed',
  },
  { name: 'unclear beside data', subject: seen('data-exposed'), status: 'unknown', message: 'unclear' },
  ...[secret, binding].map((path) => ({
    name: `only ${path} refused`,
    subject: endpointSubject({
      probe: probed('data-exposed', { anonymous: { admin: false }, requests: [{ path, status: 403 }] }),
    }),
    status: 'unknown' as const,
    message: 'unclear',
  })),
  ...refusedOutright,
  ...casesOfRung('admin', 'anonymous-forbidden', [
    { path: secret, status: 403 },
    { path: binding, status: 403 },
  ]),
]);
