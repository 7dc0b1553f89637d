import type { Cluster } from '../model/cluster.ts';

/**
 * Ties what a cloud merely lists to the cluster that another provider describes: by an id or an endpoint that the reply names.
 * Names repeat across accounts, so a name alone never matches, and neither does what names several clusters.
 */
export function sameAsIndex(clusters: readonly Cluster[]): (cluster: Cluster) => string | undefined {
  const named = Map.groupBy(clusters.filter(({ state }) => state !== 'external').flatMap(namesOf), ({ name }) => name);
  return (cluster) => cluster.sameAs ?? (cluster.state === 'external' ? find(cluster, named) : undefined);
}

function namesOf(cluster: Cluster): { readonly name: string; readonly cluster: Cluster }[] {
  const hosts = cluster.endpoints.flatMap(({ host }) => host ?? []);
  return [cluster.id, ...(cluster.aliases ?? []), ...hosts].map((name) => ({ name: normalize(name), cluster }));
}

function find(
  { provider, aliases = [] }: Cluster,
  named: ReadonlyMap<string, readonly { readonly cluster: Cluster }[]>,
): string | undefined {
  const found = aliases
    .flatMap((alias) => named.get(normalize(alias)) ?? [])
    .filter(({ cluster }) => cluster.provider !== provider)
    .map(({ cluster }) => cluster.id);
  const [id, ...others] = new Set(found);
  return others.length === 0 ? id : undefined;
}

/** Azure writes resource ids in changing case, and an endpoint is named with or without its scheme. */
function normalize(name: string): string {
  return name
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '');
}
