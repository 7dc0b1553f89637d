import { BlockList, isIP } from 'node:net';

import { parseBlock, type Block } from '../lib/cidr.ts';
import type { AddressClass } from '../model/probe.ts';

type Blocks = readonly (readonly [AddressClass, readonly string[]])[];

/** IANA's special-purpose registries (RFC 6890 and its successors), plus the platform addresses that only a cloud's own guests can reach. */
const ipv4Blocks: Blocks = [
  ['unspecified', ['0.0.0.0/8']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']],
  ['loopback', ['127.0.0.0/8']],
  // 168.63.129.16 is Azure's host agent: a public number, but each virtual machine has its own behind it. Alibaba Cloud's metadata
  // server hides in carrier-grade space.
  ['link-local', ['169.254.0.0/16', '168.63.129.16/32', '100.100.100.200/32']],
  ['cgnat', ['100.64.0.0/10']],
  ['multicast', ['224.0.0.0/4']],
  [
    'reserved',
    [
      '192.0.0.0/24',
      '192.0.2.0/24',
      '192.88.99.0/24',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '240.0.0.0/4',
    ],
  ],
];

/** What of IPv6 is not reserved as a whole: outside 2000::/3 only these are anything else. */
const ipv6Blocks: Blocks = [
  ['unspecified', ['::/128']],
  ['loopback', ['::1/128']],
  // Metadata servers hide in unique-local space: those of AWS, its pod identity agent, Google Cloud, Oracle Cloud, Scaleway.
  [
    'link-local',
    [
      'fe80::/10',
      'fd00:ec2::254/128',
      'fd00:ec2::23/128',
      'fd20:ce::254/128',
      'fd00:c1::a9fe:a9fe/128',
      'fd00:42::42/128',
    ],
  ],
  ['unique-local', ['fc00::/7']],
  ['multicast', ['ff00::/8']],
  ['reserved', ['2001::/23', '2001:db8::/32', '3fff::/20']],
  ['public', ['2000::/3']],
];

const ipv4Lists = compile(ipv4Blocks, 'ipv4');
const ipv6Lists = compile(ipv6Blocks, 'ipv6');

function compile(blocks: Blocks, family: 'ipv4' | 'ipv6'): readonly (readonly [AddressClass, BlockList])[] {
  return blocks.map(([name, ranges]) => {
    const list = new BlockList();
    for (const range of ranges) {
      const [network = '', prefix = ''] = range.split('/');
      list.addSubnet(network, Number(prefix), family);
    }
    return [name, list];
  });
}

/**
 * What kind of place an address is, so that it is judged before it is dialled. IPv6 forms that carry an IPv4 address
 * (mapped, NAT64 of RFC 6052, 6to4) are judged by it: they lead there. What is no address is `reserved`.
 */
export function classifyAddress(text: string): AddressClass {
  const address = canonical(text.split('%')[0] ?? '');
  if (address === undefined) return 'reserved';
  const carried = carriedIpv4(address);
  if (carried !== undefined) return find(ipv4Lists, carried, 'ipv4') ?? 'public';
  return find(ipv6Lists, address, 'ipv6') ?? 'reserved';
}

/** One spelling of each address: `::192.0.2.1` is an IPv6 address, and parsers differ over it. */
function canonical(text: string): string | undefined {
  const version = isIP(text);
  if (version === 0) return undefined;
  return version === 4 ? text : new URL(`http://[${text}]`).hostname.slice(1, -1);
}

function find(lists: typeof ipv4Lists, address: string, family: 'ipv4' | 'ipv6'): AddressClass | undefined {
  return lists.find(([, list]) => list.check(address, family))?.[0];
}

function carriedIpv4(address: string): string | undefined {
  const block = parseBlock(address);
  if (block === undefined) return undefined;
  if (block.family === 'ipv6' && block.first >> 112n === 0x2002n) return dotted((block.first >> 80n) & 0xffff_ffffn);
  return isIpv4OnTheWire(block) ? dotted(block.first & 0xffff_ffffn) : undefined;
}

/** IPv4, mapped (which `parseBlock` reads as IPv4), or translated by NAT64. */
function isIpv4OnTheWire({ family, first }: Block): boolean {
  return family === 'ipv4' || first >> 32n === 0x0064_ff9bn << 64n;
}

/** The family that the peer sees us use: behind a translator (NAT64) it is IPv4, whatever we dial. */
export function familyOf(address: string): Block['family'] {
  const block = parseBlock(canonical(address) ?? '');
  return block !== undefined && isIpv4OnTheWire(block) ? 'ipv4' : 'ipv6';
}

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
}

/** Classes that no option can make us dial: nothing there is anybody's API server. */
const never: ReadonlySet<AddressClass> = new Set(['link-local', 'unspecified', 'multicast', 'reserved']);

/** Whether an address of this class may be dialled; `named` when the user gave it by `--connect-to`. */
export function mayDial(addressClass: AddressClass, permission: { inside: boolean; named: boolean }): boolean {
  if (never.has(addressClass)) return false;
  return addressClass === 'public' || permission.inside || permission.named;
}
