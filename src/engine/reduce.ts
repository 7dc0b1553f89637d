import type { RangeSet } from '../lib/cidr.ts';
import { sizeOf } from './access.ts';
import { admitsVantage } from './admits.ts';
import { isAnswerOfCluster } from './contradiction.ts';
import type { Reduced } from './exposure.ts';
import type { Run } from './run.ts';
import { resolvesPrivately, sideOf } from './side.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { EndpointProbe, ProbeResult, SecondLook } from '../model/probe.ts';

/** Reduces the evidence of one endpoint to what decides about it. */
export function reduce(cluster: Cluster, endpoint: Endpoint, ranges: RangeSet, run: Run): Reduced {
  const probe = run.probeOf(cluster.id, endpoint.role);
  const look = repeatedLook(probe) ?? probe?.result;
  return {
    role: endpoint.role,
    access: sizeOf(endpoint.access, ranges, run.scan.broad),
    beyondIam: endpoint.credentialsBeyondIam === true,
    admits: admitsVantage(endpoint.access, ranges, look, run.scan.vantage),
    seen: seenIn(endpoint, look),
    doubt: doubtOf(cluster, endpoint, probe, run),
    enforced: look === undefined ? 'no' : enforcedBy(cluster, endpoint, look, run),
    side: sideOf(look, run.scan.vantage),
  };
}

/** The second look, where one came about; it decides, as the settings were read again just before it. */
function repeatedLook(probe: EndpointProbe | undefined): ProbeResult | undefined {
  const result = probe?.secondLook?.result;
  return result?.outcome === 'not-probed' ? undefined : result;
}

function seenIn(endpoint: Endpoint, look: ProbeResult | undefined): Reduced['seen'] {
  if (look === undefined || look.identity.peer === 'none') return 'nothing';
  return isAnswerOfCluster(endpoint, look) ? 'this' : 'other';
}

function doubtOf(cluster: Cluster, endpoint: Endpoint, probe: EndpointProbe | undefined, run: Run): Reduced['doubt'] {
  const settings = probe?.secondLook?.settings;
  const isRepeated = repeatedLook(probe) !== undefined;
  if (settings === 'changed' && !isRepeated) return 'changed-unseen';
  if (run.interception !== undefined) return 'intercepted';
  if (mayBeBuiltInSource(cluster, endpoint, run)) return 'same-cloud';
  if (settings === undefined || (settings === 'equal' && !isRepeated)) return 'not-repeated';
  return doubtBySettings[settings];
}

const doubtBySettings = {
  equal: 'none',
  changed: 'changed',
  unsettled: 'being-changed',
  unread: 'unread',
} as const satisfies Record<SecondLook['settings'], Reduced['doubt']>;

/**
 * GKE admits nodes of the same network and Google's own addresses, AKS its own outbound addresses, without listing them
 * (cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks; learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges).
 */
function mayBeBuiltInSource({ provider }: Cluster, { access }: Endpoint, { scan, metas }: Run): boolean {
  if (provider === 'eks' || access.kind !== 'allow-list') return false;
  return scan.vantage.cloud === 'unknown' || scan.vantage.cloud === metas.get(provider)?.cloud;
}

/** A refusal or a reset is something in the path, or the control plane down, and shows nothing about the settings. */
function enforcedBy(cluster: Cluster, endpoint: Endpoint, look: ProbeResult, run: Run): Reduced['enforced'] {
  if (endpoint.access.kind === 'closed' && resolvesPrivately(look)) return 'private-name';
  const isDropped = look.timedOut && !look.connected;
  return isDropped && run.reachedAnother(cluster, endpoint, look) ? 'time-out' : 'no';
}
