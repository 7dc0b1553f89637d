import { setTimeout as wait } from 'node:timers/promises';
import type { KeyPair } from './certificates.ts';
import { answer, type Failure } from './eks/answer.ts';
import type { WireCapability } from './eks/capability.ts';
import type { WireCluster } from './eks/cluster.ts';
import { startServer, type Emulator, type Reply, type SeenRequest } from './server.ts';

export { argoCd, type WireCapability } from './eks/capability.ts';
export { connectorCluster, eksCluster, type WireCluster, type WireClusterOptions } from './eks/cluster.ts';

/** Clusters that are made when they are asked for, so that thousands cost nothing. */
export interface LazyClusters {
  readonly names: readonly string[];
  describe(name: string): WireCluster;
}

export interface EksAccount {
  readonly id: string;
  /** The credentials that belong to it; the first account takes all that belong to no other. */
  readonly accessKeyId?: string;
  /** By region; these are the enabled regions too. Read at each request, so that settings may change between two. */
  readonly regions: Readonly<Record<string, readonly WireCluster[] | LazyClusters>>;
  /** By cluster name; a cluster that is not named here has none. */
  readonly capabilities?: Readonly<Record<string, readonly WireCapability[]>>;
}

export interface EksOptions {
  readonly accounts: readonly EksAccount[];
  readonly refuse?: {
    readonly listRegions?: Failure;
    readonly identity?: Failure;
    /** Every EKS call of a region. */
    readonly regions?: Readonly<Record<string, Failure>>;
    /** By cluster name. */
    readonly describes?: Readonly<Record<string, Failure>>;
    /** Lists and describes of capabilities, by cluster name. */
    readonly capabilities?: Readonly<Record<string, Failure>>;
  };
  /** Every nth call is throttled. */
  readonly throttleEvery?: number;
  /** What is answered instead of the API's own answer: the page of a proxy, something cut short, nothing. */
  readonly instead?: (operation: Operation, request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>;
  readonly delayMs?: number;
  /** Over TLS, at `localhost`. */
  readonly tls?: KeyPair;
}

export type Operation =
  | 'ListClusters'
  | 'DescribeCluster'
  | 'ListCapabilities'
  | 'DescribeCapability'
  | 'ListRegions'
  | 'GetCallerIdentity'
  | 'unknown';

export interface EksEmulator extends Emulator {
  /** How often an operation was asked for, throttled ones included; all of them without a name. */
  calls(operation?: Operation): number;
  /** The environment that leads the SDK here, with credentials; `accessKeyId` chooses the account. */
  env(accessKeyId?: string): Record<string, string>;
}

/** Starts EKS, the part of Account that lists regions, and the part of STS that names the caller, on one port. */
export async function startEks(options: EksOptions): Promise<EksEmulator> {
  const counts = new Map<Operation, number>();
  let total = 0;
  const server = await startServer(async (request) => {
    const operation = operationOf(request);
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    total += 1;
    if (options.delayMs !== undefined) await wait(options.delayMs);
    if (options.throttleEvery !== undefined && total % options.throttleEvery === 0) return throttled;
    return (await options.instead?.(operation, request)) ?? answer(operation, request, options);
  }, options.tls);
  return {
    ...server,
    calls: (operation) => (operation === undefined ? total : (counts.get(operation) ?? 0)),
    env: (accessKeyId = 'AKIAEXAMPLE') => ({
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'example-secret',
      AWS_EC2_METADATA_DISABLED: 'true',
    }),
  };
}

const throttled: Reply = {
  status: 429,
  headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
  body: { message: 'Rate exceeded' },
};

/** Of EKS itself; the last one takes what is left. */
const reads: readonly (readonly [RegExp, Operation])[] = [
  [/^\/clusters$/, 'ListClusters'],
  [/^\/clusters\/[^/]+\/capabilities$/, 'ListCapabilities'],
  [/^\/clusters\/[^/]+\/capabilities\/[^/]+$/, 'DescribeCapability'],
  [/^\/clusters\//, 'DescribeCluster'],
];

/** The three services share a port: two are told apart by path, STS by a form. */
function operationOf({ method, url, body }: SeenRequest): Operation {
  const { pathname } = new URL(url, 'http://emulator');
  if (method === 'GET') return reads.find(([path]) => path.test(pathname))?.[1] ?? 'unknown';
  if (method === 'POST' && pathname === '/listRegions') return 'ListRegions';
  if (method === 'POST' && body.includes('Action=GetCallerIdentity')) return 'GetCallerIdentity';
  return 'unknown';
}
