import type { Cluster } from '../model/cluster.ts';
import type { Evidence } from '../model/evidence.ts';

/** When a cluster's settings were read, at the earliest: a scan does not note it for each cluster. */
export function readAtOf({ readAt }: Cluster, { scan }: Evidence): string {
  return readAt ?? scan.startedAt;
}
