import { broadAllowList } from '../../../src/checks/broad-allow-list.ts';
import { access, endpointSubject, list } from './subjects.ts';
import { testCheck } from './table.ts';

const wide = { ipv4: '16777216', ipv6: '0' };

testCheck(broadAllowList, [
  {
    name: 'a public /8',
    subject: endpointSubject({ endpoint: { access: list(['198.0.0.0/8'], wide), exposure: 'broad' } }),
    status: 'fail',
    message: 'broad',
    says: 'admits 16,777,216 IPv4 addresses.',
    evidence: { ranges: ['198.0.0.0/8'] },
  },
  {
    name: 'an IPv6 /31',
    subject: endpointSubject({
      endpoint: { access: list(['2001:db8::/31'], { ipv4: '0', ipv6: (1n << 97n).toString() }), exposure: 'broad' },
    }),
    status: 'fail',
    message: 'broad',
    says: 'admits 8,589,934,592 IPv6 networks of /64.',
  },
  {
    name: 'both families',
    subject: endpointSubject({
      endpoint: { access: list([], { ipv4: '65537', ipv6: (1n << 97n).toString() }), exposure: 'broad' },
    }),
    status: 'fail',
    message: 'broad',
    says: '65,537 IPv4 addresses and 8,589,934,592 IPv6 networks of /64.',
  },
  {
    name: 'an entry that cannot be read',
    subject: endpointSubject({ endpoint: { access: access.unknown, exposure: 'unknown' } }),
    status: 'unknown',
    message: 'unread',
  },
  {
    name: 'a list that the wire contradicts',
    subject: endpointSubject({ endpoint: { access: list(['198.0.0.0/8'], wide), exposure: 'contradiction' } }),
    status: 'unknown',
    message: 'unjudged',
  },
  {
    name: 'a narrow list',
    subject: endpointSubject({ endpoint: { access: access.list, exposure: 'restricted' } }),
    status: 'pass',
  },
  {
    name: 'a list that is broad by what else it admits',
    subject: endpointSubject({ endpoint: { access: list([], undefined, ['google-cloud']), exposure: 'broad' } }),
    status: 'not-applicable',
  },
  { name: 'open', subject: endpointSubject(), status: 'not-applicable' },
  {
    name: 'closed',
    subject: endpointSubject({ endpoint: { access: access.closed, exposure: 'private' } }),
    status: 'not-applicable',
  },
  {
    name: 'DNS endpoint behind IAM',
    subject: endpointSubject({ endpoint: { role: 'dns', exposure: 'broad' } }),
    status: 'not-applicable',
  },
]);
