import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPages, permissionsPage, stalePaths } from '../../docs/generate.ts';
import { checks } from '../../src/checks/index.ts';
import { appliesTo, explainCheck, renderCheckList } from '../../src/checks/render.ts';
import type { CheckMeta } from '../../src/model/check.ts';
import type { Severity } from '../../src/model/severity.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'src/checks');
const metas: readonly CheckMeta[] = checks.map(({ meta }) => meta);

/** Written out from the report's contract, not taken from the code. */
const severities: Readonly<Record<string, Severity>> = {
  'admin-exposed': 'critical',
  'anonymous-access-wide': 'medium',
  'anonymous-auth-not-limited': 'low',
  'argocd-open': 'low',
  'bootstrap-info-readable': 'info',
  'broad-allow-list': 'medium',
  'certificate-expiring': 'low',
  'cloud-wide-source': 'high',
  contradiction: 'high',
  'could-not-verify': 'medium',
  'data-exposed': 'high',
  'discovery-exposed': 'medium',
  'dns-endpoint-external': 'low',
  'exposed-ports': 'medium',
  'foreign-certificate': 'medium',
  'foreign-private-endpoint': 'medium',
  'health-paths-answered': 'info',
  'no-private-endpoint': 'low',
  'open-endpoint': 'high',
  'run-command-open': 'high',
  'self-signed-certificate': 'low',
  'tls-legacy-version': 'medium',
  'tls-verification-skipped': 'medium',
  'trusted-access': 'low',
  'unauthenticated-bindings': 'low',
  'version-disclosed': 'low',
  'weak-certificate': 'medium',
  'weak-cipher': 'low',
};

const placeholders = ['name', 'location', 'account', 'resourceGroup', 'host', 'port'];

function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function commandsOf(meta: CheckMeta): readonly string[] {
  return appliesTo(meta).flatMap((provider) => meta.remediation[provider]?.commands ?? []);
}

test('every file is a check of that name, and every check is registered in order', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !['index.ts', 'render.ts'].includes(name));
  expect(files.length).toBeGreaterThan(10);
  expect(metas.map(({ id }) => `${id}.ts`)).toEqual(files.toSorted());
});

test('every check has a severity in the contract', () => {
  expect(Object.fromEntries(metas.map(({ id, severity }) => [id, severity]))).toEqual(severities);
});

describe.each(metas.map((meta) => [meta.id, meta] as const))('%s', (id, meta) => {
  test('has a table of verdicts, which sees to its messages', () => {
    const file = join(root, 'test/unit/checks', `${id}.test.ts`);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : `${file} is missing`).toMatch(/^testCheck\(/m);
  });

  test('speaks in whole sentences', () => {
    const remedies = appliesTo(meta).map((provider) => meta.remediation[provider]?.summary ?? '');
    const sentences = [meta.rationale, ...Object.values(meta.messages), ...remedies];
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z{"].*[^.]\.$/);
    expect(meta.title).toMatch(/^[A-Z].*[^.]$/);
    const count = meta.rationale.split(/\.\s/).length;
    expect(count, 'two or three sentences').toBeGreaterThanOrEqual(2);
    expect(count, 'two or three sentences').toBeLessThanOrEqual(3);
  });

  test('uses placeholders that the engine fills', () => {
    const known =
      meta.subject === 'endpoint' ? placeholders : placeholders.filter((name) => name !== 'host' && name !== 'port');
    for (const command of commandsOf(meta)) expect(known).toEqual(expect.arrayContaining([...placeholdersOf(command)]));
  });

  test('names the cluster in full', () => {
    const scope = { eks: ['location', 'name'], gke: ['name', 'location', 'account'] } as const;
    const full = { ...scope, aks: ['account', 'resourceGroup', 'name'], kubeconfig: ['name'] } as const;
    for (const provider of appliesTo(meta)) {
      const cloud = (meta.remediation[provider]?.commands ?? []).filter((line) => /^(aws|gcloud|az) /.test(line));
      for (const command of cloud) expect(placeholdersOf(command)).toEqual([...full[provider]]);
    }
  });

  test('offers something to do on every cloud that it applies to', () => {
    expect(appliesTo(meta).length).toBeGreaterThan(0);
    for (const provider of appliesTo(meta)) expect(meta.remediation[provider]?.commands).not.toEqual([]);
  });

  test('refers to pages by https', () => {
    expect(meta.references.length).toBeGreaterThan(0);
    for (const url of meta.references) expect(new URL(url).protocol).toBe('https:');
  });

  test('is explained within 80 columns but for commands and links', () => {
    const check = checks.find((other) => other.meta === meta);
    const text = check ? explainCheck(check) : '';
    const commands = commandsOf(meta).map((command) => `    ${command}`);
    const long = text
      .split('\n')
      .filter((line) => line.length > 80 && !commands.includes(line) && !line.startsWith('  https://'));
    expect(long).toEqual([]);
    for (const line of [...commands, meta.title, ...meta.references]) expect(text).toContain(line);
    // Wrapping moves words to other lines and loses none.
    const flat = text.replaceAll(/\s+/g, ' ');
    for (const words of [meta.rationale, ...Object.values(meta.messages)]) expect(flat).toContain(words);
  });
});

test('a contradiction, a doubt and a stranger offer commands that change nothing', () => {
  const verifying = metas.filter(({ id }) => /^(contradiction|could-not-verify|foreign-certificate)$/.test(id));
  const commands = verifying.flatMap(commandsOf);
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) expect(command).not.toMatch(/update|delete|edit|create|--disable|--enable|apply/);
});

test('the list has a line for each check, within 100 columns', () => {
  const lines = renderCheckList(checks).trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(metas.map(({ id }) => id));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
});

test('checks import themselves, the model and two pure helpers, and nothing else', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const statement = /^(?:import|export)[^;]*? from '([^']+)';$|\bimport\(/gm;
  const imports = files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(statement)].map(([, from = 'import()']) => from),
  );
  expect(imports.length).toBeGreaterThan(50);
  const allowed = /^(\.\.\/)+(model\/[\w-]+|lib\/(cidr|text))\.ts$|^\.\/[\w/-]+\.ts$/;
  expect(imports.filter((from) => !allowed.test(from))).toEqual([]);
  for (const name of files) {
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/console|process\.|Date\.now|new Date\(|Math\.random/);
  }
});

describe('generated documentation', () => {
  test('the pages of the checks are there and fresh', () => {
    expect(stalePaths(checkPages(checks)), 'run node docs/generate.ts').toEqual([]);
  });

  test('a stale page is noticed', () => {
    const [first = ['', ''] as const, ...rest] = checkPages(checks);
    expect(stalePaths(new Map([...rest, [first[0], `${first[1]}more`]]))).toEqual([first[0]]);
    expect(stalePaths(new Map(rest)), 'a page of no check').toEqual([first[0]]);
  });

  test('the permissions are there and fresh', async () => {
    const { providers } = await import('../../providers/index.ts');
    const page = permissionsPage(providers.map(({ meta }) => meta));
    expect(readFileSync(join(root, 'docs/permissions.md'), 'utf8')).toBe(page);
  });
});
