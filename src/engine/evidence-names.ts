import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';

/**
 * Clusters, roles and looks are found by their names, so of two that bear one name, one would hide the other; and an id
 * tells whose hosts have to be confirmed, so it must say the same as the provider.
 * @throws UsageError that names the field.
 */
export function assertNames({ scan, clusters, probes }: Evidence): void {
  const ids = clusters.map(({ id }) => id);
  assertDistinct(ids, (at) => `clusters[${at}].id`);
  for (const [at, { id, provider, endpoints }] of clusters.entries()) {
    if (!id.startsWith(`${provider}:`)) throw new UsageError(`clusters[${at}].id does not begin with ${provider}:`);
    const roles = endpoints.map(({ role }) => role);
    assertDistinct(roles, (index) => `clusters[${at}].endpoints[${index}].role`);
  }
  const vantages = scan.vantages?.map(({ id }) => id) ?? [];
  assertDistinct(vantages, (at) => `scan.vantages[${at}].id`);
  const looks = probes.map(({ clusterId, role, vantage = '' }) => JSON.stringify([clusterId, role, vantage]));
  assertDistinct(looks, (at) => `probes[${at}]`);
}

function assertDistinct(names: readonly string[], pathOf: (at: number) => string): void {
  const seen = new Set<string>();
  for (const [at, name] of names.entries()) {
    if (seen.has(name)) throw new UsageError(`${pathOf(at)} stands there twice`);
    seen.add(name);
  }
}
