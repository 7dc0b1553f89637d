import { covers, isInternetAddress, parseBlock } from '../lib/cidr.ts';
import type { Block, RangeSet } from '../lib/cidr.ts';
import type { Access } from '../model/endpoint.ts';
import type { AddressResult } from '../model/probe.ts';
import type { Vantage } from '../model/evidence.ts';

export type Admits = 'yes' | 'no' | 'unknown';

/** Hosts of one network draw their IPv6 source addresses from its /64 and change them daily, so one stands for all. */
const ipv6Stand = 64;

/**
 * Whether the settings admit our vantage, for the family that was dialled (for all our addresses when nothing was).
 * NAT is the normal case: with none of our public addresses known the answer is `unknown`, never `no`.
 */
export function admitsVantage(
  access: Access,
  ranges: RangeSet,
  result: AddressResult | undefined,
  vantage: Vantage,
): Admits {
  if (access.kind === 'closed') return 'no';
  if (access.kind === 'unknown') return 'unknown';
  if (access.kind === 'open' && isOpenTo(ranges, result)) return 'yes';
  const listed = ownBlocks(result, vantage).map((block) => covers(ranges, block));
  if (listed.length > 0 && listed.every((part) => part === 'all')) return 'yes';
  const reachesFurther = access.kind === 'allow-list' && access.admits.length > 0;
  const isOutside = listed.length > 0 && listed.every((part) => part === 'none');
  return isOutside && !reachesFurther ? 'no' : 'unknown';
}

/** An open endpoint is open for one family at least; without any range, for both. */
function isOpenTo(ranges: RangeSet, result: AddressResult | undefined): boolean {
  if (ranges.blocks.length === 0) return true;
  return result?.family === undefined ? ranges.whole.length === 2 : ranges.whole.includes(result.family);
}

/** Our public addresses as blocks. A private, CGNAT or reserved address is none: the internet sees another one. */
function ownBlocks(result: AddressResult | undefined, vantage: Vantage): readonly Block[] {
  const own = result?.localAddress;
  const addresses =
    vantage.addressesGiven || own === undefined ? vantage.addresses : [...new Set([...vantage.addresses, own])];
  return addresses
    .filter(isInternetAddress)
    .flatMap((address) => standFor(address) ?? [])
    .filter(({ family }) => result?.family === undefined || family === result.family);
}

function standFor(address: string): Block | undefined {
  const block = parseBlock(address);
  return block?.family === 'ipv6' ? parseBlock(`${address}/${ipv6Stand}`) : block;
}
