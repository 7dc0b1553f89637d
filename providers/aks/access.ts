import type { ManagedCluster } from '@azure/arm-containerservice';
import { cut } from '../../src/lib/text.ts';
import type { Access } from '../../src/model/endpoint.ts';
import { accessOfRanges } from '../lib/access.ts';
import { textOf } from './field.ts';
import { isServiceTag } from './service-tags.ts';

/** Written as the only range, it means the cluster's own outbound address, which is not shown (AKS docs, authorized IP ranges). */
const ownOutboundAddress = '0.0.0.0/32';

/** What a cluster's list holds, in the words of the cloud. */
interface AllowList {
  readonly ranges: readonly string[];
  readonly tags: readonly string[];
}

/**
 * Reads what the public endpoint admits. A missing profile, or a missing field of it, is Azure's default: public and open.
 * Ranges and a private API server exclude each other, so ranges are not looked at where it is private (AKS docs, private clusters).
 */
export function publicAccess(cluster: ManagedCluster): Access {
  const list = allowList(cluster);
  if (isPrivate(cluster)) return { kind: 'closed', reason: 'the API server is private' };
  const doubt = doubtOf(cluster);
  if (doubt) return { kind: 'unknown', ranges: list.ranges, reason: doubt };
  if (list.ranges.length + list.tags.length === 0) {
    return { kind: 'open', ranges: [], reason: 'no authorized ranges are set' };
  }
  const admits = list.tags.map((tag) => `azure-service-tag:${tag}`);
  const access = accessOfRanges(list.ranges, admits);
  return access.kind === 'allow-list' && list.ranges.includes(ownOutboundAddress)
    ? { ...access, reason: `${ownOutboundAddress} stands for the cluster's own outbound address, which is not shown` }
    : access;
}

export function isPrivate(cluster: ManagedCluster): boolean {
  return cluster.apiServerAccessProfile?.enablePrivateCluster === true;
}

/** Until AKS release 2026-07-17 a list of nothing but a service tag was not enforced on clusters with VNet integration (AKS release notes). */
export function isTagOnly(cluster: ManagedCluster): boolean {
  const { ranges, tags } = allowList(cluster);
  return tags.length > 0 && ranges.length === 0;
}

function allowList(cluster: ManagedCluster): AllowList {
  const listed: readonly unknown[] = cluster.apiServerAccessProfile?.authorizedIPRanges ?? [];
  const entries = listed.map((entry) => cut(textOf(entry) ?? '(not a text)', 64));
  return {
    ranges: entries.filter((entry) => !isServiceTag(entry)),
    tags: entries.filter(isServiceTag).map((tag) => tag.trim()),
  };
}

/** Settings whose effect no Microsoft page states: better unknown than taken for open or closed. */
function doubtOf(cluster: ManagedCluster): string | undefined {
  const isPrivateCluster: unknown = cluster.apiServerAccessProfile?.enablePrivateCluster ?? false;
  if (isPrivateCluster !== false) return 'enablePrivateCluster has a value that is neither true nor false';
  const network = textOf(cluster.publicNetworkAccess ?? 'Enabled') ?? '(not a text)';
  if (network.toLowerCase() === 'enabled') return undefined;
  return network.toLowerCase() === 'disabled'
    ? 'publicNetworkAccess is Disabled, yet the cluster is not private: what that does to its API server is not documented'
    : `publicNetworkAccess has the unknown value ${cut(network, 64)}`;
}
