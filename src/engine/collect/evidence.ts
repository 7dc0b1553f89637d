import { coverageOf } from './coverage.ts';
import { sortClusters, sortCoverage, sortIssues, sortNotSeen, sortProbes } from './order.ts';
import { evidenceVersion, type CoverageRow, type Evidence } from '../../model/evidence.ts';
import { tool } from '../../model/tool.ts';
import { unmatchedRules } from './connect-to.ts';
import { vantageOf, type Run } from './run.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ScanIssue } from '../../model/issue.ts';

/** All that the run collected, in an order that does not tell in which order the answers came. */
export function evidenceOf(run: Run, id: string, startedAt: Date): Evidence {
  const { request, tools } = run;
  return {
    kind: 'kubeperimeter-evidence',
    schemaVersion: evidenceVersion,
    tool: { name: tool.name, version: tool.version },
    scan: {
      id,
      startedAt: startedAt.toISOString(),
      finishedAt: tools.now().toISOString(),
      finished: !run.context.signal.aborted,
      vantage: vantageOf(run),
      probe: { enabled: request.probe.enabled },
      broad: request.broad,
      notSeen: sortNotSeen(run.notSeen),
    },
    coverage: sortCoverage(coverageRows(run)),
    clusters: sortClusters([...run.clusters.values()].map((cluster) => withDeepPaths(run, cluster))),
    probes: sortProbes([...run.probes.values()].flat()),
    issues: sortIssues(issuesOf(run)),
  };
}

function withDeepPaths({ deepPaths }: Run, cluster: Cluster): Cluster {
  const paths = deepPaths.get(cluster.id);
  return paths === undefined ? cluster : { ...cluster, otherPaths: [...cluster.otherPaths, ...paths] };
}

function coverageRows(run: Run): CoverageRow[] {
  return [...run.rows, ...[...run.scopes.values()].flatMap(coverageOf)];
}

function issuesOf(run: Run): ScanIssue[] {
  const { probe } = run.request;
  // A rule that fits nothing is a typing error only where the clouds were listed to their end.
  const isListed = probe.enabled && !run.context.signal.aborted;
  return [
    ...run.issues,
    ...[...run.scopes.values()].flatMap((record) => record.issues),
    ...(isListed ? unmatchedRules(probe, run.clusters.values()) : []),
  ];
}
