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
  const selfManaged = clusters.filter(({ provider }) => provider === 'kubeconfig');
  const asked = selfManaged.filter((cluster) => hostsOf(cluster).length > 0 && !excluded(cluster));
  const ours = new Set(hostsAreOurs ? asked.flatMap(hostsOf) : await ask(asked, terminal, consent));
  const confirmed = selfManaged.filter((cluster) => hostsOf(cluster).every((host) => ours.has(host)));
  const ids = new Set(confirmed.map(({ id }) => id));
  // Also one that came into the file since it was read for this.
  const isForeign = (id: string): boolean => id.startsWith('kubeconfig:') && !ids.has(id);
  return (cluster) => excluded(cluster) || isForeign(cluster.id);
}

/** The hosts that are confirmed. Each is asked for once, whichever contexts lead to it. Whatever is no yes is a no. */
async function ask(
  clusters: readonly Cluster[],
  terminal: Terminal | undefined,
  consent: Consent,
): Promise<readonly string[]> {
  const named = clusters.flatMap((cluster) => hostsOf(cluster).map((host) => ({ host, name: cluster.name })));
  const byHost = [...Map.groupBy(named, ({ host }) => host)];
  const hosts = byHost.map(([host]) => host).join(', ');
  if (byHost.length === 0) return [];
  if (terminal === undefined)
    throw new UsageError(`--yes: say by it that the hosts in the kubeconfig are yours to probe: ${cut(hosts, 400)}`);
  const { createInterface } = await import('node:readline/promises');
  const prompt = createInterface({ ...terminal, terminal: false });
  const lines = prompt[Symbol.asyncIterator]();
  const confirmed: string[] = [];
  for (const [host, those] of byHost) {
    const names = visible(cut(those.map(({ name }) => name).join(', '), 200));
    terminal.output.write(`kubeperimeter: is ${host} (${names}) yours, and may ${consent} be probed? [y/N] `);
    const { value, done } = await lines.next();
    if (done) break;
    if (/^\s*y(?:es)?\s*$/i.test(value)) confirmed.push(host);
  }
  prompt.close();
  return confirmed;
}

/** One for a kubeconfig's cluster; evidence may claim any number. */
function hostsOf({ endpoints }: Cluster): readonly string[] {
  return endpoints.flatMap(({ host, port }) => (host === undefined ? [] : `${host}:${port}`));
}
