import { rangeSet } from '../lib/cidr.ts';
import type { RangeSet } from '../lib/cidr.ts';
import { rangesOf, reportAccess } from './access.ts';
import { judge } from './exposure.ts';
import type { Judgement, Reduced } from './exposure.ts';
import { reduce } from './reduce.ts';
import type { Run } from './run.ts';
import { compareAnonymous } from '../model/anonymous.ts';
import type { Cluster, ClusterState } from '../model/cluster.ts';
import { exposures } from '../model/endpoint.ts';
import type { Endpoint, Exposure } from '../model/endpoint.ts';
import type { EndpointProbe } from '../model/probe.ts';
import type { JudgedCluster, JudgedEndpoint, JudgedProbe, VantageAdmitted } from '../model/report.ts';

export function judgeCluster(cluster: Cluster, sameAs: string | undefined, run: Run): JudgedCluster {
  const endpoints = cluster.endpoints.map((endpoint) => judgeEndpoint(cluster, endpoint, run));
  return {
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
}

/** Nobody reports the state of a self-managed cluster: that it answers shows that it runs. */
function stateOf({ id, state, endpoints }: Cluster, run: Run): ClusterState {
  const hasAnswered = endpoints.some(({ access, role }) => {
    const isUntold = access.kind === 'unknown' && access.settings === 'none';
    return isUntold && run.probeOf(id, role)?.result.identity.peer === 'this';
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

function judgeEndpoint(cluster: Cluster, endpoint: Endpoint, run: Run): JudgedEndpoint {
  const ranges = rangeSet(rangesOf(endpoint.access));
  const reduced = reduce(cluster, endpoint, ranges, run);
  const judgement = judge(reduced);
  const probe = run.probeOf(cluster.id, endpoint.role);
  return {
    role: endpoint.role,
    ...(endpoint.host !== undefined && { host: endpoint.host }),
    port: endpoint.port,
    access: reportAccess(endpoint.access, ranges),
    vantageAdmitted: admitted(reduced, ranges),
    ...(probe !== undefined && { probe: reportProbe(cluster, probe, run) }),
    exposure: judgement.exposure,
    confirmed: judgement.confirmed,
    reason: reasonOf(endpoint, judgement),
  };
}

/** A list is about addresses that come over the internet, to the public endpoint. */
function admitted({ role, side, access, admits }: Reduced, ranges: RangeSet): VantageAdmitted {
  const isListed = access !== 'open' || ranges.blocks.length > 0;
  if (role !== 'public' || side === 'inside' || access === 'none') return 'not-applicable';
  return isListed ? admits : 'yes';
}

/** One sentence of several facts: why an access is unknown comes first, what the settings add last. */
function reasonOf({ access, notes = [] }: Endpoint, { reason }: Judgement): string {
  const facts = [reason, ...notes].map(clause).join('; ');
  const isUnread = access.kind === 'unknown' && access.settings !== 'none';
  return isUnread ? `${clause(access.reason)}: ${facts}` : facts;
}

function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function reportProbe(cluster: Cluster, { result, secondLook }: EndpointProbe, run: Run): JudgedProbe {
  const { outcome, detail, address, via, auditId, tls, requests, identity, gitVersion, ports, startedAt, durationMs } =
    result;
  const wasAsked = auditId !== undefined && requests.length > 0;
  const logQuery = wasAsked ? run.metas.get(cluster.provider)?.logQuery(cluster, auditId) : undefined;
  const anonymous = compareAnonymous(cluster.anonymous.documented, result);
  return {
    outcome,
    detail,
    ...(address !== undefined && { address }),
    ...(via !== undefined && { via }),
    ...(auditId !== undefined && { auditId }),
    ...(logQuery !== undefined && { logQuery }),
    ...(tls !== undefined && { tls }),
    requests,
    identity,
    ...(gitVersion !== undefined && { gitVersion }),
    ...(anonymous !== undefined && { anonymous }),
    ...(ports !== undefined && { ports }),
    startedAt,
    durationMs,
    ...(secondLook !== undefined && {
      secondLook: {
        settings: secondLook.settings,
        at: secondLook.at,
        ...(secondLook.result !== undefined && { outcome: secondLook.result.outcome }),
      },
    }),
  };
}
