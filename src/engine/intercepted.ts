import { plural } from '../lib/text.ts';
import { addressesOf } from './observation.ts';
import type { ScanIssue } from '../model/issue.ts';
import type { EndpointProbe, TlsFacts } from '../model/probe.ts';

/** Something between us and the clusters that answers TLS in their place. */
export interface Interception {
  readonly issue: ScanIssue;
}

interface Leaf {
  readonly clusterId: string;
  readonly address: string;
  /** The root or the key that vouches for it; `from` is its name. */
  readonly source: string;
  readonly from: string;
}

/** Fewer than this many clusters may share a key by their owner's choice (a custom CA for two of them). */
const leastClusters = 3;

/**
 * Whether leaves of several clusters, at different addresses, come from one place that no known CA vouches for: a root that is
 * only installed on this machine, or one issuer key. Never an issuer's name: every AKS cluster's is the same.
 */
export function interceptionOf(probes: readonly EndpointProbe[]): Interception | undefined {
  const leaves = probes.flatMap(leavesOf);
  const groups = [...Map.groupBy(leaves, ({ source }) => source).values()].filter(isSpread);
  const names = [...new Set(groups.map((group) => group[0]?.from ?? ''))];
  if (groups.length === 0) return undefined;
  const count = new Set(groups.flat().map(({ clusterId }) => clusterId)).size;
  return {
    issue: {
      code: 'intercepted',
      message: `the certificates of ${plural(count, 'cluster')} come from ${names.toSorted().join(', ')}: something on our path answers TLS in their place, so no probe of this run confirms anything`,
    },
  };
}

function leavesOf({ clusterId, result }: EndpointProbe): Leaf[] {
  return addressesOf(result).flatMap(({ tls, address }) => {
    const source = tls === undefined ? undefined : sourceOf(tls);
    if (tls === undefined || source === undefined || address === undefined) return [];
    return [{ clusterId, address, source, from: tls.chainRoot ?? tls.certificate.issuer }];
  });
}

/** A leaf that chains to its own cluster's CA, or to a bundled root, speaks for itself. */
function sourceOf({ chain, chainRoot, certificate }: TlsFacts): string | undefined {
  if (chain === 'local-root') return chainRoot === undefined ? undefined : `root ${chainRoot}`;
  if (chain === 'none') return certificate.issuerKey === undefined ? undefined : `key ${certificate.issuerKey}`;
  return undefined;
}

function isSpread(group: readonly Leaf[]): boolean {
  const clusters = new Set(group.map(({ clusterId }) => clusterId));
  const addresses = new Set(group.map(({ address }) => address));
  return clusters.size >= leastClusters && addresses.size >= leastClusters;
}
