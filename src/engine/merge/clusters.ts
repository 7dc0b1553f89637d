import { readAtOf } from '../read-at.ts';
import type { Cluster } from '../../model/cluster.ts';
import { deepPathKinds } from '../../model/endpoint.ts';
import type { OtherPath } from '../../model/endpoint.ts';
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
      merged.set(cluster.id, known === undefined ? cluster : join(cluster, known));
    }
  }
  return [...merged.values()];
}

function join(reading: Cluster, known: Cluster): Cluster {
  return isBetter(reading, known) ? withDeepPaths(reading, known) : withDeepPaths(known, reading);
}

/** What only `--deep` reads is kept from a run that asked for it, where the better reading did not. */
function withDeepPaths(better: Cluster, other: Cluster): Cluster {
  const isRead = (kind: OtherPath['kind']): boolean => better.otherPaths.some((path) => path.kind === kind);
  const deep = other.otherPaths.filter(({ kind }) => deepPathKinds.includes(kind) && !isRead(kind));
  return deep.length === 0 ? better : { ...better, otherPaths: [...better.otherPaths, ...deep] };
}

function isBetter(reading: Cluster, known: Cluster): boolean {
  const isDescribed = reading.undescribed === undefined;
  if (isDescribed !== (known.undescribed === undefined)) return isDescribed;
  return Date.parse(reading.readAt ?? '') >= Date.parse(known.readAt ?? '');
}
