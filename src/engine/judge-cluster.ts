import { rangeSet } from '../lib/cidr.ts';
import { rangesOf, reportAccess } from './access.ts';
import { judgeObservations } from './judge-observations.ts';
import type { ObservationJudgement } from './judge-observations.ts';
import { reportProbe } from './report-probe.ts';
import type { Run } from './run.ts';
import type { Cluster, ClusterState } from '../model/cluster.ts';
import { exposures } from '../model/endpoint.ts';
import type { Endpoint, Exposure } from '../model/endpoint.ts';
import type { JudgedCluster, JudgedEndpoint } from '../model/report.ts';

/** A cluster as judged, with what each of its endpoints' conclusions rests on: one list for each endpoint, the deciding one first. */
export interface ClusterJudgement {
  readonly judged: JudgedCluster;
  readonly observations: readonly (readonly ObservationJudgement[])[];
}

export function judgeCluster(cluster: Cluster, sameAs: string | undefined, run: Run): ClusterJudgement {
  const judgements = cluster.endpoints.map((endpoint) => judgeEndpoint(cluster, endpoint, run));
  const endpoints = judgements.map(({ judged }) => judged);
  const judged: JudgedCluster = {
    id: cluster.id,
    provider: cluster.provider,
    ...(cluster.account !== undefined && { account: cluster.account }),
    ...(cluster.location !== undefined && { location: cluster.location }),
    name: cluster.name,
    ...(cluster.resourceGroup !== undefined && { resourceGroup: cluster.resourceGroup }),
    ...(cluster.version !== undefined && { version: cluster.version }),
    auditLog: cluster.auditLog,
    state: stateOf(cluster, run),
    ...(sameAs !== undefined && { sameAs }),
    exposure: exposureOf(cluster, endpoints),
    endpoints,
    otherPaths: cluster.otherPaths,
  };
  return { judged, observations: judgements.map(({ observations }) => observations) };
}

/** Nobody reports the state of a self-managed cluster: that it answers shows that it runs. */
function stateOf({ id, state, endpoints }: Cluster, run: Run): ClusterState {
  const hasAnswered = endpoints.some(({ access, role }) => {
    const isUntold = access.kind === 'unknown' && access.settings === 'none';
    return isUntold && run.observationsOf(id, role).some(({ look }) => look?.identity.peer === 'this');
  });
  return state === 'unknown' && hasAnswered ? 'running' : state;
}

/** The worst of the ways that the internet can try; a private endpoint never raises it, and counts where it is the only one. */
function exposureOf(cluster: Cluster, endpoints: readonly JudgedEndpoint[]): Exposure {
  if (cluster.state === 'external') return 'not-applicable';
  if (cluster.undescribed !== undefined) return 'unknown';
  const reached = endpoints.filter(({ role }) => role !== 'private');
  const counted = (reached.length > 0 ? reached : endpoints).map(({ exposure }) => exposure);
  return exposures.find((exposure) => counted.includes(exposure)) ?? 'unknown';
}

interface EndpointJudgement {
  readonly judged: JudgedEndpoint;
  readonly observations: readonly ObservationJudgement[];
}

function judgeEndpoint(cluster: Cluster, endpoint: Endpoint, run: Run): EndpointJudgement {
  const ranges = rangeSet(rangesOf(endpoint.access));
  const observations = judgeObservations(cluster, endpoint, ranges, run);
  const [worst] = observations;
  const probe = reportProbe(cluster, observations, run);
  const judged: JudgedEndpoint = {
    role: endpoint.role,
    ...(endpoint.host !== undefined && { host: endpoint.host }),
    port: endpoint.port,
    access: reportAccess(endpoint.access, ranges),
    vantageAdmitted: worst.vantageAdmitted,
    ...(probe !== undefined && { probe }),
    exposure: worst.exposure,
    confirmed: worst.confirmed,
    reason: reasonOf(endpoint, worst),
  };
  return { judged, observations };
}

/** One sentence of several facts: why an access is unknown comes first, what the settings add last. */
function reasonOf({ access, notes = [] }: Endpoint, { reason, seenFrom }: ObservationJudgement): string {
  const seen = seenFrom === undefined ? reason : `${reason} (${seenFrom})`;
  const facts = [seen, ...notes].map(clause).join('; ');
  const isUnread = access.kind === 'unknown' && access.settings !== 'none';
  return isUnread ? `${clause(access.reason)}: ${facts}` : facts;
}

function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
