import { cut } from '../../src/lib/text.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import { ProviderError } from '../../src/model/errors.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import type { CallContext, Provider, ScanTarget, Scope } from '../../src/model/provider.ts';
import { notePages } from '../lib/pages.ts';
import { findCredentials, type Credentials } from './auth.ts';
import { createClient, type GkeClient } from './client.ts';
import { apiOff, signIn, type Refusal } from './errors.ts';
import { mapCluster } from './map.ts';
import { meta } from './meta.ts';
import { endpointOverride } from './override.ts';
import { isProjectId } from './projects.ts';
import { defaultTuning, type Tuning } from './transport.ts';

/** What one scan has found out and keeps. */
interface Session {
  readonly credentials: Credentials;
  readonly client: GkeClient;
  /** Project numbers by id, as far as a listing showed them. */
  readonly numbers: Map<string, string>;
}

/** Raises UsageError for an endpoint override that cannot be used. */
export function createProvider(env: NodeJS.ProcessEnv, tuning: Tuning = defaultTuning): Provider {
  const container = endpointOverride(env, 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER');
  const resourceManager = endpointOverride(env, 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER');
  const endpoints = { ...(container && { container }), ...(resourceManager && { resourceManager }) };

  let opening: Promise<Session | undefined> | undefined;
  const open = async (): Promise<Session | undefined> => {
    const credentials = await findCredentials(env);
    return (
      credentials && { credentials, client: createClient(credentials.client, endpoints, tuning), numbers: new Map() }
    );
  };
  const find = (): Promise<Session | undefined> => (opening ??= open());
  const session = async (): Promise<Session> => {
    const found = await find();
    if (!found) throw new ProviderError('unauthenticated', `no Google Cloud credentials were found; ${signIn}`);
    return found;
  };

  return {
    meta,
    available: async () => (await find()) !== undefined,
    async *scopes(target, context) {
      yield* scopesOf(await session(), target, context);
    },
    async *clusters(scope, context) {
      yield* clustersOf(await session(), scope, context);
    },
    account: (scope) => Promise.resolve(projectOf(scope)),
    reread: async (cluster, context) => reread(await session(), cluster, context),
  };
}

/** One scope a project; all locations of it are listed at once. */
function scopeOf(project: string): Scope {
  return { provider: 'gke', account: project, location: '*' };
}

/** Scopes of this provider always have one. */
function projectOf(scope: Scope): string {
  return scope.account ?? '';
}

async function* scopesOf(
  session: Session,
  target: ScanTarget,
  { signal }: CallContext,
): AsyncGenerator<Scope | ScanIssue> {
  const own = session.credentials.project;
  const named = target.accounts.length > 0 ? target.accounts : own === undefined ? [] : [own];
  if (named.length > 0) yield* [...new Set(named)].map(scopeOf);
  else yield* listedScopes(session, signal);
}

async function* listedScopes(session: Session, signal: AbortSignal): AsyncGenerator<Scope | ScanIssue> {
  try {
    let seen = 0;
    for await (const project of projectsOf(session, signal)) {
      seen += 1;
      yield scopeOf(project);
    }
    if (seen === 0) yield notListed('forbidden', 'these credentials show no project; name projects by --gcp-project');
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // With credentials of no use, names would not help.
    const advice = error.code === 'unauthenticated' ? '' : '; name projects by --gcp-project';
    yield notListed(error.code, `${error.message}${advice}`);
  }
}

function notListed(code: ScanIssue['code'], message: string): ScanIssue {
  return { code, message, provider: 'gke', location: '*' };
}

/** Every active project that the credentials can see. */
async function* projectsOf({ client, numbers }: Session, signal: AbortSignal): AsyncGenerator<string> {
  const notePage = notePages('the projects of Google Cloud');
  const ids = new Set<string>();
  for (let token: string | undefined; ;) {
    const page = await client.projects(token, signal);
    for (const { id, number, state } of page.projects) {
      if (state !== 'ACTIVE' || !isProjectId(id) || ids.has(id)) continue;
      ids.add(id);
      numbers.set(id, number);
      yield id;
    }
    token = page.next;
    if (token === undefined) return;
    notePage(token);
  }
}

async function* clustersOf(
  session: Session,
  scope: Scope,
  { signal }: CallContext,
): AsyncGenerator<Cluster | ScanIssue> {
  const project = projectOf(scope);
  const reply = await listClusters(session, project, signal);
  for (const zone of reply.missingZones) yield missingZone(project, cut(zone, 64));
  const mapped = reply.clusters.map((wire) => mapCluster(wire, project));
  for (const read of mapped.filter((one) => one !== undefined)) {
    yield read.cluster;
    yield* read.issues;
  }
  // Raised at the end, so that the rest is kept and the scope counts as partial.
  if (mapped.includes(undefined)) {
    throw new ProviderError('malformed', 'Google Cloud listed a cluster without a name or location');
  }
}

/** A project whose Kubernetes Engine API is off has no clusters; that is an answer, and no failure. */
async function listClusters(session: Session, project: string, signal: AbortSignal) {
  try {
    return await session.client.clusters(project, signal);
  } catch (error) {
    const off = apiOff(error);
    if (!off) throw error;
    if (await isOffFor(session, project, off, signal)) return { clusters: [], missingZones: [] };
    const whose = off.consumer === undefined ? 'a project that the answer does not name' : `project ${off.consumer}`;
    throw new ProviderError(
      'forbidden',
      `Google Cloud did not list the clusters: the Kubernetes Engine API is off for ${whose}, which calls are counted for; enable it there, or set the quota project of the credentials`,
      { cause: error },
    );
  }
}

/**
 * Whether the API is off for the project that was asked about. The answer is the same where it is off for the project that calls
 * are counted for (the quota project, that of gcloud's own client), and then it says nothing about the clusters of this one.
 */
async function isOffFor(
  { client, credentials, numbers }: Session,
  project: string,
  { consumer }: Refusal,
  signal: AbortSignal,
): Promise<boolean> {
  if (consumer === project || credentials.home === project) return true;
  if (consumer === undefined || !/^\d+$/.test(consumer)) return false;
  const number = numbers.get(project) ?? (await client.project(project, signal).catch(() => undefined))?.number;
  return number === consumer;
}

function missingZone(project: string, zone: string): ScanIssue {
  const message = 'Google Cloud got no answer from this zone: its clusters are missing from the list';
  return { code: 'unreachable', message, provider: 'gke', account: project, location: zone };
}

async function reread({ client }: Session, cluster: Cluster, { signal }: CallContext): Promise<Cluster> {
  const { account = '', location = '', name } = cluster;
  const mapped = mapCluster(await client.cluster(account, location, name, signal), account);
  if (mapped?.cluster.id === cluster.id) return mapped.cluster;
  throw new ProviderError('malformed', 'Google Cloud answered with another cluster');
}
