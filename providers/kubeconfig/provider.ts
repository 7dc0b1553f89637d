import { cut, visible } from '../../src/lib/text.ts';
import { ProviderError } from '../../src/model/errors.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import type { Provider, ScanTarget, Scope } from '../../src/model/provider.ts';
import { defaultFiles, readFiles } from './files.ts';
import type { Kubeconfig } from './files.ts';
import { mapCluster } from './map.ts';
import { meta } from './meta.ts';

/** What of which files is asked for. */
interface Selection {
  readonly files: readonly string[];
  /** Empty: the current one. */
  readonly contexts: readonly string[];
}

/**
 * Reads files and nothing else, each selection once: what the user has confirmed is what is scanned, and a pipe gives its text
 * only once. Of `env` it takes where kubectl would look for the file.
 */
export function createProvider(env: NodeJS.ProcessEnv): Provider {
  const read = new Map<string, readonly (Cluster | ScanIssue)[]>();
  return {
    meta,
    available: async () => defaultFiles(env).length > 0,
    scopes: (target) => scopesOf(target, env),
    clusters: async function* ({ source = '{}' }) {
      const found = read.get(source) ?? clustersOf(JSON.parse(source) as Selection);
      read.set(source, found);
      yield* found;
    },
    account: async () => {
      throw new ProviderError('unsupported', 'a self-managed cluster belongs to no account');
    },
    // There are no settings, so none can have changed.
    reread: async (cluster) => cluster,
  };
}

async function* scopesOf({ accounts, locations }: ScanTarget, env: NodeJS.ProcessEnv): AsyncGenerator<Scope> {
  const selection: Selection = { files: accounts.length > 0 ? accounts : defaultFiles(env), contexts: locations };
  yield { provider: 'kubeconfig', location: '*', source: JSON.stringify(selection) };
}

/** Two contexts of one cluster (an admin's and a reader's) are one cluster, under the first one's name. */
function clustersOf({ files, contexts }: Selection): readonly (Cluster | ScanIssue)[] {
  const config = readFiles(files);
  const names = contexts.length > 0 ? contexts : [currentOf(config)];
  const byEntry = Map.groupBy(names, (name) => entryOf(config, name));
  return [...byEntry].flatMap(([entry, [name = '']]) => mapCluster(name, entry));
}

function currentOf({ currentContext }: Kubeconfig): string {
  if (currentContext !== undefined) return currentContext;
  throw new ProviderError('malformed', 'the kubeconfig has no current context: name one by --context');
}

function entryOf({ clusters, contexts }: Kubeconfig, name: string): Kubeconfig['clusters'][number] {
  const context = contexts.find((known) => known.name === name);
  if (context === undefined) {
    const known = contexts.map((item) => shown(item.name)).join(', ');
    throw new ProviderError(
      'malformed',
      `the kubeconfig has no context ${shown(name)}; it has ${known === '' ? 'none' : cut(known, 400)}`,
    );
  }
  const entry = clusters.find((known) => known.name === context.cluster);
  if (entry !== undefined) return entry;
  throw new ProviderError('malformed', `the kubeconfig has no usable cluster for its context ${shown(name)}`);
}

function shown(name: string): string {
  return visible(cut(name, 80));
}
