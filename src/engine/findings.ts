import { cut, fill, visible } from '../lib/text.ts';
import { placeOf } from './collect/issues.ts';
import { fingerprint } from './fingerprint.ts';
import { fillRemediation } from './remediation.ts';
import type { Run } from './run.ts';
import type { Check, CheckContext, EndpointSubject, Verdict } from '../model/check.ts';
import type { Cluster } from '../model/cluster.ts';
import type { EndpointProbe } from '../model/probe.ts';
import type { Finding, JudgedCluster, JudgedEndpoint } from '../model/report.ts';
import type { ScanIssue } from '../model/issue.ts';
import { capSeverity } from '../model/severity.ts';

/** One thing that checks look at: a cluster, or one endpoint of it. */
export interface Subject {
  readonly cluster: Cluster;
  readonly judged: JudgedCluster;
  readonly endpoint?: JudgedEndpoint;
  readonly probes: readonly EndpointProbe[];
}

/** The cluster itself, then its endpoints by role. */
export function subjectsOf(cluster: Cluster, judged: JudgedCluster, run: Run): readonly Subject[] {
  const endpoints = judged.endpoints.map((endpoint) => {
    const probe = run.probeOf(cluster.id, endpoint.role);
    return { cluster, judged, endpoint, probes: probe === undefined ? [] : [probe] };
  });
  const byRole = endpoints.toSorted((a, b) => (a.endpoint.role < b.endpoint.role ? -1 : 1));
  return [{ cluster, judged, probes: endpoints.flatMap(({ probes }) => probes) }, ...byRole];
}

/** The finding of one check about one subject. A check that throws is a bug of ours: it leaves `unknown` and an issue. */
export function findingOf(check: Check, subject: Subject, context: CheckContext, issues: ScanIssue[]): Finding {
  try {
    return describe(check, subject, isApplicable(check, subject) ? verdictOf(check, subject, context) : undefined);
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
function verdictOf(check: Check, { cluster, judged, endpoint, probes }: Subject, context: CheckContext): Verdict {
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
