import { readAtOf } from '../read-at.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Evidence } from '../../model/evidence.ts';

/**
 * Each cluster by the newest reading that describes it: that a later run could not describe it takes nothing back. One that a
 * later run does not list stays, since that run may have had fewer rights.
 */
export function mergeClusters(runs: readonly Evidence[]): readonly Cluster[] {
  const merged = new Map<string, Cluster>();
  for (const run of runs) {
    for (const found of run.clusters) {
      const cluster = { ...found, readAt: readAtOf(found, run) };
      const known = merged.get(cluster.id);
      if (known === undefined || isBetter(cluster, known)) merged.set(cluster.id, cluster);
    }
  }
  return [...merged.values()];
}

function isBetter(reading: Cluster, known: Cluster): boolean {
  const isDescribed = reading.undescribed === undefined;
  if (isDescribed !== (known.undescribed === undefined)) return isDescribed;
  return Date.parse(reading.readAt ?? '') >= Date.parse(known.readAt ?? '');
}
