import { fill, hasInvisible, shellQuote } from '../lib/text.ts';
import type { Remediation } from '../model/check.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Finding, JudgedEndpoint } from '../model/report.ts';

/**
 * Fills the commands for one cluster, each value one shell word; a command whose value is missing (an endpoint without a host) is
 * left out. A value that no honest quoting exists for (characters that do not show, or that the command would read as an
 * option) gets a sentence in place of all commands.
 */
export function fillRemediation(
  { summary, commands }: Remediation,
  { name, account, location, resourceGroup }: Cluster,
  endpoint: Pick<JudgedEndpoint, 'host' | 'port'> | undefined,
): NonNullable<Finding['remediation']> {
  const host = endpoint?.host?.includes(':') ? `[${endpoint.host}]` : endpoint?.host;
  const values: Values = { name, account, location, resourceGroup, host, port: endpoint?.port.toString() };
  const usable = commands.filter((command) =>
    placeholdersIn(command).every((key) => !Object.hasOwn(values, key) || values[key] !== undefined),
  );
  const used = new Set(usable.flatMap(placeholdersIn));
  const unsafe = Object.entries(values).find(([key, value]) => used.has(key) && value !== undefined && isUnsafe(value));
  if (unsafe !== undefined) {
    const why = `No command is given: its ${unsafe[0]} holds characters that a command cannot show safely.`;
    return { summary: `${summary} ${why}`, commands: [] };
  }
  return { summary, commands: usable.map((command) => fill(command, values, shellQuote)) };
}

type Values = Readonly<Record<string, string | undefined>>;

function isUnsafe(value: string): boolean {
  return hasInvisible(value) || value.startsWith('-');
}

const placeholders = new Map<string, readonly string[]>();

/** Commands are the checks' own: they are few, and each is filled for thousands of clusters. */
function placeholdersIn(command: string): readonly string[] {
  const names = placeholders.get(command) ?? Array.from(command.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '');
  placeholders.set(command, names);
  return names;
}
