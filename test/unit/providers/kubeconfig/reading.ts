import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { kubeconfig } from '../../../../providers/kubeconfig/index.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import type { ScanIssue } from '../../../../src/model/issue.ts';
import type { ScanTarget } from '../../../../src/model/provider.ts';

/** Marks every place of a kubeconfig where a secret may stand: none of it may come out again. */
export const secret = 'sEcReT-f3a1';

export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'kubeperimeter-kubeconfig-'));
}

/** A kubeconfig with a context for each cluster entry, of the entry's name, and a user full of secrets. */
export function configOf(clusters: Readonly<Record<string, object>>, changes: object = {}): object {
  const names = Object.keys(clusters);
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: names.map((name) => ({ name, cluster: clusters[name] })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: 'admin', namespace: 'default' } })),
    users: [
      {
        name: 'admin',
        user: {
          token: secret,
          password: secret,
          'client-key-data': secret,
          exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/false', args: [secret] },
        },
      },
    ],
    ...(names[0] !== undefined && { 'current-context': names[0] }),
    ...changes,
  };
}

export function write(config: object | string, at = join(folder(), 'config')): string {
  writeFileSync(at, typeof config === 'string' ? config : stringify(config));
  return at;
}

interface Read {
  readonly clusters: readonly Cluster[];
  readonly issues: readonly ScanIssue[];
}

/** All that the provider tells of a target. */
export async function read(target: Partial<ScanTarget>, env: NodeJS.ProcessEnv = {}): Promise<Read> {
  const context = { signal: new AbortController().signal };
  const provider = await kubeconfig.load(env);
  const clusters: Cluster[] = [];
  const issues: ScanIssue[] = [];
  for await (const scope of provider.scopes(
    { provider: 'kubeconfig', accounts: [], locations: [], ...target },
    context,
  )) {
    if ('code' in scope) throw new Error(scope.message);
    for await (const item of provider.clusters(scope, context))
      ('code' in item ? issues : clusters).push(item as never);
  }
  return { clusters, issues };
}

/** The one cluster of a file with this one entry. */
export async function readEntry(entry: object): Promise<Cluster & { readonly issues: readonly ScanIssue[] }> {
  const { clusters, issues } = await read({ accounts: [write(configOf({ dev: entry }))] });
  const [cluster] = clusters;
  if (cluster === undefined) throw new Error('no cluster was read');
  return { ...cluster, issues };
}
