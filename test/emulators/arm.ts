import { createAuthority } from './certificates.ts';
import { startServer } from './server.ts';
import type { Emulator, Reply, SeenRequest } from './server.ts';
import { answerBeside, besidePath, type Beside } from './arm/beside.ts';
import { armError } from './arm/replies.ts';

export { connection, roleBinding, type Beside } from './arm/beside.ts';
export { aksCluster } from './arm/cluster.ts';
export { armError, htmlPage, throttled } from './arm/replies.ts';
export { writeAzureCli } from './arm/azure-cli.ts';

interface ArmSubscription {
  readonly id: string;
  /** `Enabled` where absent. */
  readonly state?: string;
  /** In wire shape: `aksCluster`, or whatever a test wants to be listed. */
  readonly clusters?: readonly object[];
  /** What leads into a cluster beside its endpoints, by the cluster's name; nothing where absent. */
  readonly beside?: Readonly<Record<string, Beside>>;
  /** Its list is answered with 403. */
  readonly refused?: boolean;
}

export interface ArmOptions {
  readonly subscriptions: readonly ArmSubscription[];
  /** The only token that is taken; `emulated-token` where absent. */
  readonly token?: string;
  /** Entries a page; 100 where absent. */
  readonly pageSize?: number;
  /** Stands in for the link to the page that begins with entry `next`. */
  readonly nextLink?: (path: string, next: number) => string;
  /** Answers in place of the service, where it gives a reply: throttling, failures, HTML. `nth` counts all requests from 1. */
  readonly fault?: (request: SeenRequest, nth: number) => Reply | undefined;
}

export interface ArmEmulator extends Emulator {
  /** The authority of its certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly caPem: string;
  /** How many requests each kind of call took. */
  calls(): Readonly<Record<'subscriptions' | 'clusters' | 'cluster' | 'beside', number>>;
}

const clustersPath = /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters$/;
const clusterPath =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)$/;

/** Azure Resource Manager over TLS, as far as a scan asks for it: subscriptions, lists of clusters in pages, one cluster, what stands beside it. */
export async function startArm(options: ArmOptions): Promise<ArmEmulator> {
  const authority = await createAuthority('Emulated Azure root');
  const server = await startServer(
    (request) => options.fault?.(request, server.requests.length) ?? answer(options, server.url, request),
    await authority.issue({ names: ['localhost', '127.0.0.1'], commonName: 'localhost' }),
  );
  return { ...server, caPem: authority.pem, calls: () => countCalls(server.requests) };
}

function countCalls(requests: readonly SeenRequest[]): ReturnType<ArmEmulator['calls']> {
  const paths = requests.map(({ url }) => url.split('?')[0] ?? '');
  return {
    subscriptions: paths.filter((path) => path === '/subscriptions').length,
    clusters: paths.filter((path) => clustersPath.test(path)).length,
    cluster: paths.filter((path) => clusterPath.test(path)).length,
    beside: paths.filter((path) => besidePath.test(path)).length,
  };
}

function answer(options: ArmOptions, origin: string, { headers, url }: SeenRequest): Reply {
  const { pathname, searchParams } = new URL(url, origin);
  if (headers.authorization !== `Bearer ${options.token ?? 'emulated-token'}`) {
    return armError(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
  }
  if (!searchParams.has('api-version')) return armError(400, 'MissingApiVersionParameter', 'api-version is required.');
  const paged = (items: readonly object[]): Reply =>
    pageOf(items, options, `${origin}${pathname}`, Number(searchParams.get('$skiptoken') ?? 0));
  if (pathname === '/subscriptions') return paged(options.subscriptions.map(wireSubscription));
  const [, listed] = clustersPath.exec(pathname) ?? [];
  if (listed) return inSubscription(options, listed, (clusters) => paged(clusters));
  const [, owner, name = '', list] = besidePath.exec(pathname) ?? [];
  if (owner) return inSubscription(options, owner, (_, { beside }) => answerBeside(beside?.[name], list, paged));
  const [, subscription = ''] = clusterPath.exec(pathname) ?? [];
  return inSubscription(options, subscription, (clusters) => oneCluster(clusters, pathname));
}

/** Azure ignores the case of subscription ids. */
function inSubscription(
  options: ArmOptions,
  id: string,
  reply: (clusters: readonly object[], found: ArmSubscription) => Reply,
): Reply {
  const found = options.subscriptions.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (!found) return armError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  if (found.refused)
    return armError(403, 'AuthorizationFailed', `The client 'someone@example.com' has no authorization.`);
  return reply(found.clusters ?? [], found);
}

function oneCluster(clusters: readonly object[], path: string): Reply {
  const body = clusters.find((each) => 'id' in each && String(each.id).toLowerCase() === path.toLowerCase());
  return body ? { body } : armError(404, 'ResourceNotFound', 'The resource was not found.');
}

function pageOf(items: readonly object[], options: ArmOptions, path: string, start: number): Reply {
  const next = start + (options.pageSize ?? 100);
  const link = options.nextLink ?? ((to, from) => `${to}?api-version=2026-06-01&$skiptoken=${from}`);
  const value = items.slice(start, next);
  return { body: { value, ...(next < items.length ? { nextLink: link(path, next) } : {}) } };
}

function wireSubscription({ id, state = 'Enabled' }: ArmSubscription): object {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: '00000000-0000-4000-8000-00000000aaaa',
    displayName: `Subscription ${id.slice(-4)}`,
    state,
    authorizationSource: 'RoleBased',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'EnterpriseAgreement_2014-09-01' },
  };
}
