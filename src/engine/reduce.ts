import type { RangeSet } from '../lib/cidr.ts';
import { sizeOf } from './access.ts';
import { admitsVantage } from './admits.ts';
import { isAnswerOfCluster } from './contradiction.ts';
import type { Reduced } from './exposure.ts';
import { addressesOf } from './observation.ts';
import type { Observation } from './observation.ts';
import type { Run } from './run.ts';
import { resolvesPrivately, sideOf } from './side.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { AddressResult, SecondLook } from '../model/probe.ts';

/** Reduces one observation of an endpoint to what decides about it. The second look decides where one came about. */
export function reduce(
  cluster: Cluster,
  endpoint: Endpoint,
  ranges: RangeSet,
  observation: Observation,
  run: Run,
): Reduced {
  const { vantage, probe, look: first, secondLook } = observation;
  const look = secondLook ?? first;
  return {
    role: endpoint.role,
    access: sizeOf(endpoint.access, ranges, run.scan.broad),
    beyondIam: endpoint.credentialsBeyondIam === true,
    admits: admitsVantage(endpoint.access, ranges, look, vantage),
    seen: seenIn(endpoint, look),
    doubt: doubtOf(cluster, endpoint, observation, run),
    readAgain: probe?.secondLook?.settings === 'equal-afterwards' ? 'afterwards' : 'in between',
    enforced: enforcedBy(endpoint, observation, run),
    side: sideOf(look, vantage),
  };
}

function seenIn(endpoint: Endpoint, look: AddressResult | undefined): Reduced['seen'] {
  if (look === undefined || look.identity.peer === 'none') return 'nothing';
  return isAnswerOfCluster(endpoint, look) ? 'this' : 'other';
}

function doubtOf(
  cluster: Cluster,
  endpoint: Endpoint,
  { vantage, probe, look, secondLook }: Observation,
  run: Run,
): Reduced['doubt'] {
  const settings = probe?.secondLook?.settings;
  // An address that was silent at first and answered then has answered once.
  const isRepeated = secondLook !== undefined && look !== undefined && isAnswerOfCluster(endpoint, look);
  if (probe?.outdated === true) return 'outdated';
  if (settings === 'changed' && secondLook === undefined) return 'changed-unseen';
  if (run.from(vantage).interception !== undefined) return 'intercepted';
  if (mayBeBuiltInSource(cluster, endpoint, vantage, run)) return 'same-cloud';
  if (settings === undefined || (!isRepeated && needsResult.includes(settings))) return 'not-repeated';
  return doubtBySettings[settings];
}

const needsResult: readonly SecondLook['settings'][] = ['equal', 'equal-afterwards', 'not-read-again'];

const doubtBySettings = {
  equal: 'none',
  'equal-afterwards': 'none',
  'not-read-again': 'not-read-again',
  changed: 'changed',
  unsettled: 'being-changed',
  unread: 'unread',
} as const satisfies Record<SecondLook['settings'], Reduced['doubt']>;

/**
 * GKE admits nodes of the same network and Google's own addresses, AKS its own outbound addresses, without listing them
 * (cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks; learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges).
 */
function mayBeBuiltInSource(
  { provider }: Cluster,
  { access }: Endpoint,
  { cloud }: Observation['vantage'],
  { metas }: Run,
): boolean {
  if (provider === 'eks' || access.kind !== 'allow-list') return false;
  return cloud === 'unknown' || cloud === metas.get(provider)?.cloud;
}

/**
 * A refusal or a reset is something in the path, or the control plane down, and shows nothing about the settings. Where one of a
 * name's addresses does so, the time-out at another one of its family shows nothing either.
 */
function enforcedBy(
  endpoint: Endpoint,
  { vantage, probe, look: first, secondLook }: Observation,
  run: Run,
): Reduced['enforced'] {
  const look = secondLook ?? first;
  if (look === undefined) return 'no';
  if (endpoint.access.kind === 'closed' && resolvesPrivately(look)) return 'private-name';
  const result = secondLook === undefined ? probe?.result : probe?.secondLook?.result;
  const sameFamily = addressesOf(result ?? look).filter(({ family }) => family === look.family);
  return sameFamily.every(isDropped) && run.from(vantage).reachedAnother(endpoint, look) ? 'time-out' : 'no';
}

function isDropped({ timedOut, connected }: AddressResult): boolean {
  return timedOut && !connected;
}
