import type { OtherPath, OtherPathKind } from '../../src/model/endpoint.ts';
import { addressSettings, type WireCluster } from './families.ts';

/** Until that day clusters were made with Google Cloud addresses admitted (DataBiosphere/leonardo#4884 saw the change). */
const googleCloudOffSince = Date.parse('2025-11-11T00:00:00Z');

/** The ways in that are no endpoint of their own, as far as the reply shows them. */
export function otherPathsOf(cluster: WireCluster): OtherPath[] {
  return [...connectGateway(cluster), ...googleCloudAddresses(cluster), ...dnsCredentials(cluster)];
}

function connectGateway(cluster: WireCluster): OtherPath[] {
  if (!cluster.fleet?.membership) return [];
  const reason = 'a member of a fleet: who may come through Connect gateway is decided by IAM, which is not read here';
  return [{ kind: 'gke-connect-gateway', state: 'unknown', reason }];
}

/** Only where a list would otherwise keep them out: an open endpoint admits them anyway, a closed one does not by its list. */
function googleCloudAddresses(cluster: WireCluster): OtherPath[] {
  const { byAddress, publicAddress, networks } = addressSettings(cluster);
  if (!byAddress || !publicAddress || !networks?.enabled) return [];
  return [{ kind: 'gke-google-cloud-addresses', ...googleCloudState(networks.gcpPublicCidrsAccessEnabled, cluster) }];
}

function googleCloudState(
  admitted: boolean | null | undefined,
  cluster: WireCluster,
): Pick<OtherPath, 'state' | 'reason'> {
  if (admitted === true) {
    return { state: 'open', reason: "every customer's machines in Google Cloud are admitted beside the list" };
  }
  if (admitted === false) return { state: 'closed', reason: 'Google Cloud addresses are not admitted beside the list' };
  return {
    state: 'unknown',
    reason: `the settings do not say whether Google Cloud addresses are admitted; until 2025-11-11 they were by default${madeWhen(cluster)}`,
  };
}

function madeWhen(cluster: WireCluster): string {
  const made = Date.parse(cluster.createTime ?? '');
  if (Number.isNaN(made)) return '';
  return `, and this cluster was made ${made < googleCloudOffSince ? 'before' : 'since'}`;
}

/** Credentials beyond IAM identities that the DNS endpoint takes. */
function dnsCredentials(cluster: WireCluster): OtherPath[] {
  const dns = cluster.controlPlaneEndpointsConfig?.dnsEndpointConfig;
  if (!dns?.endpoint) return [];
  const external = dns.allowExternalTraffic === true;
  return [
    dnsPath('gke-dns-tokens', 'Kubernetes tokens', dns.enableK8sTokensViaDns, external),
    dnsPath('gke-dns-certificates', 'client certificates', dns.enableK8sCertsViaDns, external),
  ];
}

function dnsPath(kind: OtherPathKind, what: string, taken: boolean | null | undefined, external: boolean): OtherPath {
  if (!external) return { kind, state: 'closed', reason: 'external traffic to the DNS endpoint is not allowed' };
  if (taken === true)
    return { kind, state: 'open', reason: `the DNS endpoint takes ${what}, not IAM identities alone` };
  if (taken === false) return { kind, state: 'closed', reason: `the DNS endpoint does not take ${what}` };
  return { kind, state: 'unknown', reason: `the settings do not say whether the DNS endpoint takes ${what}` };
}
