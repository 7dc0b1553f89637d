import { interceptionOf } from './intercepted.ts';
import type { Interception } from './intercepted.ts';
import { addressesOf, observationsIn } from './observation.ts';
import type { Observation } from './observation.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { Evidence, MergedVantage, Vantage } from '../model/evidence.ts';
import type { AddressResult, EndpointProbe } from '../model/probe.ts';
import type { ProviderId, ProviderMeta } from '../model/provider.ts';

/** What judging one endpoint needs of the whole run. */
export interface Run {
  readonly scan: Evidence['scan'];
  readonly metas: ReadonlyMap<ProviderId, ProviderMeta>;
  /** One, or as many as were merged. */
  readonly vantages: readonly VantageRun[];
  /** From every vantage, so that no probe confirms anything. */
  readonly isIntercepted: boolean;
  /** What was observed of an endpoint, by vantage and address; one observation of nothing where it was not looked at. */
  observationsOf(clusterId: string, role: Endpoint['role']): readonly Observation[];
  /** The part of the run that was made from this vantage. */
  from(vantage: Vantage): VantageRun;
}

/** All looks from one vantage: interception and enforcement are told by what else was seen from the same place. */
export interface VantageRun {
  readonly vantage: Vantage | MergedVantage;
  readonly interception: Interception | undefined;
  readonly probes: ReadonlyMap<string, EndpointProbe>;
  /**
   * Whether another host was reached the same way: family, inventory port, and through `--connect-to` or not. One host may stand
   * in two rows, as a cloud and a kubeconfig name it.
   */
  reachedAnother(endpoint: Endpoint, look: AddressResult): boolean;
}

export function runOf(evidence: Evidence, providers: readonly ProviderMeta[]): Run {
  const { scan, clusters, probes } = evidence;
  const byVantage = Map.groupBy(probes, ({ vantage }) => vantage);
  const vantages =
    scan.vantages === undefined || scan.vantages.length === 0
      ? [vantageRunOf(scan.vantage, clusters, probes)]
      : scan.vantages.map((vantage) => vantageRunOf(vantage, clusters, byVantage.get(vantage.id) ?? []));
  const [first] = vantages as [VantageRun, ...VantageRun[]];
  const index = new Map(vantages.map((run) => [run.vantage, run]));
  return {
    scan,
    metas: new Map(providers.map((meta) => [meta.id, meta])),
    vantages,
    isIntercepted: vantages.every(({ interception }) => interception !== undefined),
    from: (vantage) => index.get(vantage) ?? first,
    observationsOf(clusterId, role) {
      const key = keyOf(clusterId, role);
      const seen = vantages.flatMap((run) => {
        const probe = run.probes.get(key);
        return probe === undefined ? [] : observationsIn(run.vantage, probe);
      });
      return seen.length > 0 ? seen : [{ vantage: first.vantage }];
    },
  };
}

function vantageRunOf(vantage: Vantage, clusters: readonly Cluster[], ofVantage: readonly EndpointProbe[]): VantageRun {
  const probes = new Map(ofVantage.map((probe) => [keyOf(probe.clusterId, probe.role), probe]));
  const reached = reachedHosts(clusters, probes);
  return {
    vantage,
    interception: interceptionOf(ofVantage),
    probes,
    reachedAnother(endpoint, look) {
      const own = hostOf(endpoint);
      return reached.get(wayOf(endpoint.port, look))?.some((host) => host !== own) ?? false;
    },
  };
}

/** For each way of dialling the first two hosts that it reached: one of them is another one, whichever is asked about. */
function reachedHosts(
  clusters: readonly Cluster[],
  probes: ReadonlyMap<string, EndpointProbe>,
): ReadonlyMap<string, readonly string[]> {
  const reached = clusters.flatMap(({ id, endpoints }) =>
    endpoints.flatMap((endpoint) => {
      const result = probes.get(keyOf(id, endpoint.role))?.result;
      const looks = result === undefined ? [] : addressesOf(result).filter(({ connected }) => connected);
      return looks.map((look) => ({ host: hostOf(endpoint), way: wayOf(endpoint.port, look) }));
    }),
  );
  const byWay = [...Map.groupBy(reached, ({ way }) => way)];
  return new Map(byWay.map(([way, found]) => [way, [...new Set(found.map(({ host }) => host))].slice(0, 2)]));
}

function hostOf({ host = '' }: Endpoint): string {
  return host.toLowerCase();
}

/** A tunnel that was reached says nothing about dialling directly, and the other way round. */
function wayOf(port: number, { family, via }: AddressResult): string {
  return `${family} ${port} ${via === undefined ? 'directly' : 'by --connect-to'}`;
}

function keyOf(clusterId: string, role: Endpoint['role']): string {
  return `${role} ${clusterId}`;
}
