import { expect, test } from 'vitest';

import { classifyAddress, familyOf, mayDial } from '../../../src/probe/address.ts';
import type { AddressClass } from '../../../src/model/probe.ts';

const cases: Readonly<Record<AddressClass, readonly string[]>> = {
  public: [
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '223.255.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '168.63.129.15',
    '2600:1f14::1',
    '2a00:1450:4001::8',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:0808:0808::1',
  ],
  private: [
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '::ffff:10.1.2.3',
    '::ffff:a01:203',
    '64:ff9b::a01:203',
    '2002:0a01:0203::1',
  ],
  cgnat: ['100.64.0.0', '100.100.100.199', '100.127.255.255', '64:ff9b::6440:1'],
  loopback: ['127.0.0.1', '127.255.255.255', '::1', '::ffff:127.0.0.1', '2002:7f00:0001::'],
  'link-local': [
    '169.254.169.254',
    '169.254.0.1',
    '168.63.129.16',
    '100.100.100.200',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fd00:c1::a9fe:a9fe',
    'fd00:42::42',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
  ],
  unspecified: ['0.0.0.0', '0.255.255.255', '::', '::ffff:0.0.0.0'],
  'unique-local': ['fc00::1', 'fd12:3456::1', 'fd00:ec2::253'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', '::ffff:224.0.0.1'],
  reserved: [
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '240.0.0.1',
    '255.255.255.255',
    '2001:db8::1',
    '2001::1',
    '2001:2::1',
    '3fff::1',
    '100::1',
    '64:ff9b:1::1',
    '::8.8.8.8',
    'fec0::1',
    '4000::1',
    '5f00::1',
    '2002:c633:6407::1',
    '010.1.1.1',
    'localhost',
    '',
  ],
};

test.for(Object.entries(cases).flatMap(([name, addresses]) => addresses.map((address) => [address, name] as const)))(
  '%s is %s',
  ([address, name]) => {
    expect(classifyAddress(address)).toBe(name);
  },
);

const outside = { inside: false, named: false };
const inside = { inside: true, named: false };
const named = { inside: false, named: true };

test.for<[AddressClass, boolean, boolean, boolean]>([
  ['public', true, true, true],
  ['private', false, true, true],
  ['cgnat', false, true, true],
  ['unique-local', false, true, true],
  ['loopback', false, true, true],
  ['link-local', false, false, false],
  ['unspecified', false, false, false],
  ['multicast', false, false, false],
  ['reserved', false, false, false],
])('%s: from outside %s, from inside %s, named by the user %s', ([name, ...expected]) => {
  expect([outside, inside, named].map((permission) => mayDial(name, permission))).toEqual(expected);
});

test.for([
  ['192.0.2.1', 'ipv4'],
  ['2001:db8::1', 'ipv6'],
  // What the peer sees is IPv4.
  ['::ffff:192.0.2.1', 'ipv4'],
  ['64:ff9b::c000:201', 'ipv4'],
  // Deprecated and never translated; and a tunnel, whose far end is an IPv6 host.
  ['::192.0.2.1', 'ipv6'],
  ['2002:c000:201::1', 'ipv6'],
] as const)('%s is seen as %s', ([address, family]) => {
  expect(familyOf(address)).toBe(family);
});
