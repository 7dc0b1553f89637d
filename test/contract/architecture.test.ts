import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { providers } from '../../providers/index.ts';
import { metas } from '../../providers/metas.ts';
import { providerIds } from '../../src/model/provider.ts';

/** What a part may import: paths of this repository without their ending, `node:` modules, and packages. */
interface Rule {
  readonly from: readonly string[];
  readonly own: readonly string[];
  readonly node: 'all' | readonly string[];
  readonly packages: 'all' | readonly string[];
  /** Pure parts judge and render: the same input gives the same bytes, so no clock, chance, network or console. */
  readonly isPure?: true;
}

const provider = (id: string, ...packages: readonly string[]): Rule => ({
  from: [`providers/${id}`],
  own: [`providers/${id}`, 'providers/lib', 'src/model', 'src/lib'],
  node: 'all',
  packages,
});

/** The first rule whose `from` a file lies in holds for it. */
const table: readonly Rule[] = [
  { from: ['src/model'], own: ['src/model'], node: [], packages: [], isPure: true },
  { from: ['src/lib'], own: ['src/lib'], node: 'all', packages: 'all' },
  {
    from: ['src/checks'],
    own: ['src/checks', 'src/model', 'src/lib/cidr', 'src/lib/text'],
    node: [],
    packages: [],
    isPure: true,
  },
  // Collecting is the engine's only part that takes the outside world, and it takes it as an argument.
  { from: ['src/engine'], own: ['src/engine', 'src/model', 'src/lib'], node: [], packages: [], isPure: true },
  // No provider, so no credential can be in reach of what talks to strangers.
  { from: ['src/probe'], own: ['src/probe', 'src/model', 'src/lib'], node: 'all', packages: [] },
  provider('eks', '@aws-sdk/', 'https-proxy-agent', 'proxy-from-env'),
  provider('gke', '@google-cloud/', 'google-auth-library'),
  provider('aks', '@azure/'),
  provider('kubeconfig', '@kubernetes/client-node/', 'yaml'),
  { from: ['providers/lib'], own: ['providers/lib', 'src/model', 'src/lib'], node: 'all', packages: [] },
  { from: ['providers/index', 'providers/metas'], own: ['providers', 'src/model'], node: [], packages: [] },
  {
    from: ['reports'],
    own: ['reports', 'src/model', 'src/lib/text'],
    node: ['node:crypto'],
    packages: [],
    isPure: true,
  },
  { from: ['src/cli', 'src/index'], own: ['src', 'providers', 'reports'], node: 'all', packages: 'all' },
];

const root = join(import.meta.dirname, '../..');
const files = globSync('{src,providers,reports}/**/*.ts', { cwd: root }).toSorted();

/** Static and dynamic imports, re-exports, and types of a module. */
const imports = /(?:\bfrom\s+|\bimport\s*\(?\s*)(['"`])([^'"`\n]+)\1/g;
/** Text that a browser runs, on the page that a report is. */
const pageScripts: readonly string[] = ['reports/html/script.ts'];

const outsideWorld =
  /\b(?:Date\.now|new Date\(\)|performance\.|Math\.random|crypto\.|fetch\(|setTimeout|process\.|console\.)/;

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
}

function importsOf(file: string): readonly string[] {
  return [...read(file).matchAll(imports)].map(([, , name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  );
}

function isWithin(path: string, part: string): boolean {
  return path === part || path.startsWith(`${part}/`) || path.startsWith(`${part}.`);
}

function ruleFor(file: string): Rule | undefined {
  return table.find(({ from }) => from.some((part) => isWithin(file, part)));
}

function isAllowed({ own, node, packages }: Rule, name: string): boolean {
  if (name.startsWith('node:')) return node === 'all' || node.includes(name);
  if (/^(?:src|providers|reports|test|bench|docs)\//.test(name)) return own.some((part) => isWithin(name, part));
  return (
    packages === 'all' || packages.some((known) => (known.endsWith('/') ? name.startsWith(known) : name === known))
  );
}

describe('the import table', () => {
  test('sees the files', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => ruleFor(file) === undefined)).toEqual([]);
    expect(table.filter((rule) => !files.some((file) => ruleFor(file) === rule))).toEqual([]);
  });

  test('sees static, dynamic and type imports', () => {
    expect(importsOf('src/engine/evaluate.ts')).toContain('src/model/report.ts');
    expect(importsOf('providers/gke/client.ts')).toContain('@google-cloud/container');
    expect(files.flatMap(importsOf).length).toBeGreaterThan(400);
  });

  test.each(table)('holds for $from', (rule) => {
    const own = files.filter((file) => ruleFor(file) === rule);
    const broken = own.flatMap((file) =>
      importsOf(file)
        .filter((name) => !isAllowed(rule, name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(broken).toEqual([]);
  });

  test.each(table.filter(({ isPure }) => isPure === true))('$from has no clock, chance, network or console', (rule) => {
    const own = files.filter((file) => ruleFor(file) === rule && !pageScripts.includes(file));
    const impure = own.filter((file) => outsideWorld.test(read(file)));
    expect(impure).toEqual([]);
  });
});

/** All that a file may come to load: its imports, static and dynamic, and theirs. */
function reachableFrom(file: string, found: Set<string> = new Set()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  if (files.includes(file)) for (const name of importsOf(file)) reachableFrom(name, found);
  return found;
}

describe('the command for machines without rights', () => {
  const reachable = [...reachableFrom('src/cli/probe.ts')];

  test('has no client of any cloud in reach', () => {
    expect(reachable).toContain('src/probe/index.ts');
    const packages = reachable.filter((name) => !name.startsWith('node:') && !files.includes(name));
    expect(packages.toSorted()).toEqual(['commander', 'ipaddr.js', 'p-limit', 'yaml']);
    expect(
      reachable.filter((name) => /^providers\/.*\b(?:index|client|provider|auth|credentials?)\.ts$/.test(name)),
    ).toEqual([]);
  });

  test('where that of scan has them all', () => {
    const all = [...reachableFrom('src/cli/scan.ts')];
    for (const name of ['@aws-sdk/client-eks', '@google-cloud/container', '@azure/identity'])
      expect(all).toContain(name);
  });

  test('knows the static facts of every provider', () => {
    expect(Object.values(metas)).toEqual(providers.map(({ meta }) => meta));
    expect(Object.keys(metas)).toEqual(providerIds);
  });
});

test.each([
  ['src/engine', 'node:fs', false],
  ['src/engine', 'p-limit', false],
  ['src/engine', 'src/probe/index.ts', false],
  ['src/engine', 'src/lib/cidr.ts', true],
  ['src/checks', 'src/lib/cidr.ts', true],
  ['src/checks', 'src/lib/limit.ts', false],
  ['src/checks', 'src/engine/exposure.ts', false],
  ['src/probe', 'providers/eks/index.ts', false],
  ['src/probe', 'node:tls', true],
  ['providers/eks', '@aws-sdk/client-eks', true],
  ['providers/eks', '@azure/identity', false],
  ['providers/eks', 'providers/gke/map.ts', false],
  ['reports', 'node:crypto', true],
  ['reports', 'node:fs', false],
  ['src/model', 'src/lib/cidr.ts', false],
])('%s may import %s: %s', (from, name, expected) => {
  const rule = ruleFor(`${from}/any.ts`);
  expect(rule && isAllowed(rule, name)).toBe(expected);
});
