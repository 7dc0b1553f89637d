import type { RangeSet } from '../lib/cidr.ts';
import type { Access } from '../model/endpoint.ts';
import type { BroadLimits } from '../model/evidence.ts';
import type { JudgedAccess } from '../model/report.ts';

/** `Access` with the allow-list weighed: broad or narrow. `none`: there are no settings, which is more than not having read them. */
export type AccessSize = 'open' | 'broad' | 'narrow' | 'closed' | 'unknown' | 'none';

/** Broad is a property of an allow-list alone: its size, or a source beyond its ranges that anyone can rent. */
export function sizeOf(access: Access, ranges: RangeSet, limits: BroadLimits): AccessSize {
  if (access.kind === 'unknown') return access.settings ?? access.kind;
  if (access.kind !== 'allow-list') return access.kind;
  const isBroad =
    access.admits.length > 0 ||
    ranges.count.ipv4 > BigInt(limits.ipv4Addresses) ||
    ranges.count.ipv6 > 1n << BigInt(128 - limits.ipv6Prefix);
  return isBroad ? 'broad' : 'narrow';
}

export function rangesOf(access: Access): readonly string[] {
  return access.kind === 'closed' ? [] : access.ranges;
}

/** What the report says of it. An unknown access gets no count: a part of a list would pass for the whole of it. */
export function reportAccess(access: Access, ranges: RangeSet): JudgedAccess {
  const isCounted = access.kind === 'allow-list' || (access.kind === 'open' && access.ranges.length > 0);
  return {
    ...pick(access),
    ...(isCounted && {
      addressCount: { ipv4: ranges.count.ipv4.toString(), ipv6: ranges.count.ipv6.toString() },
      share: ranges.share,
    }),
    ...(access.reason !== undefined && { reason: access.reason }),
    ...(access.kind === 'unknown' && access.settings !== undefined && { settings: access.settings }),
  };
}

function pick(access: Access): JudgedAccess {
  if (access.kind === 'closed') return { kind: access.kind };
  if (access.kind === 'allow-list') return { kind: access.kind, ranges: access.ranges, admits: access.admits };
  return { kind: access.kind, ranges: access.ranges };
}
