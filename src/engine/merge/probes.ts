import { readAtOf } from '../read-at.ts';
import { endpointsAreEqual, isUnsettled } from '../collect/settings.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { EndpointProbe, SecondLook } from '../../model/probe.ts';

/** One cluster's settings: as they were in hand when it was looked at, as they are kept, and by every reading. */
interface Known {
  readonly inHand: Cluster | undefined;
  readonly kept: Cluster | undefined;
  readonly readings: readonly Cluster[];
}

/** Every look with its vantage, and what the settings that are kept make of it. */
export function mergeProbes(runs: readonly Evidence[], clusters: readonly Cluster[]): readonly EndpointProbe[] {
  const kept = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const all = runs.flatMap((run) => run.clusters.map((found) => ({ ...found, readAt: readAtOf(found, run) })));
  const readings = Map.groupBy(all, ({ id }) => id);
  const merged = new Map<string, EndpointProbe>();
  for (const run of runs) {
    const ofRun = new Map(run.clusters.map((cluster) => [cluster.id, { ...cluster, readAt: readAtOf(cluster, run) }]));
    for (const probe of run.probes) {
      const { clusterId: id, role, vantage = run.scan.id } = probe;
      const known = { inHand: ofRun.get(id), kept: kept.get(id), readings: readings.get(id) ?? [] };
      merged.set(JSON.stringify([id, role, vantage]), settle({ ...probe, vantage }, known));
    }
  }
  return [...merged.values()];
}

/**
 * A look belongs to the settings that were in hand when it was made: under others it proves nothing. A second look whose
 * settings nobody read again is settled by a reading after it that found the same ones, at rest, and none between other ones.
 */
function settle(probe: EndpointProbe, { inHand, kept, readings }: Known): EndpointProbe {
  if (inHand === undefined || kept === undefined || !endpointsAreEqual(inHand, kept))
    return { ...probe, outdated: true };
  const { secondLook, outdated } = probe;
  if (outdated === true || secondLook?.settings !== 'not-read-again' || !isReadAfter(kept, secondLook)) return probe;
  const since = readings.filter((reading) => reading.undescribed === undefined && timeOf(reading) >= timeOf(inHand));
  const settings = since.every((reading) => endpointsAreEqual(reading, kept)) ? 'equal-afterwards' : 'changed';
  return { ...probe, secondLook: { ...secondLook, settings } };
}

function isReadAfter(cluster: Cluster, { result }: SecondLook): boolean {
  if (result === undefined || isUnsettled(cluster)) return false;
  return timeOf(cluster) > Date.parse(result.startedAt) + result.durationMs;
}

/** When its settings were read; every cluster here says so. */
function timeOf({ readAt = '' }: Cluster): number {
  return Date.parse(readAt);
}
