import { rangeSet } from '../../src/lib/cidr.ts';
import type { Access } from '../../src/model/endpoint.ts';

/**
 * Access of an endpoint that is public and has a list of ranges, by the contract's order: a readable entry set that covers
 * a whole family is open; else an unreadable entry makes it unknown; else it is an allow-list.
 * `admits` are sources beyond the ranges, already told apart from unreadable entries.
 */
export function accessOfRanges(ranges: readonly string[], admits: readonly string[] = []): Access {
  const set = rangeSet(ranges);
  if (set.whole.length > 0)
    return { kind: 'open', ranges, reason: `the listed ranges cover all of ${set.whole.map(titled).join(' and ')}` };
  if (set.unreadable.length > 0) {
    return {
      kind: 'unknown',
      ranges,
      reason: `the list has an entry that is no range: ${set.unreadable[0]?.slice(0, 64)}`,
    };
  }
  return { kind: 'allow-list', ranges, admits };
}

function titled(family: 'ipv4' | 'ipv6'): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}
