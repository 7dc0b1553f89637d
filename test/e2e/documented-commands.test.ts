import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, kubeperimeter } from './cli.ts';

const root = join(import.meta.dirname, '../..');
const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })].map((page) =>
  readFileSync(join(root, page), 'utf8'),
);

/** The lines of code blocks that call the program, without the remark beside them. */
const commands = new Set(
  pages.flatMap((page) =>
    Array.from(
      page.matchAll(/^(?:npm run --silent cli --|kubeperimeter) (\w+.*?)(?:\s{2,}.*)?$/gm),
      ([, line = '']) => line,
    ),
  ),
);

describe('the commands in the documentation', () => {
  it('are there', () => {
    expect(commands.size).toBeGreaterThan(12);
  });

  it.each([...commands].filter((line) => line.startsWith('scan')))('%s would run', async (line) => {
    const { code, stdout, stderr } = await kubeperimeter([...line.split(' '), '--dry-run'], { cwd: emptyFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('API servers');
  });

  it.each([...commands].filter((line) => !line.startsWith('scan')))(
    '%s lacks its file and nothing else',
    async (line) => {
      const { code, stderr } = await kubeperimeter(line.split(' '), { cwd: emptyFolder() });
      expect(stderr).toMatch(/^kubeperimeter: exit 2: cannot read the evidence file /);
      expect(code).toBe(2);
    },
  );
});
