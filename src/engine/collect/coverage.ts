import { plural } from '../../lib/text.ts';
import type { CoverageRow } from '../../model/evidence.ts';
import type { ProviderId } from '../../model/provider.ts';
import type { ScanIssue } from '../../model/issue.ts';

/** What is known of one scope so far. Profiles that reach the same account and location share one. */
export interface ScopeRecord {
  readonly provider: ProviderId;
  readonly location: string;
  account?: string;
  /** `unlisted` until its list was read to the end, so that a scope never reads as complete by being forgotten. */
  listing: { readonly state: 'unlisted' | 'listed' } | { readonly state: 'failed'; readonly reason: string };
  /** The listing that is going on, or the last one: two ways to one scope take turns. */
  turn: Promise<void>;
  /** Ids of the clusters, and of those among them that could not be described. */
  readonly clusters: Set<string>;
  readonly undescribed: Set<string>;
  unfinishedProbes: number;
  /** Ids of the clusters of which `--deep` could not read all that it asked for. */
  readonly unreadPaths: Set<string>;
  issues: ScanIssue[];
}

/** The scope's own row, and one for each location of which it could not tell (a GKE zone that did not answer). */
export function coverageOf(record: ScopeRecord): CoverageRow[] {
  const gaps = gapsOf(record);
  const place = { provider: record.provider, account: record.account ?? 'unknown' };
  const failed = record.listing.state === 'failed' && record.clusters.size === 0;
  const read: CoverageRow = {
    ...place,
    location: record.location,
    status: failed ? 'failed' : gaps.length > 0 ? 'partial' : 'complete',
    clusters: record.clusters.size,
    ...(gaps.length > 0 && { reason: gaps.join('; ') }),
  };
  const own = withUnfinished(read, record.unfinishedProbes);
  const foreign = new Map<string, CoverageRow>();
  for (const { clusterId, location = record.location, message } of record.issues) {
    if (clusterId !== undefined || location === record.location) continue;
    foreign.set(location, { ...place, location, status: 'partial', clusters: 0, reason: message });
  }
  return [own, ...foreign.values()];
}

function gapsOf({ listing, undescribed, unreadPaths }: ScopeRecord): string[] {
  return [
    ...(listing.state === 'unlisted' ? ['interrupted'] : []),
    ...(listing.state === 'failed' ? [listing.reason] : []),
    ...(undescribed.size > 0 ? [`${plural(undescribed.size, 'cluster')} could not be described`] : []),
    // What was asked for and not seen is a gap, whoever may live with it: --allow-partial.
    ...(unreadPaths.size > 0 ? [`other ways into ${plural(unreadPaths.size, 'cluster')} could not be read`] : []),
  ];
}

/** A scope is partial when planned probes of it did not finish, however well it was read. */
export function withUnfinished(row: CoverageRow, unfinishedProbes: number): CoverageRow {
  if (unfinishedProbes === 0) return row;
  const status = row.status === 'complete' ? 'partial' : row.status;
  const reason = [...(row.reason === undefined ? [] : [row.reason]), unfinishedGap(unfinishedProbes)].join('; ');
  return { ...row, status, unfinishedProbes, reason };
}

/** What reading alone came to: the row that `withUnfinished` was given. */
export function readingOf({ unfinishedProbes, ...row }: CoverageRow): CoverageRow {
  if (unfinishedProbes === undefined) return row;
  const { reason = '', ...rest } = row;
  const gap = unfinishedGap(unfinishedProbes);
  if (reason === gap) return { ...rest, status: 'complete' };
  return { ...rest, reason: reason.endsWith(`; ${gap}`) ? reason.slice(0, -gap.length - 2) : reason };
}

function unfinishedGap(count: number): string {
  return `${plural(count, 'planned probe')} did not finish`;
}
