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
  const values = { name, account, location, resourceGroup, host, port: endpoint?.port.toString() };
  const missing = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [`{${key}}`] : []));
  const usable = commands.filter((command) => !missing.some((placeholder) => command.includes(placeholder)));
  const known = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const used = known.filter(([key]) => usable.some((command) => command.includes(`{${key}}`)));
  const unsafe = used.find(([, value]) => hasInvisible(value) || value.startsWith('-'));
  if (unsafe !== undefined) {
    const why = `No command is given: its ${unsafe[0]} holds characters that a command cannot show safely.`;
    return { summary: `${summary} ${why}`, commands: [] };
  }
  return { summary, commands: usable.map((command) => fill(command, Object.fromEntries(used), shellQuote)) };
}
