import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';

/**
 * Clusters, roles and looks are found by their names, so of two that bear one name, one would hide the other; and an id
 * tells whose hosts have to be confirmed, so it must say the same as the provider.
 * @throws UsageError that names the field.
 */
export function assertNames(evidence: Evidence): void {
  const { scan, clusters, probes } = evidence;
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
  assertLooks(evidence);
}

/** A look from nowhere could not be judged, and one at what is not listed would be lost. */
function assertLooks({ scan, clusters, probes }: Evidence): void {
  const vantages = new Set(scan.vantages?.map(({ id }) => id));
  const ids = new Set(clusters.map(({ id }) => id));
  if (!scan.probe.enabled && probes.length > 0)
    throw new UsageError('scan.probe.enabled is false, yet there are probes');
  for (const [at, { clusterId, vantage }] of probes.entries()) {
    const isFromNowhere = vantage === undefined ? scan.vantages !== undefined : !vantages.has(vantage);
    if (isFromNowhere) throw new UsageError(`probes[${at}].vantage is none of scan.vantages`);
    if (!ids.has(clusterId)) throw new UsageError(`probes[${at}].clusterId is none of clusters`);
  }
}

function assertDistinct(names: readonly string[], pathOf: (at: number) => string): void {
  const seen = new Set<string>();
  for (const [at, name] of names.entries()) {
    if (seen.has(name)) throw new UsageError(`${pathOf(at)} stands there twice`);
    seen.add(name);
  }
}
