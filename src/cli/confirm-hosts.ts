import { createInterface } from 'node:readline/promises';
import { cut, visible } from '../lib/text.ts';
import type { Cluster } from '../model/cluster.ts';
import { UsageError } from '../model/errors.ts';
import type { LookSettings } from './look-settings.ts';

/** The streams of a terminal that can be asked; absent where nobody sits there. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Someone who can be asked reads stderr, as stdout may be the report's. */
export function findTerminal(): Terminal | undefined {
  const { stdin: input, stderr: output } = process;
  return input.isTTY && output.isTTY ? { input, output } : undefined;
}

/** What a yes is for: of `scan` with `--ports` it covers more than the API server. */
type Consent = 'it' | 'it and its other ports';

/**
 * What gets no probe: what the settings exclude, and every host of a kubeconfig that was not confirmed to be the user's own.
 *
 * @throws UsageError where nobody is there to be asked.
 */
export async function excludeForeign(
  clusters: readonly Cluster[],
  { excluded, hostsAreOurs }: LookSettings,
  terminal: Terminal | undefined,
  consent: Consent = 'it',
): Promise<LookSettings['excluded']> {
  const asked = clusters.filter(
    (cluster) => cluster.provider === 'kubeconfig' && hostOf(cluster) !== undefined && !excluded(cluster),
  );
  const confirmed = hostsAreOurs ? asked : await ask(asked, terminal, consent);
  const ids = new Set(confirmed.map(({ id }) => id));
  const isForeign = (id: string): boolean => id.startsWith('kubeconfig:') && !ids.has(id);
  return (cluster) => excluded(cluster) || isForeign(cluster.id);
}

/** Each host once, whichever contexts lead to it. Whatever is no yes is a no. */
async function ask(
  clusters: readonly Cluster[],
  terminal: Terminal | undefined,
  consent: Consent,
): Promise<readonly Cluster[]> {
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
    terminal.output.write(`kubeperimeter: is ${host} (${names}) yours, and may ${consent} be probed? [y/N] `);
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
