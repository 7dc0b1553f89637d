import { noPrivateEndpoint } from '../../../src/checks/no-private-endpoint.ts';
import { access, clusterSubject, judgedEndpoint } from './subjects.ts';
import { testCheck } from './table.ts';

const closed = judgedEndpoint({ access: access.closed, exposure: 'private' });
const unknown = judgedEndpoint({ access: access.unknown, exposure: 'unknown' });
const own = judgedEndpoint({ role: 'private', access: access.closed, exposure: 'private' });
const dns = judgedEndpoint({ role: 'dns', exposure: 'broad' });

testCheck(noPrivateEndpoint, [
  { name: 'public only', subject: clusterSubject(), status: 'fail', message: 'none' },
  {
    name: 'public list and a DNS endpoint',
    subject: clusterSubject({ provider: 'gke' }, [judgedEndpoint({ access: access.list }), dns]),
    status: 'fail',
    message: 'none',
  },
  {
    name: 'settings that could not be read',
    subject: clusterSubject({}, [unknown]),
    status: 'unknown',
    message: 'unread',
    says: 'publicAccess was not in the reply.',
  },
  {
    name: 'a cluster that could not be described',
    subject: clusterSubject({ undescribed: 'describing it was refused.' }, [unknown]),
    status: 'unknown',
    message: 'unread',
    says: 'describing it was refused.',
  },
  { name: 'both', subject: clusterSubject({}, [judgedEndpoint(), own]), status: 'pass' },
  { name: 'private only', subject: clusterSubject({}, [closed, own]), status: 'pass' },
  { name: 'unreadable list beside a private one', subject: clusterSubject({}, [unknown, own]), status: 'pass' },
  {
    name: 'GKE with access by address off: its DNS endpoint alone',
    subject: clusterSubject({ provider: 'gke' }, [closed, dns]),
    status: 'not-applicable',
  },
  {
    name: 'the same without external traffic',
    subject: clusterSubject({ provider: 'gke' }, [
      closed,
      judgedEndpoint({ role: 'dns', access: access.closed, exposure: 'private' }),
    ]),
    status: 'not-applicable',
  },
  { name: 'external', subject: clusterSubject({ state: 'external' }, []), status: 'not-applicable' },
]);
