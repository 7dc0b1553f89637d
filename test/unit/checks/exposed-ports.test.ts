import { exposedPorts } from '../../../src/checks/exposed-ports.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { Exposure } from '../../../src/model/endpoint.ts';
import type { PortFacts } from '../../../src/model/probe.ts';
import { endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

function facts(port: number, state: PortFacts['state'], parts: Partial<PortFacts> = {}): PortFacts {
  return { port, usual: 'a usual thing', state, detail: 'made up.', ...parts };
}

function seen(ports: readonly PortFacts[] | undefined, exposure: Exposure = 'exposed'): EndpointSubject {
  return endpointSubject({
    cluster: { provider: 'kubeconfig' },
    endpoint: { access: { kind: 'unknown', settings: 'none' }, exposure },
    probe: probed('anonymous-disabled', ports && { ports }),
  });
}

const etcd = facts(2379, 'answers', { service: 'etcd', grants: 'control' });
const kubelet = facts(10_255, 'answers', { service: 'kubelet', grants: 'read' });
const ssh = facts(22, 'answers', { service: 'SSH server' });
const quiet = [facts(2379, 'closed'), facts(10_250, 'filtered')];

testCheck(exposedPorts, [
  { name: 'not asked for', subject: seen(undefined), status: 'not-applicable' },
  { name: 'not tried', subject: seen([]), status: 'unknown', message: 'untried' },
  {
    name: 'control for anyone',
    subject: seen([...quiet, kubelet, ssh, etcd]),
    status: 'fail',
    message: 'unguarded',
    severity: 'critical',
    says: 'asked for by kubelet (port 10255) and etcd (port 2379).',
    evidence: { ports: [kubelet, ssh, etcd] },
  },
  {
    name: 'reading for anyone, seen from inside',
    subject: seen([kubelet, ssh], 'private'),
    status: 'fail',
    message: 'unguarded',
    severity: 'high',
  },
  {
    name: 'other processes from outside',
    subject: seen([ssh, facts(9443, 'answers'), facts(179, 'accepts')]),
    status: 'fail',
    message: 'reachable',
    says: 'SSH server (port 22) and what is usually a usual thing (port 9443) can be reached',
  },
  {
    name: 'the host of several that it is on',
    subject: seen([facts(22, 'closed', { address: '52.95.110.7' }), { ...ssh, address: '52.95.110.8' }]),
    status: 'fail',
    message: 'reachable',
    says: 'SSH server (port 22 at 52.95.110.8)',
  },
  {
    name: 'the same process at another port, or another one of its kind',
    subject: seen([facts(6443, 'answers', { service: 'API server' })]),
    status: 'fail',
    message: 'reachable',
    says: 'Beside the API server an API server (port 6443) can be reached',
  },
  { name: 'other processes from inside', subject: seen([ssh], 'private'), status: 'not-applicable' },
  { name: 'other processes from who knows where', subject: seen([ssh], 'unknown'), status: 'not-applicable' },
  {
    name: 'connections without a byte',
    subject: seen([...quiet, facts(179, 'accepts')]),
    status: 'unknown',
    message: 'silent',
    says: '(port 179)',
  },
  {
    name: 'an etcd that may speak no TLS, seen from inside',
    subject: seen([ssh, facts(179, 'accepts'), facts(2379, 'accepts')], 'private'),
    status: 'unknown',
    message: 'silent',
    says: 'A connection to what is usually a usual thing (port 2379) came about',
  },
  {
    name: 'silence elsewhere, from inside',
    subject: seen([facts(179, 'accepts')], 'private'),
    status: 'not-applicable',
  },
  { name: 'nothing but the API server', subject: seen(quiet), status: 'pass' },
]);
