import { interceptionOf } from './intercepted.ts';
import type { Interception } from './intercepted.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { Evidence } from '../model/evidence.ts';
import type { EndpointProbe, ProbeResult } from '../model/probe.ts';
import type { ProviderId, ProviderMeta } from '../model/provider.ts';

/** What judging one endpoint needs of the whole run. */
export interface Run {
  readonly scan: Evidence['scan'];
  readonly metas: ReadonlyMap<ProviderId, ProviderMeta>;
  readonly interception: Interception | undefined;
  probeOf(clusterId: string, role: Endpoint['role']): EndpointProbe | undefined;
  /** Whether the run connected to another endpoint the same way: family, inventory port, and through `--connect-to` or not. */
  reachedAnother(cluster: Cluster, endpoint: Endpoint, look: ProbeResult): boolean;
}

export function runOf(evidence: Evidence, providers: readonly ProviderMeta[]): Run {
  const probes = new Map(evidence.probes.map((probe) => [keyOf(probe.clusterId, probe.role), probe]));
  const reached = reachedEndpoints(evidence.clusters, probes);
  return {
    scan: evidence.scan,
    metas: new Map(providers.map((meta) => [meta.id, meta])),
    interception: interceptionOf(evidence.probes),
    probeOf: (clusterId, role) => probes.get(keyOf(clusterId, role)),
    reachedAnother(cluster, { role, port }, look) {
      const own = keyOf(cluster.id, role);
      return reached.get(wayOf(port, look))?.some((key) => key !== own) ?? false;
    },
  };
}

/** For each way of dialling the first two endpoints that it reached: one of them is another one, whichever is asked about. */
function reachedEndpoints(
  clusters: readonly Cluster[],
  probes: ReadonlyMap<string, EndpointProbe>,
): ReadonlyMap<string, readonly string[]> {
  const reached = clusters.flatMap(({ id, endpoints }) =>
    endpoints.flatMap(({ role, port }) => {
      const key = keyOf(id, role);
      const look = probes.get(key)?.result;
      return look?.connected === true ? [{ key, way: wayOf(port, look) }] : [];
    }),
  );
  const byWay = [...Map.groupBy(reached, ({ way }) => way)];
  return new Map(byWay.map(([way, found]) => [way, found.slice(0, 2).map(({ key }) => key)]));
}

/** A tunnel that was reached says nothing about dialling directly, and the other way round. */
function wayOf(port: number, { family, via }: ProbeResult): string {
  return `${family} ${port} ${via === undefined ? 'directly' : 'by --connect-to'}`;
}

function keyOf(clusterId: string, role: Endpoint['role']): string {
  return `${role} ${clusterId}`;
}
