import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { cliPath, emptyFolder, kubeperimeter, run } from './cli.ts';

const file = stringify({
  'current-context': 'dev',
  clusters: [{ name: 'dev-cluster', cluster: { server: 'https://api.k8s.example:6443' } }],
  contexts: [{ name: 'dev', context: { cluster: 'dev-cluster' } }],
});

it('a kubeconfig that comes through a pipe is read once, for consent and scan', async () => {
  const text = join(emptyFolder(), 'piped.yaml');
  writeFileSync(text, file);
  const scanned = 'scan --provider kubeconfig --kubeconfig /dev/stdin --no-probe --format json';
  const { code, stdout } = await run('/bin/sh', [
    '-c',
    `cat "$0" | "$1" "$2" ${scanned}`,
    text,
    process.execPath,
    cliPath,
  ]);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as Report).clusters.map(({ name }) => name)).toEqual(['dev']);
});

describe('only where it is asked for', () => {
  const home = emptyFolder();
  mkdirSync(join(home, '.kube'));
  writeFileSync(join(home, '.kube/config'), file);
  const env = { HOME: home };

  it('a default run leaves the file in the home folder alone', async () => {
    const { code, stderr } = await kubeperimeter(['scan'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('no credentials were found for any cloud');
  });

  it.each([[['--provider', 'kubeconfig']], [['--context', 'dev']], [['--kubeconfig', join(home, '.kube/config')]]])(
    '%j reads it',
    async (args) => {
      const { stdout } = await kubeperimeter(['scan', ...args, '--no-probe', '--format', 'json'], { env });
      expect((JSON.parse(stdout) as Report).clusters.map(({ name }) => name)).toEqual(['dev']);
    },
  );

  it('no file at all is a failed scope', async () => {
    const { code, stdout } = await kubeperimeter(['scan', '--provider', 'kubeconfig', '--format', 'json']);
    expect(code).toBe(3);
    expect((JSON.parse(stdout) as Report).coverage).toMatchObject([{ provider: 'kubeconfig', status: 'failed' }]);
  });

  it('--dry-run names file and contexts, and reads neither', async () => {
    const args = ['--provider', 'kubeconfig', '--kubeconfig', '/nonexistent', '--context', 'dev', '--dry-run'];
    const { code, stdout } = await kubeperimeter(['scan', ...args]);
    expect(code).toBe(0);
    expect(stdout).toContain('kubeconfig files: /nonexistent\n  contexts: dev\n');
    expect(stdout).toContain('uses no credential');
  });
});
