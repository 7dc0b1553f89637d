import { endpointsAreEqual, isUnsettled } from '../collect/settings.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { EndpointProbe, SecondLook } from '../../model/probe.ts';

/** Every look with its vantage, and what the settings that are kept make of it. */
export function mergeProbes(runs: readonly Evidence[], clusters: readonly Cluster[]): readonly EndpointProbe[] {
  const kept = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const merged = new Map<string, EndpointProbe>();
  for (const { scan, clusters: ofRun, probes } of runs) {
    const known = new Map(ofRun.map((cluster) => [cluster.id, cluster]));
    for (const probe of probes) {
      const vantage = probe.vantage ?? scan.id;
      const key = JSON.stringify([probe.clusterId, probe.role, vantage]);
      merged.set(key, settle({ ...probe, vantage }, known.get(probe.clusterId), kept.get(probe.clusterId)));
    }
  }
  return [...merged.values()];
}

/**
 * A look belongs to the settings that were in hand when it was made: under others it proves nothing. A second look whose
 * settings nobody read again is settled by a reading after it that found the same ones, at rest.
 */
function settle(probe: EndpointProbe, inHand: Cluster | undefined, kept: Cluster | undefined): EndpointProbe {
  if (inHand === undefined || kept === undefined || !endpointsAreEqual(inHand, kept))
    return { ...probe, outdated: true };
  const { secondLook, outdated } = probe;
  if (outdated === true || secondLook?.settings !== 'not-read-again' || !isReadAfter(kept, secondLook)) return probe;
  return { ...probe, secondLook: { ...secondLook, settings: 'equal-afterwards' } };
}

function isReadAfter(cluster: Cluster, { result }: SecondLook): boolean {
  if (result === undefined || cluster.readAt === undefined || isUnsettled(cluster)) return false;
  return Date.parse(cluster.readAt) > Date.parse(result.startedAt) + result.durationMs;
}
