import { cut } from '../../src/lib/text.ts';
import type { Cluster, ClusterState } from '../../src/model/cluster.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import { endpointsOf } from './endpoints.ts';
import type { WireCluster } from './families.ts';
import { otherPathsOf } from './paths.ts';

/** An ERROR was seen with a failed node pool and a working control plane, so such clusters are probed; DEGRADED runs. */
const states: Readonly<Record<string, ClusterState>> = {
  PROVISIONING: 'creating',
  RUNNING: 'running',
  RECONCILING: 'updating',
  STOPPING: 'deleting',
  ERROR: 'failed',
  DEGRADED: 'running',
};

/** What Google documents for `anonymousAuthenticationConfig.mode`; the default has moved, so no mode means no promise. */
const anonymous: Readonly<Record<string, Cluster['anonymous']>> = {
  ENABLED: {
    documented: 'public-info',
    reason: 'anonymousAuthenticationConfig.mode is ENABLED: the rights of system:unauthenticated hold',
  },
  LIMITED: {
    documented: 'health-only',
    reason: 'anonymousAuthenticationConfig.mode is LIMITED: /healthz, /livez and /readyz only',
  },
};

/**
 * One cluster of a reply as the product's own, and what of it could not be read. Keys and passwords of `masterAuth`, filled
 * where the caller may read them, are never touched. Undefined where the reply gives it no name or location.
 */
export function mapCluster(
  wire: WireCluster,
  project: string,
): { readonly cluster: Cluster; readonly issues: readonly ScanIssue[] } | undefined {
  const location = cut(wire.location || wire.zone || '', 64);
  const name = cut(wire.name ?? '', 128);
  if (name === '' || location === '') return undefined;
  const id = `gke:${project}/${location}/${name}`;
  const { endpoints, unreadable } = endpointsOf(wire);
  const cluster: Cluster = {
    id,
    provider: 'gke',
    account: project,
    location,
    name,
    ...(wire.currentMasterVersion && { version: cut(wire.currentMasterVersion, 64) }),
    // Reads are in the Data Access log, which the project's IAM policy switches and no setting of the cluster shows.
    auditLog: 'unknown',
    state: states[String(wire.status)] ?? 'unknown',
    endpoints,
    otherPaths: otherPathsOf(wire),
    anonymous: anonymous[String(wire.anonymousAuthenticationConfig?.mode)] ?? {
      documented: 'unknown',
      reason: 'the settings give no anonymousAuthenticationConfig.mode that is known',
    },
    unauthenticatedBindings: unauthenticatedBindings(wire),
    aliases: [wire.selfLink, wire.id].flatMap((alias) => (alias ? [cut(alias, 512)] : [])),
  };
  const issues = unreadable.map((what) => unreadableHost(cluster, what));
  return { cluster, issues };
}

function unauthenticatedBindings(wire: WireCluster): 'allowed' | 'blocked' | 'unknown' {
  const allowed = wire.rbacBindingConfig?.enableInsecureBindingSystemUnauthenticated;
  if (typeof allowed !== 'boolean') return 'unknown';
  return allowed ? 'allowed' : 'blocked';
}

function unreadableHost({ id, account = '', location = '' }: Cluster, what: string): ScanIssue {
  const message = `the host of an endpoint is neither a name nor an address and was dropped: ${what}`;
  return { code: 'malformed', message, provider: 'gke', account, location, clusterId: id };
}
