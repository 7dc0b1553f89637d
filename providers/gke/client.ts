import type { AuthClient } from 'google-auth-library';

import type { ApiEndpoint } from './override.ts';
import { toProviderError } from './errors.ts';
import type { WireCluster } from './families.ts';
import { boundedFetch, type Fetch, type Tuning } from './transport.ts';

interface Project {
  readonly id: string;
  /** The other name of the project, which error answers use. */
  readonly number: string;
  readonly state: string;
}

interface ProjectPage {
  readonly projects: readonly Project[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** The calls that this provider makes. All raise ProviderError. */
export interface GkeClient {
  /** Every location of a project in one answer, which names the zones that did not answer. */
  clusters(project: string, signal: AbortSignal): Promise<{ clusters: WireCluster[]; missingZones: string[] }>;
  cluster(project: string, location: string, name: string, signal: AbortSignal): Promise<WireCluster>;
  projects(pageToken: string | undefined, signal: AbortSignal): Promise<ProjectPage>;
  project(id: string, signal: AbortSignal): Promise<Project>;
}

interface Endpoints {
  readonly container?: ApiEndpoint;
  readonly resourceManager?: ApiEndpoint;
}

export function createClient(auth: AuthClient, endpoints: Endpoints, tuning: Tuning): GkeClient {
  const fetch = boundedFetch(auth, tuning);
  let loading: ReturnType<typeof loadManager> | undefined;
  const manager = (): ReturnType<typeof loadManager> => (loading ??= loadManager(auth, fetch, endpoints.container));
  const options = (signal: AbortSignal): object => ({ signal, retry: null, timeout: tuning.callMs });
  const read = (url: URL, signal: AbortSignal): Promise<unknown> =>
    fetch(url, { signal }).then((reply) => reply.json());
  const base = resourceManagerBase(auth, endpoints.resourceManager);

  return {
    clusters: (project, signal) =>
      calling('list the clusters', 'container.clusters.list', async () => {
        const parent = `projects/${project}/locations/-`;
        const [reply] = await (await manager()).listClusters({ parent }, options(signal));
        return { clusters: reply.clusters ?? [], missingZones: reply.missingZones ?? [] };
      }),
    cluster: (project, location, name, signal) =>
      calling('read the cluster', 'container.clusters.get', async () => {
        const path = `projects/${project}/locations/${location}/clusters/${name}`;
        const [reply] = await (await manager()).getCluster({ name: path }, options(signal));
        return reply;
      }),
    projects: (pageToken, signal) =>
      calling('list the projects', 'resourcemanager.projects.get', async () => {
        const url = new URL('v3/projects:search', base);
        url.search = String(
          new URLSearchParams({ query: 'state:ACTIVE', pageSize: '500', ...(pageToken && { pageToken }) }),
        );
        return pageOf(await read(url, signal));
      }),
    project: (id, signal) =>
      calling('read the project', 'resourcemanager.projects.get', async () =>
        projectOf(await read(new URL(`v3/projects/${id}`, base), signal)),
      ),
  };
}

async function calling<T>(doing: string, permission: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toProviderError(doing, permission, error);
  }
}

/** Loaded with the first call: the SDK takes a third of a second. REST, since gRPC would bring a transport of its own. */
async function loadManager(auth: AuthClient, fetch: Fetch, endpoint: ApiEndpoint | undefined) {
  const { ClusterManagerClient } = await import('@google-cloud/container');
  return new ClusterManagerClient({
    fallback: true,
    // The SDK sets fields on its auth client; this way they stay off the one that other calls use.
    authClient: Object.create(auth, { fetch: { value: fetch } }) as AuthClient,
    universeDomain: auth.universeDomain,
    ...(endpoint && { apiEndpoint: endpoint.host, port: endpoint.port, protocol: endpoint.protocol }),
  });
}

function resourceManagerBase(auth: AuthClient, endpoint: ApiEndpoint | undefined): string {
  if (!endpoint) return `https://cloudresourcemanager.${auth.universeDomain}/`;
  return `${endpoint.protocol}://${endpoint.host}:${endpoint.port}/`;
}

interface WireProject {
  readonly name?: string;
  readonly projectId?: string;
  readonly state?: string;
}

function projectOf(reply: unknown): Project {
  const { name, projectId, state } = Object(reply) as WireProject;
  return { id: String(projectId), number: String(name).replace(/^projects\//, ''), state: String(state) };
}

/** Raises TypeError for an answer of another shape: no project must not be taken for none to see. */
function pageOf(reply: unknown): ProjectPage {
  const { projects = [], nextPageToken } = Object(reply) as { projects?: unknown; nextPageToken?: unknown };
  if (typeof reply !== 'object' || reply === null || !Array.isArray(projects))
    throw new TypeError('not a page of projects');
  const next = typeof nextPageToken === 'string' && nextPageToken !== '' ? nextPageToken : undefined;
  return { projects: projects.map(projectOf), ...(next && { next }) };
}
