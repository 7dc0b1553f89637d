import { isLocalName, isName } from '../../lib/host.ts';
import { resolvesPrivately } from '../side.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint, EndpointRole } from '../../model/endpoint.ts';
import type { EndpointProbe, ProbeResult } from '../../model/probe.ts';

/** One cluster, with its probes alone. */
interface Looked {
  readonly cluster: Cluster;
  readonly probes: readonly EndpointProbe[];
}

/**
 * The role of a self-managed cluster's endpoint is its host's. A literal address shows it at once; of a name it is known after the
 * looks that resolved it, so what has private addresses only, from wherever it was asked for, becomes `private` here.
 */
export function withNamesPlaced({ cluster, probes }: Looked): Looked {
  const isPrivate = cluster.endpoints.some(isUntold) && resolvedPrivately(probes);
  return isPrivate ? moved({ cluster, probes }, 'public', 'private') : { cluster, probes };
}

/** Takes that back before others look: what a name has here need not be what it has there. */
export function withNamesOpen({ cluster, probes }: Looked): Looked {
  const isPlaced = cluster.endpoints.some((endpoint) => isUntold(endpoint) && hasName(endpoint));
  return isPlaced ? moved({ cluster, probes }, 'private', 'public') : { cluster, probes };
}

function isUntold({ access }: Endpoint): boolean {
  return access.kind === 'unknown' && access.settings === 'none';
}

function hasName({ host }: Endpoint): boolean {
  return host !== undefined && isName(host) && !isLocalName(host);
}

function resolvedPrivately(probes: readonly EndpointProbe[]): boolean {
  const results = probes.map(({ result }) => result).filter(({ resolved = [] }) => resolved.length > 0);
  return results.length > 0 && results.every((result) => resolvesPrivately(result) || isOnOwnMachine(result));
}

/** A resolver that blocks a name gives loopback as well: that is a place where this cluster answered there, as Docker Desktop's does. */
function isOnOwnMachine({ identity, resolved = [] }: ProbeResult): boolean {
  return identity.peer === 'this' && resolved.every((found) => found.class === 'loopback');
}

function moved({ cluster, probes }: Looked, from: EndpointRole, to: EndpointRole): Looked {
  const move = <Row extends { readonly role: EndpointRole }>(row: Row): Row =>
    row.role === from ? { ...row, role: to } : row;
  return { cluster: { ...cluster, endpoints: cluster.endpoints.map(move) }, probes: probes.map(move) };
}
