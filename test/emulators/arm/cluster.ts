export interface AksSpec {
  readonly name: string;
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  /** Top-level fields to set or to leave out (by undefined): `type`, `id`, `sku`. */
  readonly top?: Record<string, unknown>;
  /** Fields under `properties`, in the casing of the wire: `privateFQDN`, `apiServerAccessProfile`. */
  readonly properties?: Record<string, unknown>;
}

/** A cluster as Azure Resource Manager lists it: public and open, running, with two node pools, unless told otherwise. */
export function aksCluster(spec: AksSpec): object {
  const { name, location = 'westeurope', resourceGroup = 'rg-shop' } = spec;
  const subscription = spec.subscription ?? '00000000-0000-4000-8000-000000000001';
  const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
  return {
    id: `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    location,
    type: 'Microsoft.ContainerService/ManagedClusters',
    tags: { team: 'shop' },
    sku: { name: 'Base', tier: 'Standard' },
    identity: { type: 'SystemAssigned', principalId: '00000000-0000-4000-8000-0000000000aa' },
    ...spec.top,
    properties: { ...defaults(name, location), ...spec.properties },
  };
}

function defaults(name: string, location: string): Record<string, unknown> {
  return {
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    kubernetesVersion: '1.34',
    currentKubernetesVersion: '1.34.4',
    dnsPrefix: name,
    fqdn: `${name}-a1b2c3d4.hcp.${location}.azmk8s.example`,
    azurePortalFQDN: `${name}-a1b2c3d4.portal.hcp.${location}.azmk8s.example`,
    agentPoolProfiles: ['system', 'user'].map((pool) => ({
      name: pool,
      count: 3,
      vmSize: 'Standard_D4s_v5',
      osType: 'Linux',
      mode: pool === 'system' ? 'System' : 'User',
      powerState: { code: 'Running' },
    })),
    nodeResourceGroup: `MC_${name}`,
    enableRBAC: true,
    networkProfile: { networkPlugin: 'azure', outboundType: 'loadBalancer', loadBalancerSku: 'standard' },
    apiServerAccessProfile: null,
    disableLocalAccounts: true,
  };
}
