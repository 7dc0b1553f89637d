import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillMarked, scanPage } from '../../docs/usage.ts';
import { configOnlyKeys, scanOptions } from '../../src/cli/scan-options.ts';

const root = join(import.meta.dirname, '../..');

function read(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

describe('the options in docs/scan.md', () => {
  const page = read('docs/scan.md');

  it('are there and fresh', () => {
    expect(page, 'run node docs/generate.ts').toBe(scanPage());
    for (const { long, help } of [...scanOptions, ...configOnlyKeys]) {
      expect(page).toMatch(new RegExp(`^\\| \`(--)?${long}[ \`].*\\| `, 'm'));
      expect(page).toContain(help);
    }
  });

  it('are written anew, and nothing else of the page is', () => {
    const stale = page.replace(/^\| `--timeout.*\n/m, '');
    expect(stale).not.toBe(page);
    expect(fillMarked(stale)).toBe(page);
  });

  it('are missed where a marker is lost', () => {
    expect(() => fillMarked('# Scanning\n')).toThrow('usage, sizes');
    expect(() => fillMarked(page + page)).toThrow('usage');
  });
});

describe('the fields in docs/json.md', () => {
  const fields = read('docs/json.md').match(/(?<=^\| `)[^`]+/gm) ?? [];

  it('are all that the schema knows', () => {
    expect(fields.length).toBeGreaterThan(150);
    expect(new Set(fields.map(lastOf))).toEqual(
      new Set(propertiesOf(JSON.parse(read('src/model/report.schema.json')))),
    );
  });

  it.each(['ci', 'conclusions', 'report', 'self-managed', 'tls', 'two-machines', 'vantage'])(
    'are those that docs/%s.md names',
    (name) => {
      const named =
        read(`docs/${name}.md`).match(/(?<=`)(?:scan|probe|coverage|posture)(?:\[\])?\.[\w.[\]]+(?=`)/g) ?? [];
      expect(named.filter((field) => !fields.map(lastOf).includes(lastOf(field)))).toEqual([]);
    },
  );
});

function lastOf(field: string): string {
  return field.replace(/\[\]$/, '').split('.').at(-1) ?? '';
}

/** The names of all properties, at any depth. */
function propertiesOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { readonly properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(propertiesOf)];
}

it.each(globSync(['*.md', 'docs/**/*.md'], { cwd: root }))('%s links to files and headings that there are', (name) => {
  const links = Array.from(read(name).matchAll(/\]\((?!https:)([^)#\s]*)(?:#([^)\s]+))?\)/g));
  const broken = links.filter(([, path = '', heading]) => {
    const target = path === '' ? name : join(dirname(name), path);
    return !existsSync(join(root, target)) || (heading !== undefined && !headingsOf(read(target)).includes(heading));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

/** As GitHub makes anchors of them. */
function headingsOf(page: string): readonly string[] {
  const headings = page.match(/(?<=^#+ ).*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

const written = [
  'README.md',
  'SECURITY.md',
  ...['ci', 'conclusions', 'report', 'scan', 'self-managed', 'tls', 'two-machines', 'vantage'].map(
    (name) => `docs/${name}.md`,
  ),
];

it.each(written)('%s names only options that there are', (name) => {
  const known = new Set(scanOptions.map(({ long }) => `--${long}`));
  const page = read(name).replaceAll('npm run --silent cli --', 'kubeperimeter');
  const named = page.match(/(?<![\w-])--[a-z][a-z0-9-]+/g) ?? [];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((option) => !known.has(option))).toEqual([]);
});
