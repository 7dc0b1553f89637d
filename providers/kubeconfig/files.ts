import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ActionOnInvalid, newClusters, newContexts } from '@kubernetes/client-node/dist/config_types.js';
import type { Cluster as Entry, Context } from '@kubernetes/client-node/dist/config_types.js';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { ScalarTag } from 'yaml';
import { ProviderError } from '../../src/model/errors.ts';

/** A cluster entry, and the folder that its relative paths start from. */
export interface ClusterEntry extends Entry {
  readonly folder: string;
}

/** What is taken of kubeconfig files. Their users are never read: no credential can be in here. */
export interface Kubeconfig {
  readonly clusters: readonly ClusterEntry[];
  readonly contexts: readonly Context[];
  readonly currentContext?: string;
}

/** Where kubectl looks when no file is named: all of `KUBECONFIG`, else the file in the home folder. */
export function defaultFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const files = listed.length > 0 ? listed : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
  return files.filter((path) => existsSync(path));
}

/**
 * Reads files as one, as kubectl does: the first one that sets a name or the current context wins, and one alone need not have
 * clusters.
 *
 * @throws ProviderError (malformed) for the first that is none, without a word of what stands in it.
 */
export function readFiles(files: readonly string[]): Kubeconfig {
  const parts = files.map(readOne);
  if (!parts.some(({ hasClusters }) => hasClusters)) {
    throw malformed(`${files.join(', ')}: is no kubeconfig, as it has no clusters`);
  }
  const currentContext = parts.map((part) => part.currentContext).find((name) => name !== undefined);
  return {
    clusters: firstOfEachName(parts.flatMap(({ clusters }) => clusters)),
    contexts: firstOfEachName(parts.flatMap(({ contexts }) => contexts)),
    ...(currentContext !== undefined && { currentContext }),
  };
}

/**
 * The client's own readers of the two lists, loaded alone: its `KubeConfig` would also open token files, and brings an HTTP stack
 * that the oldest Node we support cannot load.
 */
function readOne(file: string): Kubeconfig & { readonly hasClusters: boolean } {
  const part = readParts(file);
  const lenient = { onInvalidEntry: ActionOnInvalid.FILTER };
  const [clusters, current] = [part('clusters'), part('current-context')];
  return {
    hasClusters: clusters !== undefined,
    clusters: newClusters(Array.isArray(clusters) ? clusters.filter(saysWhetherItVerifies) : [], lenient)
      .filter(isAsTyped)
      .map((entry) => ({ ...entry, folder: dirname(file) })),
    contexts: newContexts(part('contexts'), lenient).filter(isAsTyped),
    ...(typeof current === 'string' && current !== '' && { currentContext: current }),
  };
}

/** kubectl reads YAML 1.1, where these words are booleans: whoever skips verification by `yes` skips it. */
const wordsOfYaml11: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF)$/,
  resolve: (word) => /^(?:y|yes|on)$/i.test(word),
};

/** Single parts of a file, so that no other is ever looked at. The words of the parser are left out, as they may quote a secret. */
function readParts(file: string): (key: string) => unknown {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), {
    merge: true,
    customTags: [wordsOfYaml11],
    lineCounter: lines,
    prettyErrors: false,
  });
  const broken = document.errors[0];
  if (broken) throw malformed(`${file}:${lines.linePos(broken.pos[0]).line}: is not YAML`);
  return (key) => {
    const node: unknown = document.has(key) ? document.get(key, true) : undefined;
    try {
      return isNode(node) ? (node.toJS(document) as unknown) : undefined;
    } catch (error) {
      throw malformed(`${file}: refers to itself too often`, error);
    }
  };
}

/** kubectl refuses a file where this is a text, for which the client reads `false`: nobody may take that for verification. */
function saysWhetherItVerifies(item: { readonly cluster?: Readonly<Record<string, unknown>> } | null): boolean {
  const skips = item?.cluster?.['insecure-skip-tls-verify'];
  return skips == null || typeof skips === 'boolean';
}

/** The client promises texts and passes on whatever stands there; kubectl takes no number, list or `true` for one either. */
function isAsTyped(entry: object): boolean {
  return Object.entries(entry).every(
    ([field, value]) => value == null || typeof value === (field === 'skipTLSVerify' ? 'boolean' : 'string'),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw malformed(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`, error);
  }
}

function firstOfEachName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  const byName = new Map<string, Item>();
  for (const item of items) if (!byName.has(item.name)) byName.set(item.name, item);
  return [...byName.values()];
}

function malformed(message: string, cause?: unknown): ProviderError {
  return new ProviderError('malformed', `kubeconfig ${message}`, { cause });
}
