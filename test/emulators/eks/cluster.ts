/** `DescribeCluster`'s cluster as it goes over the wire. */
export interface WireCluster {
  readonly name: string;
  readonly [field: string]: unknown;
}

export interface WireClusterOptions {
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
  readonly version?: string;
  readonly status?: string;
  /** With `https://`, as EKS gives it; null leaves it out, as for a cluster that is being created. */
  readonly endpoint?: string | null;
  /** Clusters without one that can be read have random text, or none (null). */
  readonly caPem?: string | null;
  readonly publicAccess?: boolean;
  readonly privateAccess?: boolean;
  /** Null leaves the field out. */
  readonly cidrs?: readonly string[] | null;
  readonly ipFamily?: 'ipv4' | 'ipv6';
  readonly auditLog?: boolean;
  /** Anything else, over what stands here. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const logTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** A cluster with the fields that real ones have; those that say nothing about exposure are short. */
export function eksCluster(options: WireClusterOptions): WireCluster {
  const { name, region = 'eu-west-1', account = '111122223333', version = '1.34', status = 'ACTIVE' } = options;
  const endpoint = options.endpoint === undefined ? endpointOf(name, region) : options.endpoint;
  const ca = options.caPem === undefined ? 'no certificate' : options.caPem;
  return {
    name,
    arn: `arn:aws:eks:${region}:${account}:cluster/${name}`,
    createdAt: 1_760_000_000.123,
    version,
    ...(endpoint !== null && { endpoint }),
    roleArn: `arn:aws:iam::${account}:role/example-cluster-role`,
    resourcesVpcConfig: vpcConfig(options),
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: options.ipFamily ?? 'ipv4' },
    logging: { clusterLogging: [{ types: logTypes, enabled: options.auditLog ?? true }] },
    identity: { oidc: { issuer: `https://oidc.example.com/id/${name}` } },
    status,
    certificateAuthority: ca === null ? {} : { data: Buffer.from(ca).toString('base64') },
    platformVersion: 'eks.9',
    tags: { team: 'example' },
    accessConfig: { authenticationMode: 'API' },
    ...options.more,
  };
}

function vpcConfig({ publicAccess = true, privateAccess = false, cidrs = ['0.0.0.0/0'] }: WireClusterOptions): object {
  return {
    subnetIds: ['subnet-0example1', 'subnet-0example2'],
    securityGroupIds: [],
    clusterSecurityGroupId: 'sg-0example',
    vpcId: 'vpc-0example',
    endpointPublicAccess: publicAccess,
    endpointPrivateAccess: privateAccess,
    ...(cidrs !== null && { publicAccessCidrs: cidrs }),
  };
}

/** In the clouds' mixed case, under a name that nobody can register. */
function endpointOf(name: string, region: string): string {
  const label = Buffer.from(name).toString('hex').toUpperCase().slice(0, 32).padStart(32, 'A');
  return `https://${label}.gr7.${region}.eks.example`;
}

/** An external cluster that was registered with the EKS connector. */
export function connectorCluster(options: {
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
  readonly status?: string;
  readonly tags?: Readonly<Record<string, string>>;
}): WireCluster {
  const { name, region = 'eu-west-1', account = '111122223333', status = 'ACTIVE', tags = {} } = options;
  return {
    name,
    arn: `arn:aws:eks:${region}:${account}:cluster/${name}`,
    createdAt: 1_760_000_000.456,
    status,
    tags,
    connectorConfig: {
      activationId: 'example-activation-id',
      activationCode: 'example-activation-code',
      activationExpiry: 1_760_259_200,
      provider: 'OTHER',
      roleArn: `arn:aws:iam::${account}:role/example-connector-role`,
    },
  };
}
