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
import type { Finding, JudgedCluster, JudgedEndpoint } from '../model/report.ts';
import type { ScanIssue } from '../model/issue.ts';
import { capSeverity, severities } from '../model/severity.ts';

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

/** The finding that the worst of an endpoint's subjects gives; of two alike, the first. */
export function worstFinding(check: Check, subjects: Subjects, issues: ScanIssue[]): Finding {
  const findings = subjects.map((subject) => findingOf(check, subject, issues));
  return findings.reduce((worst, finding) => (rank(finding) < rank(worst) ? finding : worst));
}

/** Fails first by severity, then unknown, pass, not-applicable. */
export function rank({ status, severity }: Finding): number {
  if (status === 'fail') return severities.indexOf(severity);
  return severities.length + ['unknown', 'pass', 'not-applicable'].indexOf(status);
}

/** The finding of one check about one subject. A check that throws is a bug of ours: it leaves `unknown` and an issue. */
function findingOf(check: Check, subject: Subject, issues: ScanIssue[]): Finding {
  try {
    return describe(check, subject, isApplicable(check, subject) ? verdictOf(check, subject) : undefined);
  } catch (error) {
    issues.push(issueOf(check, subject.cluster, error));
    const message = 'This check failed on this cluster; the report has an issue about it.';
    return { ...frameOf(check, subject), status: 'unknown', message };
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

function describe(check: Check, subject: Subject, verdict: Verdict | undefined): Finding {
  const frame = frameOf(check, subject, verdict);
  if (verdict === undefined) return { ...frame, status: 'not-applicable' };
  const evidence = verdict.evidence === undefined ? {} : { evidence: verdict.evidence };
  if (!('message' in verdict)) return { ...frame, status: verdict.status, ...evidence };
  const template = check.meta.messages[verdict.message];
  if (template === undefined) throw new TypeError(`no message ${verdict.message}`);
  return {
    ...frame,
    status: verdict.status,
    message: fill(template, verdict.values ?? {}),
    ...evidence,
    ...(verdict.status === 'fail' && remediationOf(check, subject)),
    ...(check.meta.references.length > 0 && { references: check.meta.references }),
  };
}

function frameOf(check: Check, { cluster, endpoint }: Subject, verdict?: Verdict) {
  const severity =
    verdict !== undefined && 'severity' in verdict ? (verdict.severity ?? check.meta.severity) : check.meta.severity;
  return {
    checkId: check.meta.id,
    fingerprint: fingerprint(check.meta.id, cluster.id, endpoint?.role),
    clusterId: cluster.id,
    ...(endpoint !== undefined && { endpointRole: endpoint.role }),
    severity: cluster.state === 'stopped' ? capSeverity(severity, 'medium') : severity,
  };
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
