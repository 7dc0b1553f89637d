import { bootstrapInfoReadable } from '../../../src/checks/bootstrap-info-readable.ts';
import { endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

const asked = [{ path: '/', status: 403 }, { path: '/api/v1/namespaces/kube-public/configmaps/cluster-info' }];

function seen(bootstrap: boolean) {
  return endpointSubject({ probe: probed('anonymous-forbidden', { requests: asked, anonymous: { bootstrap } }) });
}

testCheck(bootstrapInfoReadable, [
  { name: 'given', subject: seen(true), status: 'fail', message: 'readable' },
  { name: 'refused', subject: seen(false), status: 'pass' },
  {
    name: 'asked, not answered',
    subject: endpointSubject({ probe: probed('anonymous-forbidden', { requests: asked }) }),
    status: 'unknown',
    message: 'unclear',
  },
  {
    name: 'not asked',
    subject: endpointSubject({ probe: probed('anonymous-forbidden', { requests: [{ path: '/', status: 403 }] }) }),
    status: 'not-applicable',
  },
  { name: 'probe off', subject: endpointSubject(), status: 'not-applicable' },
]);
