import type { Check, CheckMeta } from '../model/check.ts';
import { providerIds } from '../model/provider.ts';
import type { ProviderId } from '../model/provider.ts';

const columns = 80;

/** The text of `kubeperimeter checks`: one line a check. */
export function renderCheckList(checks: readonly Check[]): string {
  const rows = checks.map(({ meta }) => [meta.id, meta.severity, whereOf(meta), meta.title]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return `${lines.join('\n')}\n`;
}

function whereOf(meta: CheckMeta): string {
  const where = appliesTo(meta);
  return where.length === providerIds.length ? 'all' : where.join(' ');
}

/** The text of `kubeperimeter explain <id>`, at most 80 columns wide but for commands, which have to stay in one piece. */
export function explainCheck({ meta }: Check): string {
  const sections = [
    section('Why it matters', [wrap(meta.rationale)]),
    section(
      'What it reports',
      Object.values(meta.messages).map((message) => wrap(message, '- ', '  ')),
    ),
    ...appliesTo(meta).map((provider) => section(`What to do ${onProvider(provider)}`, remedy(meta, provider))),
    section('References', meta.references),
  ];
  return [`${meta.title}\n${facts(meta)}\n`, ...sections].join('\n');
}

/** What a check is about, in one line: shared by the terminal and the documentation. */
export function facts(meta: CheckMeta): string {
  const source = meta.needsProbe ? 'needs the probe' : 'needs no probe';
  return `${meta.id} · ${meta.severity} · looks at each ${meta.subject} · ${source}`;
}

export function appliesTo(meta: CheckMeta): readonly ProviderId[] {
  return providerIds.filter((provider) => meta.remediation[provider] !== undefined);
}

function onProvider(provider: ProviderId): string {
  return provider === 'kubeconfig' ? 'for self-managed clusters' : `on ${provider.toUpperCase()}`;
}

function section(title: string, body: readonly string[]): string {
  return `${title}\n${body.map((lines) => lines.replace(/^/gm, '  ')).join('\n')}\n`;
}

function remedy(meta: CheckMeta, provider: ProviderId): readonly string[] {
  const { summary, commands } = meta.remediation[provider] ?? { summary: '', commands: [] };
  return [wrap(summary), ...commands.map((command) => `  ${command}`)];
}

/** Breaks between words; leaves two columns for the section's indent. */
function wrap(text: string, first = '', rest = ''): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.length + word.length > columns - 2) {
      lines.push(line.trimEnd());
      line = rest;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}
