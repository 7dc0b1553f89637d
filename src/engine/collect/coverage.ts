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
  const own = withGaps(read, {
    unfinishedProbes: record.unfinishedProbes,
    unreadPaths: record.unreadPaths.size,
  });
  const foreign = new Map<string, CoverageRow>();
  for (const { clusterId, location = record.location, message } of record.issues) {
    if (clusterId !== undefined || location === record.location) continue;
    foreign.set(location, { ...place, location, status: 'partial', clusters: 0, reason: message });
  }
  return [own, ...foreign.values()];
}

function gapsOf({ listing, undescribed }: ScopeRecord): string[] {
  return [
    ...(listing.state === 'unlisted' ? ['interrupted'] : []),
    ...(listing.state === 'failed' ? [listing.reason] : []),
    ...(undescribed.size > 0 ? [`${plural(undescribed.size, 'cluster')} could not be described`] : []),
  ];
}

/** What may be missing of a scope however well its list was read. */
type Gaps = Required<Pick<CoverageRow, 'unfinishedProbes' | 'unreadPaths'>>;

/** A scope with such a gap is partial; the row says how much is missing in numbers and in words. */
export function withGaps(row: CoverageRow, gaps: Gaps): CoverageRow {
  const said = gapTexts(gaps);
  if (said.length === 0) return row;
  return {
    ...row,
    status: row.status === 'complete' ? 'partial' : row.status,
    ...(gaps.unfinishedProbes > 0 && { unfinishedProbes: gaps.unfinishedProbes }),
    ...(gaps.unreadPaths > 0 && { unreadPaths: gaps.unreadPaths }),
    reason: [...(row.reason === undefined ? [] : [row.reason]), ...said].join('; '),
  };
}

/** What reading the list came to: the row that `withGaps` was given. */
export function readingOf({ unfinishedProbes = 0, unreadPaths = 0, ...row }: CoverageRow): CoverageRow {
  const said = gapTexts({ unfinishedProbes, unreadPaths }).join('; ');
  if (said === '') return row;
  const { reason = '', ...rest } = row;
  if (reason === said) return { ...rest, status: 'complete' };
  return { ...rest, reason: reason.endsWith(`; ${said}`) ? reason.slice(0, -said.length - 2) : reason };
}

function gapTexts({ unfinishedProbes, unreadPaths }: Gaps): string[] {
  return [
    ...(unfinishedProbes > 0 ? [`${plural(unfinishedProbes, 'planned probe')} did not finish`] : []),
    // What was asked for and not seen is a gap, whoever may live with it: --allow-partial.
    ...(unreadPaths > 0 ? [`other ways into ${plural(unreadPaths, 'cluster')} could not be read`] : []),
  ];
}
