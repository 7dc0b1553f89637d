import type { Reply, SeenRequest } from '../server.ts';
import type { WireCluster } from './cluster.ts';

/** One project as the emulator knows it. */
export interface GkeProject {
  readonly clusters?: readonly WireCluster[];
  /** Zones that do not answer. */
  readonly missingZones?: readonly string[];
  /** Calls about it are refused. */
  readonly refused?: boolean;
  /** The Kubernetes Engine API is off: for this project, or for the one that calls are counted for (its number). */
  readonly disabled?: boolean | { readonly consumer: string };
  /** Default 1000000000 and up, in the order of the projects. */
  readonly number?: string;
  /** Default `ACTIVE`. */
  readonly state?: string;
}

export type GkeMethod = 'ListClusters' | 'GetCluster' | 'SearchProjects' | 'GetProject' | 'other';

const paths: readonly (readonly [GkeMethod, RegExp])[] = [
  ['ListClusters', /^\/v1\/projects\/([^/]+)\/locations\/-\/clusters$/],
  ['GetCluster', /^\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/clusters\/([^/]+)$/],
  ['SearchProjects', /^\/v3\/projects:search$/],
  ['GetProject', /^\/v3\/projects\/([^/]+)$/],
];

/** Which call a request is, and the parts of its path. */
export function methodOf({ url }: Pick<SeenRequest, 'url'>): { readonly method: GkeMethod; readonly parts: string[] } {
  const { pathname } = new URL(url, 'http://emulator');
  for (const [method, pattern] of paths) {
    const match = pattern.exec(pathname);
    if (match) return { method, parts: match.slice(1).map(decodeURIComponent) };
  }
  return { method: 'other', parts: [] };
}

interface World {
  readonly projects: Readonly<Record<string, GkeProject>>;
  readonly pageSize: number;
}

/** What the APIs answer to a request that holds a token. */
export function answer(request: SeenRequest, world: World): Reply {
  const { method, parts } = methodOf(request);
  if (method === 'SearchProjects') return searchProjects(new URL(request.url, 'http://emulator'), world);
  const id = parts[0] ?? '';
  const project = world.projects[id];
  if (!project) return failure(403, 'PERMISSION_DENIED', { reason: 'IAM_PERMISSION_DENIED' });
  if (method === 'GetProject') return { body: wireProject(id, world) };
  const refusal = refusalOf(id, project, world);
  if (refusal) return refusal;
  if (method === 'ListClusters') return { body: { clusters: project.clusters, missingZones: project.missingZones } };
  const cluster = project.clusters?.find(({ name, location }) => location === parts[1] && name === parts[2]);
  return cluster ? { body: cluster } : failure(404, 'NOT_FOUND');
}

function refusalOf(id: string, project: GkeProject, world: World): Reply | undefined {
  if (project.refused) {
    const metadata = { permission: 'container.clusters.list' };
    return failure(403, 'PERMISSION_DENIED', { reason: 'IAM_PERMISSION_DENIED', metadata });
  }
  if (!project.disabled) return undefined;
  const consumer = project.disabled === true ? numberOf(id, world) : project.disabled.consumer;
  const metadata = { consumer: `projects/${consumer}`, service: 'container.googleapis.com' };
  return failure(403, 'PERMISSION_DENIED', { reason: 'SERVICE_DISABLED', metadata });
}

/** An error in the shape of google.rpc.Status. */
export function failure(code: number, status: string, info?: object): Reply {
  const detail = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', domain: 'googleapis.com', ...info };
  return {
    status: code,
    body: { error: { code, status, message: `the emulator answers ${status}`, ...(info && { details: [detail] }) } },
  };
}

function searchProjects(url: URL, world: World): Reply {
  const ids = Object.keys(world.projects);
  const from = Number(url.searchParams.get('pageToken') ?? '0');
  const projects = ids.slice(from, from + world.pageSize).map((id) => wireProject(id, world));
  const next = from + world.pageSize;
  return { body: { projects, ...(next < ids.length && { nextPageToken: String(next) }) } };
}

function wireProject(id: string, world: World): object {
  return { name: `projects/${numberOf(id, world)}`, projectId: id, state: world.projects[id]?.state ?? 'ACTIVE' };
}

function numberOf(id: string, world: World): string {
  return world.projects[id]?.number ?? String(1_000_000_000 + Object.keys(world.projects).indexOf(id));
}
