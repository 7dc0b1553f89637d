/** A cluster as the v1 REST API writes it (proto JSON: what has its default value is left out). */
export type WireCluster = Record<string, unknown> & { readonly name: string; readonly location: string };

/** One authorized networks message, as both field families hold it. */
export interface WireNetworks {
  readonly enabled?: boolean;
  readonly cidrBlocks?: readonly { readonly displayName?: string; readonly cidrBlock: string }[];
  readonly gcpPublicCidrsAccessEnabled?: boolean;
  readonly privateEndpointEnforcementEnabled?: boolean;
}

export interface GkeClusterOptions {
  readonly name: string;
  readonly project?: string;
  readonly location?: string;
  /** Default `RUNNING`. */
  readonly status?: string | number;
  readonly version?: string;
  readonly createTime?: string;
  /** PEM of the cluster's authority. */
  readonly caPem?: string;
  /** Public address; null for a cluster that has none. Default 203.0.113.10. */
  readonly publicAddress?: string | null;
  /** Default 10.0.0.2. */
  readonly privateAddress?: string;
  /** False: access by address is off. */
  readonly byAddress?: boolean;
  readonly networks?: WireNetworks;
  readonly dns?: {
    readonly endpoint: string;
    readonly allowExternalTraffic?: boolean;
    readonly enableK8sTokensViaDns?: boolean;
    readonly enableK8sCertsViaDns?: boolean;
  };
  readonly anonymous?: 'ENABLED' | 'LIMITED';
  /** Which field families are written: clusters of today have both. */
  readonly families?: 'both' | 'old' | 'new';
  /** Laid over the whole. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Builds a cluster: with a public and a private address and no list unless told otherwise. */
export function gkeCluster(options: GkeClusterOptions): WireCluster {
  const { name, project = 'example-project', location = 'europe-west1', families = 'both' } = options;
  const publicAddress = options.publicAddress === undefined ? '203.0.113.10' : options.publicAddress;
  const privateAddress = options.privateAddress ?? '10.0.0.2';
  return {
    name,
    location,
    zone: location,
    id: `id-of-${name}`,
    selfLink: `https://container.googleapis.com/v1/projects/${project}/locations/${location}/clusters/${name}`,
    status: options.status ?? 'RUNNING',
    currentMasterVersion: options.version ?? '1.35.3-gke.1000000',
    createTime: options.createTime ?? '2026-02-03T04:05:06+00:00',
    endpoint: publicAddress ?? privateAddress,
    ...(options.caPem && { masterAuth: { clusterCaCertificate: Buffer.from(options.caPem).toString('base64') } }),
    ...(families !== 'new' && oldFields(options, publicAddress, privateAddress)),
    ...(families !== 'old' && newFields(options, publicAddress, privateAddress)),
    ...(options.anonymous && { anonymousAuthenticationConfig: { mode: options.anonymous } }),
    ...options.extra,
  };
}

function oldFields(options: GkeClusterOptions, publicAddress: string | null, privateAddress: string): object {
  return {
    privateClusterConfig: {
      ...(publicAddress === null ? { enablePrivateEndpoint: true } : { publicEndpoint: publicAddress }),
      privateEndpoint: privateAddress,
    },
    ...(options.networks && { masterAuthorizedNetworksConfig: options.networks }),
  };
}

function newFields(options: GkeClusterOptions, publicAddress: string | null, privateAddress: string): object {
  return {
    controlPlaneEndpointsConfig: {
      ...(options.dns && { dnsEndpointConfig: options.dns }),
      ipEndpointsConfig: {
        enabled: options.byAddress ?? true,
        enablePublicEndpoint: publicAddress !== null,
        ...(publicAddress !== null && { publicEndpoint: publicAddress }),
        privateEndpoint: privateAddress,
        ...(options.networks && { authorizedNetworksConfig: options.networks }),
      },
    },
  };
}
