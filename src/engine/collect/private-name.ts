import { resolvesPrivately } from '../side.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint, EndpointRole } from '../../model/endpoint.ts';
import type { EndpointProbe } from '../../model/probe.ts';

interface Looked {
  readonly cluster: Cluster;
  readonly probes: readonly EndpointProbe[];
}

/**
 * The role of a self-managed cluster's endpoint is its host's. A literal address shows it at once; of a name it is known
 * after the look that resolved it, so what has private addresses only becomes `private` here.
 */
export function withNamesPlaced({ cluster, probes }: Looked): Looked {
  const isMoved = ({ role, access }: Endpoint): boolean => {
    const result = probes.find((probe) => probe.role === role)?.result;
    const isUntold = access.kind === 'unknown' && access.settings === 'none';
    return isUntold && role === 'public' && result !== undefined && resolvesPrivately(result);
  };
  const moved = cluster.endpoints.filter(isMoved).map(({ role }) => role);
  if (moved.length === 0) return { cluster, probes };
  const place = <Row extends { readonly role: EndpointRole }>(row: Row): Row =>
    moved.includes(row.role) ? { ...row, role: 'private' } : row;
  return { cluster: { ...cluster, endpoints: cluster.endpoints.map(place) }, probes: probes.map(place) };
}
