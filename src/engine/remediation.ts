import { fill, hasInvisible, shellQuote } from '../lib/text.ts';
import type { Remediation } from '../model/check.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Finding } from '../model/report.ts';

/**
 * Fills the commands for one cluster, each value one shell word. A value that no honest quoting exists for (characters that
 * do not show, or that the command would read as an option) gets a sentence in place of commands.
 */
export function fillRemediation(
  { summary, commands }: Remediation,
  { name, account, location, resourceGroup }: Cluster,
  host: string | undefined,
): NonNullable<Finding['remediation']> {
  const values = {
    name,
    account,
    location,
    ...(resourceGroup !== undefined && { resourceGroup }),
    ...(host !== undefined && { host }),
  };
  const used = Object.entries(values).filter(([key]) => commands.some((command) => command.includes(`{${key}}`)));
  const unsafe = used.find(([, value]) => hasInvisible(value) || value.startsWith('-'));
  if (unsafe === undefined) return { summary, commands: commands.map((command) => fill(command, values, shellQuote)) };
  return {
    summary: `${summary} No command is given: its ${unsafe[0]} holds characters that a command cannot show safely.`,
    commands: [],
  };
}
