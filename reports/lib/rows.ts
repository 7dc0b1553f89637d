import { exposures } from '../../src/model/endpoint.ts';
import { severities } from '../../src/model/severity.ts';
import type { Exposure } from '../../src/model/endpoint.ts';
import type { Finding, JudgedCluster, Report } from '../../src/model/report.ts';
import type { Severity } from '../../src/model/severity.ts';

/** A cluster with what is not a pass, fails first as the report sorts them. */
export interface ClusterFindings {
  readonly cluster: JudgedCluster;
  readonly fails: readonly Finding[];
  readonly unknowns: readonly Finding[];
}

/** All clusters, the one to begin with first: exposure, then the worst finding, then proof, then how many findings. */
export function rankClusters(report: Report): readonly ClusterFindings[] {
  const byCluster = Map.groupBy(report.findings, ({ clusterId }) => clusterId);
  return report.clusters
    .map((cluster) => {
      const findings = byCluster.get(cluster.id) ?? [];
      return {
        cluster,
        fails: findings.filter(({ status }) => status === 'fail'),
        unknowns: findings.filter(({ status }) => status === 'unknown'),
      };
    })
    .toSorted(compareRows);
}

function compareRows(a: ClusterFindings, b: ClusterFindings): number {
  return (
    exposures.indexOf(a.cluster.exposure) - exposures.indexOf(b.cluster.exposure) ||
    worstRank(a.fails) - worstRank(b.fails) ||
    Number(isProven(b.cluster)) - Number(isProven(a.cluster)) ||
    b.fails.length - a.fails.length
  );
}

function worstRank(fails: readonly Finding[]): number {
  return Math.min(...fails.map(({ severity }) => severities.indexOf(severity)), severities.length);
}

/** The wire confirmed the endpoint that gave the cluster its exposure. */
export function isProven({ exposure, endpoints }: JudgedCluster): boolean {
  return endpoints.some((endpoint) => endpoint.exposure === exposure && endpoint.confirmed);
}

const undecided: readonly Exposure[] = ['contradiction', 'exposed', 'broad', 'unknown'];
const serious: readonly Severity[] = ['critical', 'high', 'medium'];

/**
 * Parts the clusters that someone has to decide about from those that are as they should be: an exposure of Unknown or worse, or a
 * finding of medium or worse.
 */
export function splitClusters(rows: readonly ClusterFindings[]): {
  readonly deciding: readonly ClusterFindings[];
  readonly others: readonly ClusterFindings[];
} {
  const { deciding = [], others = [] } = Object.groupBy(rows, (row) => (needsDecision(row) ? 'deciding' : 'others'));
  return { deciding, others };
}

function needsDecision({ cluster, fails }: ClusterFindings): boolean {
  return undecided.includes(cluster.exposure) || fails.some(({ severity }) => serious.includes(severity));
}

/** How many findings have each status. Passes are counted, never listed. */
export function countStatuses({ findings }: Report): Readonly<Record<Finding['status'], number>> {
  const counts = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
}
