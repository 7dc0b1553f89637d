import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillMarked, scanPage } from '../../docs/usage.ts';
import { configOnlyKeys, scanOptions } from '../../src/cli/scan-options.ts';

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, '../..', name), 'utf8');
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

const written = [
  'README.md',
  'SECURITY.md',
  ...['ci', 'conclusions', 'report', 'scan', 'tls', 'two-machines', 'vantage'].map((name) => `docs/${name}.md`),
];

it.each(written)('%s names only options that there are', (name) => {
  const known = new Set(scanOptions.map(({ long }) => `--${long}`));
  const named = read(name).match(/(?<![\w-])--[a-z][a-z0-9-]+/g) ?? [];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((option) => !known.has(option))).toEqual([]);
});
