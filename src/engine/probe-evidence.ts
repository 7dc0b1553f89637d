import { advance, createRun, vantageOf } from './collect/run.ts';
import { readingOf, withGaps } from './collect/coverage.ts';
import { lookAt } from './collect/looks.ts';
import { sortClusters, sortCoverage, sortIssues, sortProbes } from './collect/order.ts';
import { withNamesOpen } from './collect/private-name.ts';
import { unmatchedRules } from './collect/connect-to.ts';
import { readAtOf } from './read-at.ts';
import type { LookTools, ProbeRules } from './collect/request.ts';
import type { CallContext, ProviderId } from '../model/provider.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CoverageRow, Evidence, Vantage } from '../model/evidence.ts';
import type { Run } from './collect/run.ts';
import type { ScanIssue } from '../model/issue.ts';
import { tool } from '../model/tool.ts';

export interface ProbeEvidenceRequest {
  readonly vantage: Vantage;
  readonly probe: ProbeRules;
  /** Least wait before a second look, where the user gave none. */
  readonly settlingSeconds: (provider: ProviderId) => number;
  /** What could not be told before the run began. */
  readonly issues: readonly ScanIssue[];
}

/** A coverage row, and what of its scope is missing: paths that the given run could not read, looks that did not finish here. */
interface RowRecord {
  readonly row: CoverageRow;
  readonly unreadPaths: number;
  unfinishedProbes: number;
}

/**
 * Looks at every cluster that evidence lists, with no right to any cloud, and gives the evidence of these looks alone: the
 * settings, coverage and issues are the given ones. Never rejects; when the signal is aborted, it gives what was covered.
 */
export async function probeEvidence(
  evidence: Evidence,
  request: ProbeEvidenceRequest,
  tools: LookTools,
  context: CallContext,
): Promise<Evidence> {
  const { vantage, probe: rules, settlingSeconds, issues } = request;
  const startedAt = tools.now();
  const clusters = evidence.clusters.map((found) => {
    const { cluster } = withNamesOpen({ cluster: found, probes: [] });
    return { ...cluster, readAt: readAtOf(cluster, evidence) };
  });
  const run = createRun({ vantage, broad: evidence.scan.broad, probe: rules, issues }, tools, context);
  const records = createRecords(evidence.coverage);
  const looks = clusters.map((cluster) => {
    advance(run, 'clusters');
    run.clusters.set(cluster.id, cluster);
    const record = records.of(cluster);
    return lookAt({ run, rules, record, settlingSeconds: settlingSeconds(cluster.provider) }, cluster);
  });
  await Promise.all(looks);
  return {
    ...evidence,
    tool: { name: tool.name, version: tool.version },
    scan: scanOf(evidence, run, startedAt),
    coverage: sortCoverage(records.rows()),
    clusters: sortClusters([...run.clusters.values()]),
    probes: sortProbes([...run.probes.values()].flat()),
    issues: sortIssues([...evidence.issues, ...run.issues, ...unmatchedRules(rules, clusters)]),
  };
}

function scanOf({ scan }: Evidence, run: Run, startedAt: Date): Evidence['scan'] {
  return {
    id: run.tools.uuid(),
    startedAt: startedAt.toISOString(),
    finishedAt: run.tools.now().toISOString(),
    finished: scan.finished && !run.context.signal.aborted,
    vantage: vantageOf(run),
    probe: { enabled: true },
    broad: scan.broad,
    notSeen: scan.notSeen,
  };
}

/** The given rows, less what their own run left unfinished: other looks are made now. */
function createRecords(coverage: readonly CoverageRow[]) {
  const records: RowRecord[] = coverage.map((row) => ({
    row: readingOf(row),
    unreadPaths: row.unreadPaths ?? 0,
    unfinishedProbes: 0,
  }));
  const index = new Map(records.map((record) => [keyOf(record.row, record.row.location), record]));
  return {
    rows: () => records.map(({ row, ...gaps }) => withGaps(row, gaps)),
    /** Scopes are listed by location or, with `*`, for all locations at once. */
    of(cluster: Cluster): RowRecord {
      const { provider, account = 'unknown', location = '*' } = cluster;
      const known = index.get(keyOf(cluster, location)) ?? index.get(keyOf(cluster, '*'));
      if (known !== undefined) return known;
      // Nothing vouches that its scope was read.
      const reason = 'no coverage row of the evidence is about it';
      const record: RowRecord = {
        row: { provider, account, location, status: 'partial', clusters: 0, reason },
        unreadPaths: 0,
        unfinishedProbes: 0,
      };
      records.push(record);
      index.set(keyOf(cluster, location), record);
      return record;
    },
  };
}

function keyOf({ provider, account = 'unknown' }: Pick<Cluster, 'provider' | 'account'>, location: string): string {
  return JSON.stringify([provider, account, location]);
}
