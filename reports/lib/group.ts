import { severities } from '../../src/model/severity.ts';
import type { ClusterFindings } from './rows.ts';
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
  /** Each once, the one to begin with first. */
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

/** Severity, then what was proven, then how many: the first line is what to do first. `rows` are all clusters, the worst first. */
export function groupFixes(report: Report, rows: readonly ClusterFindings[]): readonly FixGroup[] {
  const index = indexReport(report);
  const fails = rows.flatMap((row) => row.fails);
  return [...Map.groupBy(fails, ({ checkId }) => checkId).values()]
    .map((findings) => toGroup(findings.toSorted(compareSeverity), index))
    .toSorted(
      (a, b) =>
        compareSeverity(a, b) ||
        Number(b.proven > 0) - Number(a.proven > 0) ||
        b.clusters.length - a.clusters.length ||
        (a.checkId < b.checkId ? -1 : 1),
    );
}

function compareSeverity(a: Pick<Finding, 'severity'>, b: Pick<Finding, 'severity'>): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
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
