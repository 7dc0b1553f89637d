import { findAbout, rank, subjectsOf } from './findings.ts';
import { judgeCluster } from './judge-cluster.ts';
import type { ClusterJudgement } from './judge-cluster.ts';
import { runOf } from './run.ts';
import type { Run, VantageRun } from './run.ts';
import { sameAsIndex } from './same-as.ts';
import { summarize } from './summary.ts';
import type { Check } from '../model/check.ts';
import type { Cluster } from '../model/cluster.ts';
import { exposures } from '../model/endpoint.ts';
import type { Evidence, Vantage } from '../model/evidence.ts';
import type { ScanIssue } from '../model/issue.ts';
import type { ProviderMeta } from '../model/provider.ts';
import { reportVersion } from '../model/report.ts';
import type { CheckText, Finding, Report } from '../model/report.ts';

/** What evidence is judged by. */
export interface Rules {
  readonly checks: readonly Check[];
  readonly providers: readonly ProviderMeta[];
}

/** Judges evidence. Pure: the same evidence gives the same bytes, whenever and wherever it is judged. */
export function evaluate(evidence: Evidence, { checks, providers }: Rules): Report {
  const run = runOf(evidence, providers);
  const clusters = evidence.clusters.toSorted((a, b) => compareText(a.id, b.id));
  const sameAs = sameAsIndex(clusters);
  const judgements = clusters.map((cluster) => judgeCluster(cluster, sameAs(cluster), run));
  const judged = judgements.map((judgement) => judgement.judged);
  const issues: ScanIssue[] = [];
  const findings = findAll(clusters, judgements, checks, run, issues);
  return {
    schemaVersion: reportVersion,
    tool: evidence.tool,
    scan: reportScan(evidence, run),
    summary: summarize(judged, findings, evidence.coverage),
    coverage: evidence.coverage,
    clusters: judged.toSorted((a, b) => exposures.indexOf(a.exposure) - exposures.indexOf(b.exposure)),
    checks: textsOf(checks, findings),
    findings,
    issues: [...evidence.issues, ...interceptions(run), ...issues],
  };
}

/** Walks clusters, roles and checks in order, so that only the verdicts are left to sort by. */
function findAll(
  clusters: readonly Cluster[],
  judgements: readonly ClusterJudgement[],
  checks: readonly Check[],
  run: Run,
  issues: ScanIssue[],
): readonly Finding[] {
  const sorted = checks.toSorted((a, b) => compareText(a.meta.id, b.meta.id));
  const ofCluster = sorted.filter(({ meta }) => meta.subject === 'cluster');
  const ofEndpoint = sorted.filter(({ meta }) => meta.subject === 'endpoint');
  const findings = clusters.flatMap((cluster, index) =>
    subjectsOf(cluster, judgements[index] as ClusterJudgement, run).flatMap((subjects) =>
      findAbout(subjects, subjects[0]?.endpoint === undefined ? ofCluster : ofEndpoint, issues),
    ),
  );
  const byRank = Map.groupBy(findings, rank);
  return [...byRank.keys()].toSorted((a, b) => a - b).flatMap((key) => byRank.get(key) ?? []);
}

/** One for each vantage that is intercepted, by name where there are several. */
function interceptions({ vantages }: Run): readonly ScanIssue[] {
  return vantages.flatMap(({ interception, vantage }) => {
    if (interception === undefined) return [];
    const from = vantages.length > 1 ? `seen from ${vantage.name}: ` : '';
    return [{ ...interception.issue, message: `${from}${interception.issue.message}` }];
  });
}

function reportScan({ scan, coverage }: Evidence, { vantages, isIntercepted }: Run): Report['scan'] {
  const scopes = coverage.filter(({ status }) => status !== 'skipped');
  return {
    id: scan.id,
    startedAt: scan.startedAt,
    finishedAt: scan.finishedAt,
    complete: scan.finished && scopes.length > 0 && scopes.every(({ status }) => status === 'complete'),
    vantage: reportVantage(scan.vantage, isIntercepted),
    ...(scan.vantages !== undefined && { vantages: vantages.flatMap(reportMerged) }),
    probe: scan.probe,
    notSeen: scan.notSeen,
  };
}

function reportMerged({ vantage, interception }: VantageRun): NonNullable<Report['scan']['vantages']> {
  return 'id' in vantage ? [{ id: vantage.id, ...reportVantage(vantage, interception !== undefined) }] : [];
}

function reportVantage(
  { name, kind, addresses, cloud, resolvers }: Vantage,
  intercepted: boolean,
): Report['scan']['vantage'] {
  return { name, kind, addresses, cloud, ...(resolvers !== undefined && { resolvers }), intercepted };
}

function textsOf(checks: readonly Check[], findings: readonly Finding[]): readonly CheckText[] {
  const named = new Set(findings.map(({ checkId }) => checkId));
  return checks
    .filter(({ meta }) => named.has(meta.id))
    .map(({ meta: { id, title, rationale } }) => ({ id, title, rationale }))
    .toSorted((a, b) => compareText(a.id, b.id));
}

/** By code units: an order of the reader's language would change the bytes from machine to machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
