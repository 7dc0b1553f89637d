import { answer, failure, methodOf, type GkeMethod, type GkeProject } from './gke/answer.ts';
import { startServer, type Emulator, type Reply, type SeenRequest } from './server.ts';

export { failure } from './gke/answer.ts';
export { gkeCluster, type GkeClusterOptions, type WireNetworks } from './gke/cluster.ts';
export { writeServiceAccountKey } from './gke/key.ts';

export interface GkeOptions {
  /** By id, in the order of the listing. Changing it changes the next answers. */
  readonly projects: Record<string, GkeProject>;
  /** Projects a page; default 2. */
  readonly pageSize?: number;
  /** Every nth request is answered 429. */
  readonly throttleEvery?: number;
  /** `Retry-After` of those answers. */
  readonly retryAfter?: string;
  /** Answers in place of the API, where it gives any: a proxy's page, a server error. */
  readonly instead?: (request: SeenRequest, count: number) => Reply | Promise<Reply> | undefined;
  /** Over TLS, at `localhost`. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface GkeEmulator extends Emulator {
  /** What moves the clouds' endpoints here. */
  readonly environment: Readonly<Record<string, string>>;
  calls(method: GkeMethod): number;
}

/** Starts the GKE and Resource Manager APIs, over REST, on a free port of this machine. */
export async function startGke(options: GkeOptions): Promise<GkeEmulator> {
  const { projects, pageSize = 2, throttleEvery, retryAfter, instead } = options;
  let count = 0;
  const emulator = await startServer(async (request) => {
    count += 1;
    if (!request.headers.authorization?.startsWith('Bearer ')) return failure(401, 'UNAUTHENTICATED');
    if (throttleEvery && count % throttleEvery === 0) {
      return { ...failure(429, 'RESOURCE_EXHAUSTED'), headers: retryAfter ? { 'retry-after': retryAfter } : {} };
    }
    return (await instead?.(request, count)) ?? answer(request, { projects, pageSize });
  }, options.tls);
  return {
    ...emulator,
    environment: {
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: `${emulator.url}/`,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER: emulator.url,
    },
    calls: (method) => emulator.requests.filter((request) => methodOf(request).method === method).length,
  };
}
