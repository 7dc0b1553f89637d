import { unauthenticatedBindings } from '../../../src/checks/unauthenticated-bindings.ts';
import { clusterSubject } from './subjects.ts';
import { testCheck } from './table.ts';

testCheck(unauthenticatedBindings, [
  {
    name: 'allowed',
    subject: clusterSubject({ provider: 'gke', unauthenticatedBindings: 'allowed' }),
    status: 'fail',
    message: 'allowed',
  },
  {
    name: 'unknown',
    subject: clusterSubject({ provider: 'gke', unauthenticatedBindings: 'unknown' }),
    status: 'unknown',
    message: 'unknown',
  },
  { name: 'field missing', subject: clusterSubject({ provider: 'gke' }), status: 'unknown', message: 'unknown' },
  {
    name: 'blocked',
    subject: clusterSubject({ provider: 'gke', unauthenticatedBindings: 'blocked' }),
    status: 'pass',
  },
]);
