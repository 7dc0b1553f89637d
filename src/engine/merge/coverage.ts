import { readingOf, withGaps } from '../collect/coverage.ts';
import type { CoverageRow, CoverageStatus, Evidence } from '../../model/evidence.ts';

/** One run's row of a scope: what reading its list came to, and what was left unfinished where the run probed, and unread. */
interface Reading {
  readonly row: CoverageRow;
  readonly unfinishedProbes?: number;
  readonly unreadPaths: number;
}

const bestFirst: readonly CoverageStatus[] = ['complete', 'partial', 'failed', 'skipped'];

/**
 * Each scope once, by the run that read it best, the newest of equals: whoever read a scope whole has seen what another one
 * missed. A cloud that was skipped for want of credentials is no row where another run had some.
 */
export function mergeCoverage(runs: readonly Evidence[]): readonly CoverageRow[] {
  const known = runs.flatMap(({ coverage }) => coverage);
  const readings = runs
    .toReversed()
    .flatMap(({ coverage, scan }) => [...coverage.map((row) => readingIn(row, scan)), ...readAlong(coverage, known)]);
  const scopes = Map.groupBy(readings, ({ row }) => scopeOf(row));
  const rows = [...scopes.values()].map(mergeScope);
  const read = new Set(rows.filter(({ status }) => status !== 'skipped').map(({ provider }) => provider));
  return rows.filter(({ status, provider }) => status !== 'skipped' || !read.has(provider));
}

/** Two scopes whose account nobody could tell may be two accounts', so that one never vouches for the other. */
function scopeOf(row: CoverageRow): string {
  const { provider, account, location } = row;
  return JSON.stringify(account === 'unknown' ? row : [provider, account, location]);
}

function accountOf({ provider, account }: CoverageRow): string {
  return JSON.stringify([provider, account]);
}

/**
 * Who read all locations of an account at once, and says nothing of one that another run has a row about (a zone that did not
 * answer there), has read that one too.
 */
function readAlong(coverage: readonly CoverageRow[], known: readonly CoverageRow[]): readonly Reading[] {
  const own = new Set(coverage.map(scopeOf));
  const whole = coverage.map(readingOf).filter(({ location, status }) => location === '*' && status === 'complete');
  const accounts = new Set(whole.map(accountOf));
  return known
    .filter((row) => row.account !== 'unknown' && !own.has(scopeOf(row)) && accounts.has(accountOf(row)))
    .map(({ provider, account, location }) => ({
      row: { provider, account, location, status: 'complete', clusters: 0 },
      unreadPaths: 0,
    }));
}

function readingIn(row: CoverageRow, { probe }: Evidence['scan']): Reading {
  const { unfinishedProbes = 0, unreadPaths = 0 } = row;
  return { row: readingOf(row), unreadPaths, ...(probe.enabled && { unfinishedProbes }) };
}

/** What `--deep` could not read stays unread: a run without such a gap may not have asked. */
function mergeScope(readings: readonly Reading[]): CoverageRow {
  const byStatus = readings.toSorted((a, b) => bestFirst.indexOf(a.row.status) - bestFirst.indexOf(b.row.status));
  const rows = byStatus.map(({ row }) => row);
  const [best] = rows as [CoverageRow, ...CoverageRow[]];
  const gap = rows.find(({ status }) => status === 'partial' || status === 'failed')?.reason;
  const note = best.status === 'complete' && gap !== undefined && `read whole by one run, while another said: ${gap}`;
  const clusters = Math.max(...rows.map((row) => row.clusters));
  const merged = { ...best, clusters, ...(note !== false && { reason: note }) };
  return withGaps(merged, {
    unfinishedProbes: unfinishedIn(byStatus),
    unreadPaths: Math.max(...readings.map(({ unreadPaths }) => unreadPaths)),
  });
}

/** Planned probes are finished where one run finished them, of those that saw most of the scope: who saw less had fewer to finish. */
function unfinishedIn(readings: readonly Reading[]): number {
  const probed = readings.flatMap(({ row: { status }, unfinishedProbes }) =>
    unfinishedProbes === undefined ? [] : [{ status, unfinishedProbes }],
  );
  const sawMost = probed.filter(({ status }) => status === probed[0]?.status);
  return sawMost.length === 0 ? 0 : Math.min(...sawMost.map(({ unfinishedProbes }) => unfinishedProbes));
}
