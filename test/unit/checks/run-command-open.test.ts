import { runCommandOpen } from '../../../src/checks/run-command-open.ts';
import type { ClusterSubject } from '../../../src/model/check.ts';
import type { OtherPath } from '../../../src/model/endpoint.ts';
import type { JudgedAccess } from '../../../src/model/report.ts';
import { access, clusterSubject, judgedEndpoint } from './subjects.ts';
import { testCheck } from './table.ts';

function aks(endpointAccess: JudgedAccess, state?: OtherPath['state']): ClusterSubject {
  const path = { kind: 'aks-run-command', reason: 'the switch is not set.' } as const;
  const otherPaths = state === undefined ? [] : [{ ...path, state }];
  return clusterSubject({ provider: 'aks', otherPaths }, [judgedEndpoint({ access: endpointAccess })]);
}

testCheck(runCommandOpen, [
  { name: 'private, on', subject: aks(access.closed, 'open'), status: 'fail', message: 'open' },
  {
    name: 'private, unknown',
    subject: aks(access.closed, 'unknown'),
    status: 'unknown',
    message: 'path-unknown',
    says: 'the switch is not set.',
  },
  {
    name: 'nothing of the cluster is known',
    subject: aks(access.unknown),
    status: 'unknown',
    message: 'path-unknown',
    says: 'publicAccess was not in the reply.',
  },
  {
    name: 'perhaps private, on',
    subject: aks(access.unknown, 'open'),
    status: 'unknown',
    message: 'access-unknown',
  },
  { name: 'private, off', subject: aks(access.closed, 'closed'), status: 'pass' },
  { name: 'perhaps private, off', subject: aks(access.unknown, 'closed'), status: 'pass' },
  { name: 'public, on', subject: aks(access.open, 'open'), status: 'not-applicable' },
  { name: 'public with a list, on', subject: aks(access.list, 'open'), status: 'not-applicable' },
  { name: 'external', subject: clusterSubject({ state: 'external' }, []), status: 'not-applicable' },
]);
