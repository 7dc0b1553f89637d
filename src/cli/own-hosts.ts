import type { Cluster } from '../model/cluster.ts';
import { ProviderError, UsageError } from '../model/errors.ts';
import type { Provider, ProviderEntry, ScanTarget } from '../model/provider.ts';
import { excludeForeign, type Terminal } from './confirm-hosts.ts';
import type { ScanSettings } from './settings.ts';

/**
 * The settings with every host of the kubeconfig excluded from probing that was not confirmed to be the user's own: a cloud's
 * inventory is proof of that, a file that anybody may have written is none. Without a probe there is nothing to confirm.
 *
 * @throws UsageError where the file or a context of it cannot be used, and where nobody is there to be asked.
 */
export async function confirmOwnHosts(
  settings: ScanSettings,
  providers: readonly ProviderEntry[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal | undefined,
): Promise<ScanSettings> {
  const target = settings.targets.find(({ provider }) => provider === 'kubeconfig');
  const entry = providers.find(({ meta }) => meta.id === 'kubeconfig');
  if (target === undefined || entry === undefined) return settings;
  const clusters = await listClusters(target, await entry.load(env));
  if (!settings.probe) return settings;
  const consent = settings.ports === undefined ? 'it' : 'it and its other ports';
  return { ...settings, excluded: await excludeForeign(clusters, settings, terminal, consent) };
}

/** The entry, loaded once however often it is asked for: what is asked for ahead of a scan is not read again by it. */
export function loadedOnce(entry: ProviderEntry): ProviderEntry {
  let provider: Promise<Provider> | undefined;
  return { meta: entry.meta, load: (env) => (provider ??= entry.load(env)) };
}

/** Reads the file ahead of the scan, so that a wrong path or context is bad input and not a failed scope. */
async function listClusters(target: ScanTarget, provider: Provider): Promise<readonly Cluster[]> {
  const context = { signal: new AbortController().signal };
  if (target.accounts.length === 0 && !(await provider.available(context))) return [];
  try {
    return await clustersOf(provider, target, context);
  } catch (error) {
    if (error instanceof ProviderError) throw new UsageError(error.message);
    throw error;
  }
}

async function clustersOf(
  provider: Provider,
  target: ScanTarget,
  context: { readonly signal: AbortSignal },
): Promise<readonly Cluster[]> {
  const clusters: Cluster[] = [];
  for await (const scope of provider.scopes(target, context)) {
    if ('code' in scope) continue;
    for await (const item of provider.clusters(scope, context)) if ('endpoints' in item) clusters.push(item);
  }
  return clusters;
}
