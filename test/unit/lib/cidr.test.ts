import { describe, expect, test } from 'vitest';
import { covers, isInternetAddress, parseBlock, rangeSet } from '../../../src/lib/cidr.ts';
import type { Block } from '../../../src/lib/cidr.ts';

const everything4 = 2n ** 32n;
const everything6 = 2n ** 128n;

describe('a list covers a whole family', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['one entry', ['0.0.0.0/0'], ['ipv4']],
    ['two halves', ['0.0.0.0/1', '128.0.0.0/1'], ['ipv4']],
    ['two halves, the other way round', ['128.0.0.0/1', '0.0.0.0/1'], ['ipv4']],
    ['four quarters', ['64.0.0.0/2', '0.0.0.0/2', '192.0.0.0/2', '128.0.0.0/2'], ['ipv4']],
    ['host bits before /0', ['132.1.50.0/0'], ['ipv4']],
    ['all of IPv6', ['::/0'], ['ipv6']],
    ['host bits before ::/0', ['2001:db8::1/0'], ['ipv6']],
    ['all that is global in IPv6', ['2000::/3'], ['ipv6']],
    ['halves of IPv6', ['::/1', '8000::/1'], ['ipv6']],
    ['all of IPv4 as mapped IPv6', ['::ffff:0:0/96'], ['ipv4']],
    ['both families', ['::/0', '0.0.0.0/0'], ['ipv4', 'ipv6']],
    ['with narrow ones beside it', ['203.0.113.0/24', '0.0.0.0/0'], ['ipv4']],
    [
      'all but what the internet cannot come from',
      [
        '1.0.0.0/8',
        '2.0.0.0/7',
        '4.0.0.0/6',
        '8.0.0.0/7',
        '11.0.0.0/8',
        '12.0.0.0/6',
        '16.0.0.0/4',
        '32.0.0.0/3',
        '64.0.0.0/2',
        '128.0.0.0/2',
        '192.0.0.0/3',
      ],
      ['ipv4'],
    ],
    ['one half is no whole', ['0.0.0.0/1'], []],
    ['three quarters are no whole', ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2'], []],
    [
      'all but one address',
      [
        '0.0.0.0/1',
        '128.0.0.0/2',
        '192.0.0.0/4',
        '208.0.0.0/5',
        '216.0.0.0/6',
        '220.0.0.0/7',
        '222.0.0.0/8',
        '223.0.0.0/9',
        '223.128.0.0/10',
      ],
      [],
    ],
    ['half of global IPv6', ['2000::/4'], []],
    ['nobody', [], []],
  ])('%s: %j', (_, entries, expected) => {
    const { whole, count, share } = rangeSet(entries);
    expect(whole).toEqual(expected);
    expect(count.ipv4 === everything4).toBe(expected.includes('ipv4'));
    expect(share.ipv4 === 1).toBe(expected.includes('ipv4'));
    expect(count.ipv6 === everything6).toBe(expected.includes('ipv6'));
    expect(share.ipv6 === 1).toBe(expected.includes('ipv6'));
  });
});

describe('a list is counted', () => {
  test.each<[string, readonly string[], bigint, bigint]>([
    ['a bare address', ['203.0.113.7'], 1n, 0n],
    ['a bare IPv6 address', ['2001:db8::1'], 0n, 1n],
    ['host bits', ['203.0.113.77/24'], 256n, 0n],
    ['the same twice', ['203.0.113.0/24', '203.0.113.0/24', '203.0.113.7'], 256n, 0n],
    ['neighbours', ['203.0.112.0/24', '203.0.113.0/24'], 512n, 0n],
    ['mapped IPv6', ['::ffff:203.0.113.0/120', '203.0.113.9'], 256n, 0n],
    ['a mapped bare address', ['::ffff:203.0.113.9'], 1n, 0n],
    ['both families', ['203.0.113.0/24', '2001:db8::/64'], 256n, 2n ** 64n],
    ['the one address that AKS takes for its own', ['0.0.0.0/32'], 1n, 0n],
    ['private ranges', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 0n, 0n],
    ['carrier-grade NAT, loopback, link-local', ['100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'], 0n, 0n],
    ['local IPv6', ['fc00::/7', 'fe80::/10', '::1'], 0n, 0n],
    ['a range around a private one', ['172.0.0.0/11'], 2n ** 21n - 2n ** 20n, 0n],
    ['spaces around an entry', [' 203.0.113.0/24 '], 256n, 0n],
  ])('%s: %j', (_, entries, ipv4, ipv6) => {
    const { count, unreadable } = rangeSet(entries);
    expect(count).toEqual({ ipv4, ipv6 });
    expect(unreadable).toEqual([]);
  });
});

test.each([
  'AzureCloud',
  'AzureCloud.WestEurope',
  '',
  ' ',
  '203.0.113',
  '203.0.113.0/33',
  '203.0.113.0/-1',
  '203.0.113.0/',
  '203.0.113.0/24/24',
  '010.1.1.1',
  '0x0a.1.1.1',
  '3405803783',
  '203.0.113.256',
  '2001:db8::/129',
  '2001:db8:::',
  'fe80::1%eth0',
  '203.0.113.0/2 4',
  '203.0.113.0-203.0.113.9',
  '１.1.1.1',
])('%j is no range, and is kept as such', (entry) => {
  expect(parseBlock(entry)).toBeUndefined();
  const { unreadable, count } = rangeSet([entry, '203.0.113.0/24']);
  expect(unreadable).toEqual([entry]);
  expect(count.ipv4).toBe(256n);
});

test.each([
  ['203.0.113.0/24', '203.0.113.9', 'all'],
  ['203.0.113.0/24', '203.0.112.0/23', 'some'],
  ['203.0.113.0/24', '203.0.114.0', 'none'],
  ['::/0', '203.0.113.9', 'none'],
  ['0.0.0.0/0', '2001:db8::1', 'none'],
  ['0.0.0.0/0', '10.0.0.1', 'all'],
  ['10.0.0.0/8', '10.0.0.1', 'none'],
])('%s and %s: %s', (range, address, expected) => {
  expect(covers(rangeSet([range]), parseBlock(address) as Block)).toBe(expected);
});

describe('a list that was seen before', () => {
  test('is not taken for another one that reads alike when joined', () => {
    expect(rangeSet(['203.0.113.0/24,198.51.100.0/24']).unreadable).toHaveLength(1);
    expect(rangeSet(['203.0.113.0/24', '198.51.100.0/24']).unreadable).toEqual([]);
    expect(rangeSet(['203.0.113.0/24\n198.51.100.0/24']).unreadable).toHaveLength(1);
  });

  test('counts the same among more lists than are remembered', () => {
    const lists = Array.from({ length: 1500 }, (_, index) => [`198.18.${index >> 8}.${index & 255}`, '203.0.113.0/24']);
    for (const list of [...lists, ...lists]) expect(rangeSet(list).count.ipv4).toBe(257n);
  });
});

test.each<[boolean, string]>([
  [true, '203.0.113.9'],
  [true, '2001:db8::1'],
  [true, '::ffff:203.0.113.9'],
  [false, '10.0.0.1'],
  [false, '172.31.0.1'],
  [false, '192.168.1.1'],
  [false, '100.64.0.1'],
  [false, '127.0.0.1'],
  [false, '169.254.169.254'],
  [false, '0.0.0.0'],
  [false, '224.0.0.1'],
  [false, '255.255.255.255'],
  [false, '::ffff:10.0.0.1'],
  [false, '::1'],
  [false, 'fd00::1'],
  [false, 'fe80::1'],
  [false, 'ff02::1'],
  [false, 'office.example'],
])('%s: packets from the internet can come from %s', (expected, address) => {
  expect(isInternetAddress(address)).toBe(expected);
});

test('a list of 50,000 addresses, which only a forged file holds, is counted in time', () => {
  const entries = Array.from({ length: 50_000 }, (_, at) => `52.${at >> 15}.${(at >> 7) & 255}.${(at & 127) * 2}`);
  expect(rangeSet(entries)).toMatchObject({ count: { ipv4: 50_000n, ipv6: 0n }, whole: [] });
});
