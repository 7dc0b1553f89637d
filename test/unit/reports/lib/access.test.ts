import { expect, test } from 'vitest';
import { describeAccess, describeShare } from '../../../../reports/lib/access.ts';
import type { JudgedAccess } from '../../../../src/model/report.ts';

const list = (ipv4: string, ipv6: string, admits: readonly string[] = []): JudgedAccess => ({
  kind: 'allow-list',
  addressCount: { ipv4, ipv6 },
  admits,
});

test.each<[JudgedAccess, string]>([
  [{ kind: 'open' }, 'open to every address'],
  [{ kind: 'closed' }, 'closed'],
  [{ kind: 'unknown' }, 'could not be read'],
  [{ kind: 'unknown', settings: 'none' }, 'there are none'],
  [{ kind: 'allow-list' }, 'allow-list of no internet address'],
  [list('0', '0'), 'allow-list of no internet address'],
  [list('1', '0'), 'allow-list of 1 IPv4 address'],
  [list('131072', '0'), 'allow-list of 131,072 IPv4 addresses'],
  [list('0', '1'), 'allow-list of a /128 of IPv6'],
  [list('0', '3'), 'allow-list of more than a /127 of IPv6'],
  [list('256', (2n ** 80n).toString()), 'allow-list of 256 IPv4 addresses and a /48 of IPv6'],
  [
    list('2', '0', ['google-cloud', 'azure-service-tag:AzureCloud']),
    'allow-list of 2 IPv4 addresses and google-cloud, azure-service-tag:AzureCloud',
  ],
])('%o', (access, said) => {
  expect(describeAccess(access)).toBe(said);
});

test.each([
  [{ ipv4: 0, ipv6: 1 }, ''],
  [{ ipv4: 5.96e-8, ipv6: 0 }, ''],
  [{ ipv4: 0.0313, ipv6: 0 }, '3.1 % of IPv4'],
  [{ ipv4: 1, ipv6: 0 }, '100 % of IPv4'],
])('a share of %o', (share, said) => {
  expect(describeShare({ kind: 'allow-list', share })).toBe(said);
});
