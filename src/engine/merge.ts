import { uuidOf } from '../lib/hash.ts';
import { cut } from '../lib/text.ts';
import { mergeClusters } from './merge/clusters.ts';
import { mergeCoverage } from './merge/coverage.ts';
import { mergeProbes } from './merge/probes.ts';
import { sortClusters, sortCoverage, sortIssues, sortNotSeen, sortProbes } from './collect/order.ts';
import { withNamesOpen, withNamesPlaced } from './collect/private-name.ts';
import { UsageError } from '../model/errors.ts';
import { evidenceVersion } from '../model/evidence.ts';
import type { Evidence, MergedVantage } from '../model/evidence.ts';
import { tool } from '../model/tool.ts';

/**
 * Joins evidence of several runs, at least one: every observation with its vantage, each cluster's newest settings, the best
 * reading of each scope, all issues. Pure, and the same whatever order the files are named in.
 * @throws UsageError where two files of one run differ.
 */
export function mergeEvidence(files: readonly Evidence[]): Evidence {
  const runs = distinctRuns(files).map((run) => ({ ...run, ...eachCluster(run, withNamesOpen) }));
  const merged = mergeClusters(runs);
  const { clusters, probes } = eachCluster({ clusters: merged, probes: mergeProbes(runs, merged) }, withNamesPlaced);
  return {
    kind: 'kubeperimeter-evidence',
    schemaVersion: evidenceVersion,
    tool: { name: tool.name, version: tool.version },
    scan: mergeScans(runs),
    coverage: sortCoverage(mergeCoverage(runs)),
    clusters: sortClusters(clusters),
    probes: sortProbes(probes),
    issues: sortIssues(runs.flatMap(({ issues }) => issues)),
  };
}

type Found = Pick<Evidence, 'clusters' | 'probes'>;

/** What a name leads to is told by all vantages together: private for one, it may be public for the next. */
function eachCluster({ clusters, probes }: Found, place: typeof withNamesPlaced): Found {
  const byCluster = Map.groupBy(probes, ({ clusterId }) => clusterId);
  const placed = clusters.map((cluster) => place({ cluster, probes: byCluster.get(cluster.id) ?? [] }));
  return { clusters: placed.map(({ cluster }) => cluster), probes: placed.flatMap((looked) => looked.probes) };
}

/** Oldest first; a file that is named twice counts once. Of two that differ, neither may hide the other. */
function distinctRuns(files: readonly Evidence[]): readonly Evidence[] {
  const runs = [...Map.groupBy(files, ({ scan }) => scan.id)].map(([id, [run, ...again]]) => {
    const isCopy = again.every((file) => JSON.stringify(file) === JSON.stringify(run));
    if (!isCopy) throw new UsageError(`two of the files call themselves scan ${cut(id, 64)} and differ: leave one out`);
    return run as Evidence;
  });
  return runs.toSorted((a, b) => compareTimes(a.scan.finishedAt, b.scan.finishedAt) || compareIds(a.scan, b.scan));
}

function mergeScans(runs: readonly Evidence[]): Evidence['scan'] {
  const scans = runs.map(({ scan }) => scan);
  const newest = scans.at(-1) as Evidence['scan'];
  const looked = scans.findLast((scan) => vantagesOf(scan).length > 0) ?? newest;
  const vantages = new Map(scans.flatMap(vantagesOf).map((vantage) => [vantage.id, vantage]));
  const notSeen = new Map(scans.flatMap((scan) => scan.notSeen).map((item) => [`${item.provider} ${item.what}`, item]));
  return {
    id: uuidOf(
      scans
        .map(({ id }) => id)
        .toSorted()
        .join(' '),
    ),
    startedAt: scans.map(({ startedAt }) => startedAt).toSorted(compareTimes)[0] ?? newest.startedAt,
    finishedAt: newest.finishedAt,
    finished: scans.every(({ finished }) => finished),
    vantage: looked.vantage,
    ...(vantages.size > 0 && { vantages: [...vantages.values()].toSorted(compareIds) }),
    probe: { enabled: scans.some(({ probe }) => probe.enabled) },
    broad: newest.broad,
    notSeen: sortNotSeen([...notSeen.values()]),
  };
}

/** None where nothing was looked at. */
function vantagesOf({ id, vantage, vantages, probe }: Evidence['scan']): readonly MergedVantage[] {
  return vantages ?? (probe.enabled ? [{ id, ...vantage }] : []);
}

function compareTimes(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

function compareIds({ id: a }: { readonly id: string }, { id: b }: { readonly id: string }): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
