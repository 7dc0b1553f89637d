import { foreignPrivateEndpoint } from '../../../src/checks/foreign-private-endpoint.ts';
import { account, otherPaths } from './subjects.ts';
import { testCheck } from './table.ts';

const connections = otherPaths('aks', 'aks-private-endpoint');
const partner = '00000000-0000-4000-8000-00000000000b';

testCheck(foreignPrivateEndpoint, [
  {
    name: 'of another subscription',
    subject: connections({ state: 'open', account }, { state: 'open', account: partner }),
    status: 'fail',
    message: 'connected',
    says: 'of another subscription: the reason 2.',
    evidence: { subscriptions: [partner] },
  },
  {
    name: 'of another subscription, and one of nobody knows whom',
    subject: connections({ state: 'open' }, { state: 'open', account: partner }),
    status: 'fail',
    message: 'connected',
  },
  {
    name: 'of nobody knows whom',
    subject: connections({ state: 'open', account }, { state: 'open' }),
    status: 'unknown',
    message: 'path-unknown',
    says: 'is not known: the reason 2.',
  },
  {
    name: 'with a status that is not known',
    subject: connections({ state: 'unknown', account: partner }),
    status: 'unknown',
    message: 'path-unknown',
  },
  { name: 'of the own subscription', subject: connections({ state: 'open', account }), status: 'pass' },
  { name: 'rejected', subject: connections({ state: 'closed', account: partner }), status: 'pass' },
  { name: 'not asked for', subject: connections(), status: 'not-applicable' },
]);
