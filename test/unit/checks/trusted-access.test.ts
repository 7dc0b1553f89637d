import { trustedAccess } from '../../../src/checks/trusted-access.ts';
import { account, otherPaths } from './subjects.ts';
import { testCheck } from './table.ts';

const bindings = otherPaths('aks', 'aks-trusted-access');
const partner = '00000000-0000-4000-8000-00000000000b';

testCheck(trustedAccess, [
  {
    name: 'a resource of the own subscription',
    subject: bindings({ state: 'open', account }),
    status: 'fail',
    message: 'bound',
    says: 'past its network settings: the reason 1.',
  },
  { name: 'a resource that is not named', subject: bindings({ state: 'open' }), status: 'fail', message: 'bound' },
  {
    name: 'resources of other subscriptions',
    subject: bindings(
      { state: 'open', account },
      ...[partner, partner].map((of) => ({ state: 'open', account: of }) as const),
    ),
    status: 'fail',
    message: 'foreign',
    severity: 'medium',
    says: 'of other subscriptions act in this cluster past its network settings: the reason 2; the reason 3.',
    evidence: { subscriptions: [partner] },
  },
  {
    name: 'bindings that could not be read',
    subject: bindings({ state: 'unknown' }),
    status: 'unknown',
    message: 'path-unknown',
    says: 'is not known: the reason 1.',
  },
  { name: 'no binding', subject: bindings({ state: 'closed' }), status: 'pass' },
  { name: 'not asked for', subject: bindings(), status: 'not-applicable' },
]);
