import { argocdOpen } from '../../../src/checks/argocd-open.ts';
import { otherPaths } from './subjects.ts';
import { testCheck } from './table.ts';

const argoCd = otherPaths('eks', 'eks-argocd');

testCheck(argocdOpen, [
  {
    name: 'reached from the internet',
    subject: argoCd({ state: 'open' }),
    status: 'fail',
    message: 'open',
    says: 'open beside its endpoints: the reason 1.',
  },
  {
    name: 'one of several reached from the internet',
    subject: argoCd({ state: 'closed' }, { state: 'unknown' }, { state: 'open' }),
    status: 'fail',
    message: 'open',
    says: ': the reason 3.',
  },
  {
    name: 'more than a message holds',
    subject: argoCd(...Array.from({ length: 5 }, () => ({ state: 'open' }) as const)),
    status: 'fail',
    message: 'open',
    says: ': the reason 1; the reason 2; the reason 3; and 2 more.',
  },
  {
    name: 'not readable',
    subject: argoCd({ state: 'closed' }, { state: 'unknown' }),
    status: 'unknown',
    message: 'path-unknown',
    says: 'is not known: the reason 2.',
  },
  { name: 'none, or VPC endpoints alone', subject: argoCd({ state: 'closed' }), status: 'pass' },
  { name: 'not asked for', subject: argoCd(), status: 'not-applicable' },
]);
