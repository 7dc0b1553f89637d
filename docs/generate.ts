/**
 * Writes what the documentation takes from the code: a page for each check, their list, the permissions of each cloud, the options, the fields of the JSON report.
 * `node docs/generate.ts` refreshes the files, `node docs/generate.ts --check` names the stale ones and fails.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../src/checks/index.ts';
import { appliesTo, facts } from '../src/checks/render.ts';
import type { Check, CheckMeta } from '../src/model/check.ts';
import type { ProviderId, ProviderMeta } from '../src/model/provider.ts';
import { table } from './table.ts';
import { fieldsPage } from './fields.ts';
import { scanPage } from './usage.ts';

const folder = import.meta.dirname;
const notice = '<!-- Written by docs/generate.ts; change the code and run it again. -->\n';

/** The generated pages by their path below `docs`. */
type Pages = ReadonlyMap<string, string>;

export function checkPages(all: readonly Check[]): Pages {
  const pages = all.map(({ meta }) => [`checks/${meta.id}.md`, checkPage(meta)] as const);
  return new Map([['checks/README.md', checkList(all)], ...pages]);
}

function checkList(all: readonly Check[]): string {
  const rows = all.map(({ meta }) => [
    `[${meta.id}](${meta.id}.md)`,
    meta.title,
    meta.severity,
    `each ${meta.subject}`,
    clouds(meta),
  ]);
  return [
    `${notice}# Checks\n`,
    'Each check looks at a cluster or at one of its endpoints and comes to a verdict: pass, fail, unknown or not applicable.',
    '"Unknown" is never a pass. `kubeperimeter explain <id>` prints the same text as these pages.\n',
    ...table(['Check', 'Fails for', 'Severity', 'Looks at', 'Clouds'], rows),
    '',
  ].join('\n');
}

function checkPage(meta: CheckMeta): string {
  const messages = Object.entries(meta.messages).map(([id, text]) => `- \`${id}\`: ${text}`);
  return [
    `${notice}# ${meta.title}\n`,
    `${facts(meta)} · ${clouds(meta)}\n`,
    `## Why it matters\n\n${meta.rationale}\n`,
    `## What it reports\n\nWords in braces are filled in.\n\n${messages.join('\n')}\n`,
    '## What to do\n',
    ...appliesTo(meta).map((provider) => remedy(meta, provider)),
    `## References\n\n${meta.references.map((url) => `- <${url}>`).join('\n')}\n`,
  ].join('\n');
}

function remedy(meta: CheckMeta, provider: ProviderId): string {
  const { summary, commands } = meta.remediation[provider] ?? { summary: '', commands: [] };
  return `### ${wordFor(provider)}\n\n${summary}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`;
}

function clouds(meta: CheckMeta): string {
  return appliesTo(meta).map(wordFor).join(', ');
}

function wordFor(provider: ProviderId): string {
  return provider === 'kubeconfig' ? 'Self-managed' : provider.toUpperCase();
}

export function permissionsPage(providers: readonly ProviderMeta[]): string {
  return [
    `${notice}# Permissions\n`,
    'All of them only read, and none lets anyone into a cluster: the probe carries no credentials.\n',
    'Those marked `--deep` are asked for by that option alone. It costs one or two more calls a cluster. What it is refused is an issue for each cluster, which the text and the HTML report show as one line, and makes the scope partial: it was asked for, and not seen.\n',
    ...providers.flatMap(permissionsOf),
  ].join('\n');
}

function permissionsOf(meta: ProviderMeta): readonly string[] {
  const rows = meta.permissions.map(({ name, why, without, deep }) => [
    `\`${name}\`${deep ? ' (`--deep` only)' : ''}`,
    why,
    without ?? 'nothing of this cloud can be read',
  ]);
  return [
    `## ${meta.title}\n`,
    ...table(['Permission', 'What for', 'Without it'], rows),
    '\nWhat they cannot show:\n',
    ...meta.notSeen.map((what) => `- ${what}`),
    ...(meta.seenDeep ?? []).map((what) => `- without \`--deep\`: ${what}`),
    `\nTo sign in: ${meta.signIn}\n`,
  ];
}

/** Paths below `docs` whose text differs, is missing, or belongs to no check any more. */
export function stalePaths(pages: Pages): readonly string[] {
  const differing = [...pages].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => path);
  return [...differing, ...orphans(pages)];
}

function orphans(pages: Pages): readonly string[] {
  const there = existsSync(join(folder, 'checks')) ? readdirSync(join(folder, 'checks')) : [];
  return there.map((name) => `checks/${name}`).filter((path) => !pages.has(path));
}

function readIfThere(path: string): string | undefined {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
}

function refresh(pages: Pages): void {
  mkdirSync(join(folder, 'checks'), { recursive: true });
  for (const path of orphans(pages)) rmSync(join(folder, path));
  for (const [path, text] of pages) writeFileSync(join(folder, path), text);
}

if (import.meta.main) {
  // Loaded here alone, so that the pages of the checks can be made without the clouds.
  const { providers } = await import('../providers/index.ts');
  const permissions = permissionsPage(providers.map(({ meta }) => meta));
  const pages: Pages = new Map([
    ...checkPages(checks),
    ['json.md', fieldsPage(notice)],
    ['permissions.md', permissions],
    ['scan.md', scanPage()],
  ]);
  const stale = process.argv.includes('--check') ? stalePaths(pages) : [];
  if (!process.argv.includes('--check')) refresh(pages);
  for (const path of stale) process.stderr.write(`docs/${path} is stale: run node docs/generate.ts\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}
