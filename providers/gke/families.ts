import type { protos } from '@google-cloud/container';

export type WireCluster = protos.google.container.v1.ICluster;
type AuthorizedNetworks = protos.google.container.v1.IMasterAuthorizedNetworksConfig;

/**
 * What two families of fields say about the addresses of a control plane, reduced to one answer. The old family
 * (`privateClusterConfig`, `masterAuthorizedNetworksConfig`) is deprecated and still returned; the new one
 * (`controlPlaneEndpointsConfig.ipEndpointsConfig`) wins wherever it is set.
 */
export interface AddressSettings {
  /** False: nobody connects by address, the DNS endpoint is the only way. */
  readonly byAddress: boolean;
  readonly publicAddress: boolean;
  /** As the cloud wrote them; empty where there is none. */
  readonly publicHost: string;
  readonly privateHost: string;
  readonly globalAccess?: boolean;
  readonly networks?: AuthorizedNetworks;
  /** Where the old family says something else, one sentence each. */
  readonly disagreements: readonly string[];
}

/**
 * Reads fields one by one: a decoded message has a default for each plain field that the reply left out, and a synthetic
 * `_name` member beside each optional one that it held, so a message is never copied whole.
 */
export function addressSettings(cluster: WireCluster): AddressSettings {
  const fresh = cluster.controlPlaneEndpointsConfig?.ipEndpointsConfig;
  const old = cluster.privateClusterConfig;
  const publicAddress = fresh?.enablePublicEndpoint ?? !(old?.enablePrivateEndpoint ?? false);
  const privateHost = fresh?.privateEndpoint || old?.privateEndpoint || (publicAddress ? '' : (cluster.endpoint ?? ''));
  const globalAccess = fresh?.globalAccess ?? old?.masterGlobalAccessConfig?.enabled;
  const networks = fresh?.authorizedNetworksConfig ?? cluster.masterAuthorizedNetworksConfig;
  return {
    byAddress: fresh?.enabled !== false,
    publicAddress,
    publicHost: publicHost(cluster, privateHost),
    privateHost,
    ...(typeof globalAccess === 'boolean' && { globalAccess }),
    ...(networks && { networks }),
    disagreements: [...addressDisagreement(cluster), ...networksDisagreement(cluster)],
  };
}

/** The plain `endpoint` holds the private address where there is no public one (docstring of the field in the v1 API). */
function publicHost(cluster: WireCluster, privateHost: string): string {
  const fresh = cluster.controlPlaneEndpointsConfig?.ipEndpointsConfig;
  const named = fresh ? fresh.publicEndpoint : cluster.privateClusterConfig?.publicEndpoint;
  if (named) return named;
  return cluster.endpoint && cluster.endpoint !== privateHost ? cluster.endpoint : '';
}

function addressDisagreement(cluster: WireCluster): string[] {
  const fresh = cluster.controlPlaneEndpointsConfig?.ipEndpointsConfig?.enablePublicEndpoint;
  const old = cluster.privateClusterConfig?.enablePrivateEndpoint;
  if (typeof fresh !== 'boolean' || typeof old !== 'boolean' || fresh !== old) return [];
  return [
    `the older setting enablePrivateEndpoint says that the public address is ${old ? 'off' : 'on'}, enablePublicEndpoint says that it is ${fresh ? 'on' : 'off'} and counts`,
  ];
}

function networksDisagreement(cluster: WireCluster): string[] {
  const fresh = cluster.controlPlaneEndpointsConfig?.ipEndpointsConfig?.authorizedNetworksConfig;
  const old = cluster.masterAuthorizedNetworksConfig;
  if (!fresh || !old || sameNetworks(fresh, old)) return [];
  return ['the older field masterAuthorizedNetworksConfig lists other networks than ipEndpointsConfig, which counts'];
}

function sameNetworks(a: AuthorizedNetworks, b: AuthorizedNetworks): boolean {
  const [left, right] = [a, b].map((list) =>
    JSON.stringify([
      list.enabled === true,
      list.gcpPublicCidrsAccessEnabled === true,
      list.privateEndpointEnforcementEnabled === true,
      rangesOf(list).toSorted(),
    ]),
  );
  return left === right;
}

/** The ranges as the cloud wrote them; an entry without one stays, since it cannot be told what it admits. */
export function rangesOf(networks: AuthorizedNetworks): string[] {
  return (networks.cidrBlocks ?? []).map((block) => block.cidrBlock || '(no range)');
}
