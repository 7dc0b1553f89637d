import { expect, test } from 'vitest';
import { allowList, answer, vantage } from './evidence.ts';
import { admitsVantage } from '../../../src/engine/admits.ts';
import { rangeSet } from '../../../src/lib/cidr.ts';
import type { Access } from '../../../src/model/endpoint.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';

const both = allowList(['203.0.113.0/24', '2001:db8:0:1::/64', '2001:db8:0:2::/65']);
const ipv6 = { family: 'ipv6', address: '2001:db8::1' } as const;

test.each<[string, Access, readonly string[], Partial<ProbeResult> | undefined, string]>([
  ['a listed address', both, ['203.0.113.9'], {}, 'yes'],
  ['an unlisted one', both, ['198.51.100.7'], {}, 'no'],
  ['one of two is listed', both, ['203.0.113.9', '198.51.100.7'], {}, 'unknown'],
  ['two listed', both, ['203.0.113.9', '203.0.113.10'], {}, 'yes'],
  ['none known', both, [], {}, 'unknown'],
  ['none known, a list of nobody', allowList([]), [], {}, 'unknown'],
  ['a list of nobody', allowList([]), ['203.0.113.9'], {}, 'no'],
  ['only the other family known', both, ['203.0.113.9'], ipv6, 'unknown'],
  ['the other family does not count', both, ['203.0.113.9', '2001:db8:9::1'], {}, 'yes'],
  ['nothing was dialled: all addresses count', both, ['203.0.113.9', '2001:db8:9::1'], undefined, 'unknown'],
  ['nothing was dialled, and no address is listed', both, ['198.51.100.7', '2001:db8:9::1'], undefined, 'no'],
  ['an IPv6 address of a listed /64', both, ['2001:db8:0:1::beef'], ipv6, 'yes'],
  ['an IPv6 address of a partly listed /64', both, ['2001:db8:0:2::1'], ipv6, 'unknown'],
  ['an IPv6 address of no listed /64', both, ['2001:db8:0:3::1'], ipv6, 'no'],
  ['a mapped address is an IPv4 one', both, ['::ffff:203.0.113.9'], {}, 'yes'],
  ['a private address is none', both, ['10.0.0.5'], {}, 'unknown'],
  ['a carrier-grade NAT address is none', both, ['100.64.1.1'], {}, 'unknown'],
  ['a reserved address is none', both, ['240.0.0.1'], {}, 'unknown'],
  ['what is no address is none', both, ['office'], {}, 'unknown'],
  ['a list with a source beyond it', allowList(['203.0.113.0/24'], ['google-cloud']), ['198.51.100.7'], {}, 'unknown'],
  ['the same, within its ranges', allowList(['203.0.113.0/24'], ['google-cloud']), ['203.0.113.9'], {}, 'yes'],
  ['open to all', { kind: 'open', ranges: [] }, [], {}, 'yes'],
  ['open to the family that was dialled', { kind: 'open', ranges: ['0.0.0.0/0'] }, [], {}, 'yes'],
  ['open to the other one', { kind: 'open', ranges: ['0.0.0.0/0'] }, ['2001:db8:9::1'], ipv6, 'no'],
  ['open to one, and nothing was dialled', { kind: 'open', ranges: ['0.0.0.0/0'] }, [], undefined, 'unknown'],
  ['open to both', { kind: 'open', ranges: ['0.0.0.0/0', '::/0'] }, [], undefined, 'yes'],
  ['closed', { kind: 'closed' }, ['203.0.113.9'], {}, 'no'],
  ['unknown', { kind: 'unknown', ranges: ['203.0.113.0/24'], reason: 'x' }, ['203.0.113.9'], {}, 'unknown'],
])('%s', (_, access, addresses, result, expected) => {
  const ranges = rangeSet('ranges' in access ? access.ranges : []);
  const look = result === undefined ? undefined : answer(result);
  expect(admitsVantage(access, ranges, look, vantage({ addresses }))).toBe(expected);
});

test("the socket's own address counts unless the user named ours", () => {
  const look = answer({ localAddress: '203.0.113.9' });
  const ranges = rangeSet(['203.0.113.0/24']);
  expect(admitsVantage(both, ranges, look, vantage({ addresses: [] }))).toBe('yes');
  expect(admitsVantage(both, ranges, look, vantage({ addresses: ['198.51.100.7'], addressesGiven: true }))).toBe('no');
});
