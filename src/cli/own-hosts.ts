import { createInterface } from 'node:readline/promises';
import { cut, visible } from '../lib/text.ts';
import type { Cluster } from '../model/cluster.ts';
import { ProviderError, UsageError } from '../model/errors.ts';
import type { Provider, ScanTarget } from '../model/provider.ts';
import { kubeconfig } from '../../providers/kubeconfig/index.ts';
import type { ScanSettings } from './settings.ts';

/** The streams of a terminal that can be asked; absent where nobody sits there. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * The settings with every host of the kubeconfig excluded from probing that was not confirmed to be the user's own: a cloud's
 * inventory is proof of that, a file that anybody may have written is none. Without a probe there is nothing to confirm.
 *
 * @throws UsageError where the file or a context of it cannot be used, and where nobody is there to be asked.
 */
export async function confirmOwnHosts(
  settings: ScanSettings,
  env: NodeJS.ProcessEnv,
  terminal: Terminal | undefined,
): Promise<ScanSettings> {
  const target = settings.targets.find(({ provider }) => provider === 'kubeconfig');
  if (target === undefined) return settings;
  const clusters = await listClusters(target, env);
  if (!settings.probe) return settings;
  const asked = clusters.filter((cluster) => hostOf(cluster) !== undefined && !settings.excluded(cluster));
  const confirmed = settings.hostsAreOurs ? asked : await ask(asked, terminal);
  const ids = new Set(confirmed.map(({ id }) => id));
  const isForeign = (id: string): boolean => id.startsWith('kubeconfig:') && !ids.has(id);
  return { ...settings, excluded: (cluster) => settings.excluded(cluster) || isForeign(cluster.id) };
}

/** Reads the file ahead of the scan, so that a wrong path or context is bad input and not a failed scope. */
async function listClusters(target: ScanTarget, env: NodeJS.ProcessEnv): Promise<readonly Cluster[]> {
  const context = { signal: new AbortController().signal };
  const provider = await kubeconfig.load(env);
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

/** Each host once, whichever contexts lead to it. Whatever is no yes is a no. */
async function ask(clusters: readonly Cluster[], terminal: Terminal | undefined): Promise<readonly Cluster[]> {
  const byHost = [...Map.groupBy(clusters, (cluster) => hostOf(cluster) ?? '')];
  const hosts = byHost.map(([host]) => host).join(', ');
  if (byHost.length === 0) return [];
  if (terminal === undefined)
    throw new UsageError(`--yes: say by it that the hosts in the kubeconfig are yours to probe: ${cut(hosts, 400)}`);
  const prompt = createInterface({ ...terminal, terminal: false });
  const lines = prompt[Symbol.asyncIterator]();
  const confirmed: Cluster[] = [];
  for (const [host, those] of byHost) {
    const names = visible(cut(those.map(({ name }) => name).join(', '), 200));
    terminal.output.write(`kubeperimeter: is ${host} (${names}) yours, and may it be probed? [y/N] `);
    const { value, done } = await lines.next();
    if (done) break;
    if (/^\s*y(?:es)?\s*$/i.test(value)) confirmed.push(...those);
  }
  prompt.close();
  return confirmed;
}

function hostOf({ endpoints: [endpoint] }: Cluster): string | undefined {
  return endpoint?.host === undefined ? undefined : `${endpoint.host}:${endpoint.port}`;
}
