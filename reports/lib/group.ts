import { exposures } from '../../src/model/endpoint.ts';
import { severities } from '../../src/model/severity.ts';
import type { Exposure } from '../../src/model/endpoint.ts';
import type { Finding, JudgedCluster, Report } from '../../src/model/report.ts';
import type { Severity } from '../../src/model/severity.ts';

/** The fails of one check: one kind of thing to do, with a fix for each cloud that needs its own. */
export interface FixGroup {
  readonly checkId: string;
  /** Of the worst finding. */
  readonly severity: Severity;
  readonly title: string;
  readonly rationale?: string;
  readonly references: readonly string[];
  /** Each once, in the order of their findings. */
  readonly clusters: readonly JudgedCluster[];
  /** Clusters with such a finding on an endpoint that the wire confirmed. */
  readonly proven: number;
  /** The fix of the worst finding first. */
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly summary?: string;
  /** For the first of `clusters`. */
  readonly commands: readonly string[];
  readonly clusters: readonly JudgedCluster[];
}

type Index = ReturnType<typeof indexReport>;

/** Severity, then what was proven, then how many: the first line is what to do first. */
export function groupFixes(report: Report): readonly FixGroup[] {
  const fails = report.findings.filter(({ status }) => status === 'fail');
  const index = indexReport(report);
  return [...Map.groupBy(fails, ({ checkId }) => checkId).values()]
    .map((findings) => toGroup(findings, index))
    .toSorted(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        Number(b.proven > 0) - Number(a.proven > 0) ||
        b.clusters.length - a.clusters.length ||
        (a.checkId < b.checkId ? -1 : 1),
    );
}

function toGroup(findings: readonly Finding[], index: Index): FixGroup {
  const [worst] = findings as readonly [Finding, ...Finding[]];
  const text = index.texts.get(worst.checkId);
  const proven = findings.filter(({ clusterId, endpointRole }) =>
    index.confirmed.has(endpointKey(clusterId, endpointRole)),
  );
  return {
    checkId: worst.checkId,
    severity: worst.severity,
    title: text?.title ?? worst.checkId,
    ...(text && { rationale: text.rationale }),
    references: [...new Set(findings.flatMap(({ references = [] }) => references))],
    clusters: clustersOf(findings, index),
    proven: clustersOf(proven, index).length,
    fixes: [...Map.groupBy(findings, ({ remediation }) => remediation?.summary).values()].map((same) =>
      toFix(same, index),
    ),
  };
}

function toFix(findings: readonly Finding[], index: Index): Fix {
  const remediation = findings[0]?.remediation;
  return {
    ...(remediation && { summary: remediation.summary }),
    commands: remediation?.commands ?? [],
    clusters: clustersOf(findings, index),
  };
}

function clustersOf(findings: readonly Finding[], index: Index): readonly JudgedCluster[] {
  return [...new Set(findings.map(({ clusterId }) => clusterId))].flatMap((id) => index.clusters.get(id) ?? []);
}

function indexReport({ clusters, checks }: Report) {
  const confirmed = clusters.flatMap(({ id, endpoints }) =>
    endpoints.filter((endpoint) => endpoint.confirmed).map(({ role }) => endpointKey(id, role)),
  );
  return {
    clusters: new Map(clusters.map((cluster) => [cluster.id, cluster])),
    confirmed: new Set(confirmed),
    texts: new Map(checks.map((check) => [check.id, check])),
  };
}

function endpointKey(clusterId: string, role: string | undefined): string {
  return `${role ?? ''} ${clusterId}`;
}

/** A cluster with what is not a pass, fails first as the report sorts them. */
export interface ClusterFindings {
  readonly cluster: JudgedCluster;
  readonly fails: readonly Finding[];
  readonly unknowns: readonly Finding[];
}

const undecided: readonly Exposure[] = ['contradiction', 'exposed', 'broad', 'unknown'];
const serious: readonly Severity[] = ['critical', 'high', 'medium'];

/**
 * Parts the clusters that someone has to decide about from those that are as they should be: an exposure of Unknown or worse, or a
 * finding of medium or worse. Worst exposure first, then the worst finding.
 */
export function splitClusters(report: Report): {
  readonly deciding: readonly ClusterFindings[];
  readonly others: readonly ClusterFindings[];
} {
  const byCluster = Map.groupBy(report.findings, ({ clusterId }) => clusterId);
  const rows = report.clusters.map((cluster) => {
    const findings = byCluster.get(cluster.id) ?? [];
    return {
      cluster,
      fails: findings.filter(({ status }) => status === 'fail'),
      unknowns: findings.filter(({ status }) => status === 'unknown'),
    };
  });
  const { deciding = [], others = [] } = Object.groupBy(rows, (row) => (needsDecision(row) ? 'deciding' : 'others'));
  return { deciding: deciding.toSorted(compareRows), others };
}

function needsDecision({ cluster, fails }: ClusterFindings): boolean {
  return undecided.includes(cluster.exposure) || fails.some(({ severity }) => serious.includes(severity));
}

function compareRows(a: ClusterFindings, b: ClusterFindings): number {
  return (
    exposures.indexOf(a.cluster.exposure) - exposures.indexOf(b.cluster.exposure) ||
    worstRank(a.fails) - worstRank(b.fails)
  );
}

function worstRank(fails: readonly Finding[]): number {
  return Math.min(...fails.map(({ severity }) => severities.indexOf(severity)), severities.length);
}

/** How many findings have each status. Passes are counted, never listed. */
export function countStatuses({ findings }: Report): Readonly<Record<Finding['status'], number>> {
  const counts = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
}
