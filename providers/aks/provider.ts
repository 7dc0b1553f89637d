import { ProviderError } from '../../src/model/errors.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import type { CallContext, Provider, Scope } from '../../src/model/provider.ts';
import { createArmClient, permissions } from './client.ts';
import type { ArmClient, ArmSettings } from './client.ts';
import { isNothingFound } from './credential.ts';
import { toProviderError } from './errors.ts';
import { textOf } from './field.ts';
import { deepReader } from './deep.ts';
import { mapCluster } from './map.ts';
import { meta } from './meta.ts';

/** `env` is read for the folder of the Azure CLI alone, which tells an expired sign-in from none. */
export function createProvider(settings: ArmSettings, env: NodeJS.ProcessEnv): Provider {
  const arm = createArmClient(settings);
  return {
    meta,
    available: ({ signal }) => hasCredentials(settings, env, signal),
    scopes: ({ accounts }, context) => (accounts.length > 0 ? namedScopes(accounts) : listedScopes(arm, context)),
    clusters: (scope, context) => clustersOf(arm, scope, context),
    account: async (scope) => subscriptionOf(scope),
    reread: (cluster, context) => reread(arm, cluster, context),
    deepPaths: deepReader(arm),
  };
}

async function hasCredentials(
  { credential, endpoint }: ArmSettings,
  env: NodeJS.ProcessEnv,
  abortSignal: AbortSignal,
): Promise<boolean> {
  try {
    return (await credential.getToken(`${endpoint}/.default`, { abortSignal })) !== null;
  } catch (error) {
    if (!abortSignal.aborted && (await isNothingFound(error, env))) return false;
    throw toProviderError(error, permissions.subscriptions, abortSignal);
  }
}

async function* namedScopes(accounts: readonly string[]): AsyncGenerator<Scope> {
  for (const account of new Set(accounts.map((id) => id.toLowerCase()))) yield scopeOf(account);
}

/** Disabled and deleted subscriptions run nothing and refuse reads; those with a warning or a payment due still run clusters. */
async function* listedScopes(arm: ArmClient, { signal }: CallContext): AsyncGenerator<Scope | ScanIssue> {
  const seen = new Set<string>();
  try {
    for await (const { subscriptionId, state } of arm.subscriptions(signal)) {
      const account = textOf(subscriptionId)?.toLowerCase() ?? '';
      if (seen.has(account)) continue;
      seen.add(account);
      if (!account) yield issueOf('malformed', 'Azure: a subscription is listed without an id');
      else if (state !== 'Disabled' && state !== 'Deleted') yield scopeOf(account);
    }
    if (seen.size === 0)
      yield issueOf('forbidden', 'Azure: the credentials see no subscription; give them the role Reader on one');
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    yield issueOf(error.code, error.message);
  }
}

/** A list that changes while it is paged through may hold a cluster twice. */
async function* clustersOf(arm: ArmClient, scope: Scope, { signal }: CallContext): AsyncGenerator<Cluster | ScanIssue> {
  const account = subscriptionOf(scope);
  const seen = new Set<string>();
  for await (const item of arm.clusters(account, signal)) {
    const key = textOf(item.id)?.toLowerCase();
    if (key !== undefined && seen.has(key)) continue;
    if (key !== undefined) seen.add(key);
    yield* mapCluster(item, account);
  }
}

async function reread(arm: ArmClient, cluster: Cluster, { signal }: CallContext): Promise<Cluster> {
  const { account = '', resourceGroup = '', name } = cluster;
  const item = await arm.cluster({ subscription: account, resourceGroup, name }, signal);
  const again = mapCluster(item, account).find((entry) => 'endpoints' in entry);
  if (!again) throw new ProviderError('malformed', `Azure: ${cluster.id} can no longer be read`);
  return again;
}

function scopeOf(account: string): Scope {
  return { provider: 'aks', account, location: '*' };
}

function subscriptionOf(scope: Scope): string {
  if (scope.account === undefined) throw new ProviderError('malformed', 'Azure: a scope without a subscription');
  return scope.account;
}

function issueOf(code: ScanIssue['code'], message: string): ScanIssue {
  return { code, message, provider: 'aks', location: '*' };
}
