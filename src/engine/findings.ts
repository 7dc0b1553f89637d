import { cut, fill, visible } from '../lib/text.ts';
import { placeOf } from './collect/issues.ts';
import { fingerprint } from './fingerprint.ts';
import { fillRemediation } from './remediation.ts';
import type { ClusterJudgement } from './judge-cluster.ts';
import type { ObservationJudgement } from './judge-observations.ts';
import type { Observation } from './observation.ts';
import type { Run } from './run.ts';
import type { Check, CheckContext, EndpointSubject, Verdict } from '../model/check.ts';
import type { Cluster } from '../model/cluster.ts';
import type { EndpointProbe } from '../model/probe.ts';
import type { Finding, FindingStatus, JudgedCluster, JudgedEndpoint } from '../model/report.ts';
import type { ScanIssue } from '../model/issue.ts';
import { capSeverity, severities, type Severity } from '../model/severity.ts';

/** One thing that checks look at: a cluster, or one endpoint of it as one observation shows it. */
interface Subject {
  readonly cluster: Cluster;
  readonly judged: JudgedCluster;
  readonly endpoint?: JudgedEndpoint;
  readonly probes: readonly EndpointProbe[];
  readonly context: CheckContext;
}

/** What one check is asked about, at least one; the deciding observation's comes first. */
type Subjects = readonly Subject[];

/** The cluster itself, then its endpoints by role, each with a subject for every observation that brought an answer. */
export function subjectsOf(
  cluster: Cluster,
  { judged, observations }: ClusterJudgement,
  run: Run,
): readonly Subjects[] {
  const now = new Date(run.scan.finishedAt);
  const endpoints = judged.endpoints.map((endpoint, index) => ({
    role: endpoint.role,
    subjects: telling(observations[index] ?? []).map(({ observation, vantageAdmitted, exposure }) => {
      const probe = probeOf(observation);
      const intercepted = run.from(observation.vantage).interception !== undefined;
      return {
        cluster,
        judged,
        context: { now, intercepted, exposure },
        endpoint: { ...endpoint, vantageAdmitted },
        probes: probe === undefined ? [] : [probe],
      };
    }),
  }));
  const byRole = endpoints.toSorted((a, b) => (a.role < b.role ? -1 : 1)).map(({ subjects }) => subjects);
  const context = { now, intercepted: run.isIntercepted };
  return [[{ cluster, judged, context, probes: byRole.flat().flatMap(({ probes }) => probes) }], ...byRole];
}

/** Silence at one address or vantage leaves no doubt that an answer at another one clears up. */
function telling(judgements: readonly ObservationJudgement[]): readonly ObservationJudgement[] {
  const answered = judgements.filter(
    ({ observation: { look } }) => look !== undefined && look.identity.peer !== 'none',
  );
  return answered.length > 0 ? answered : judgements.slice(0, 1);
}

/** The probe as if this address were all that was dialled. */
function probeOf({ probe, look, secondLook }: Observation): EndpointProbe | undefined {
  if (probe === undefined || look === undefined || probe.result === look) return probe;
  const again = probe.secondLook && { ...probe.secondLook, ...(secondLook !== undefined && { result: secondLook }) };
  const { ports } = probe.result;
  const result = { ...look, ...(ports !== undefined && { ports }) };
  return { ...probe, result, ...(again !== undefined && { secondLook: again }) };
}

/** What each of the checks finds. Loops, as a callback that runs so often gets compiled on its own, and with it all that it calls. */
export function findAbout(subjects: Subjects, checks: readonly Check[], issues: ScanIssue[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(worstFinding(check, subjects, issues));
  return findings;
}

/** The finding that the worst of an endpoint's subjects gives; of two alike, the first. */
function worstFinding(check: Check, subjects: Subjects, issues: ScanIssue[]): Finding {
  let worst: Finding | undefined;
  for (const subject of subjects) {
    const finding = findingOf(check, subject, issues);
    if (worst === undefined || rank(finding) < rank(worst)) worst = finding;
  }
  return worst as Finding;
}

/** Fails first by severity, then unknown, pass, not-applicable. */
export function rank({ status, severity }: Finding): number {
  return status === 'fail' ? severities.indexOf(severity) : ranks[status];
}

const ranks = {
  unknown: severities.length,
  pass: severities.length + 1,
  'not-applicable': severities.length + 2,
} as const satisfies Record<Exclude<FindingStatus, 'fail'>, number>;

/** The finding of one check about one subject. A check that throws is a bug of ours: it leaves `unknown` and an issue. */
function findingOf(check: Check, subject: Subject, issues: ScanIssue[]): Finding {
  if (!isApplicable(check, subject)) return frameOf(check, subject, 'not-applicable');
  try {
    return describe(check, subject, verdictOf(check, subject));
  } catch (error) {
    issues.push(issueOf(check, subject.cluster, error));
    const message = 'This check failed on this cluster; the report has an issue about it.';
    return { ...frameOf(check, subject, 'unknown'), message };
  }
}

function isApplicable({ meta }: Check, { cluster, probes }: Subject): boolean {
  if (cluster.state === 'external' || meta.remediation[cluster.provider] === undefined) return false;
  return meta.needsProbe !== true || probes.some(({ result }) => result.outcome !== 'not-probed');
}

/** The caller pairs cluster checks with clusters and endpoint checks with endpoints, which the types cannot tell. */
function verdictOf(check: Check, { cluster, judged, endpoint, probes, context }: Subject): Verdict {
  const [probe] = endpoint === undefined ? [] : probes;
  const subject = { cluster, judged, endpoint, ...(probe !== undefined && { probe }) };
  return check.evaluate(subject as EndpointSubject, context);
}

function describe(check: Check, subject: Subject, verdict: Verdict): Finding {
  const { status, evidence } = verdict;
  const known = evidence !== undefined && { evidence };
  if (!('message' in verdict)) return { ...frameOf(check, subject, status), ...known };
  const template = check.meta.messages[verdict.message];
  if (template === undefined) throw new TypeError(`no message ${verdict.message}`);
  return {
    ...frameOf(check, subject, status, verdict.severity),
    message: fill(template, verdict.values ?? {}),
    ...known,
    ...(status === 'fail' && remediationOf(check, subject)),
    ...(check.meta.references.length > 0 && { references: check.meta.references }),
  };
}

/** What every finding has, and most have no more. */
function frameOf(
  { meta }: Check,
  { cluster, endpoint }: Subject,
  status: FindingStatus,
  severity: Severity = meta.severity,
): Finding {
  const capped = cluster.state === 'stopped' ? capSeverity(severity, 'medium') : severity;
  const named = {
    checkId: meta.id,
    fingerprint: fingerprint(meta.id, cluster.id, endpoint?.role),
    clusterId: cluster.id,
  };
  if (endpoint === undefined) return { ...named, severity: capped, status };
  return { ...named, endpointRole: endpoint.role, severity: capped, status };
}

/** A cluster check's commands name the public endpoint's host. */
function remediationOf({ meta }: Check, { cluster, judged, endpoint }: Subject): Pick<Finding, 'remediation'> {
  const remediation = meta.remediation[cluster.provider];
  const named = endpoint ?? judged.endpoints.find(({ role }) => role === 'public');
  return remediation === undefined ? {} : { remediation: fillRemediation(remediation, cluster, named) };
}

function issueOf({ meta }: Check, cluster: Cluster, error: unknown): ScanIssue {
  const thrown = error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error';
  return {
    code: 'internal',
    message: `the check ${meta.id} failed, which is a bug of this program: ${visible(cut(thrown, 200))}`,
    ...placeOf(cluster),
  };
}
