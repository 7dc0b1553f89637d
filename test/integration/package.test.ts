import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import type { Report } from '../../src/model/report.ts';
import { tool } from '../../src/model/tool.ts';
import { startDemo, type DemoEstate } from '../demo/start.ts';
import { demoClusters } from '../demo/clusters.ts';
import { emptyFolder, run } from '../e2e/cli.ts';
import { cached } from './components/process.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

describe('the packed tarball, installed in an empty folder', () => {
  const folder = emptyFolder();
  const program = join(folder, 'node_modules/.bin/kubeperimeter');
  let estate: DemoEstate;
  let tarball: string;

  beforeAll(async () => {
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: checkout,
      encoding: 'utf8',
    });
    const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('['))) as [{ filename: string }];
    tarball = join(folder, filename);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', tarball], { cwd: folder });
    estate = await startDemo(demoClusters.filter(({ name }) => ['shop-prod', 'web', 'crm'].includes(name)));
  });
  afterAll(() => estate.close());

  const nodes = [
    ['22.12', dirname(cached('node-22.12.0/node_modules/.bin/node'))],
    ['24', dirname(process.execPath)],
  ] as const;

  it.each(nodes)('runs on Node %s', async (version, bin) => {
    const path = [bin, process.env['PATH']].join(delimiter);
    const env = { ...estate.env, PATH: [bin, estate.env['PATH']].join(delimiter) };
    expect((await run('node', ['--version'], { env: { PATH: path } })).stdout).toMatch(new RegExp(`^v${version}\\.`));
    expect((await run(program, ['--version'], { env: { PATH: path } })).stdout).toBe(`${tool.version}\n`);
    const ended = await run(program, ['scan', ...estate.args, '--fail-on', 'none', '--format', 'json'], {
      env,
      cwd: folder,
    });
    expect(ended.stderr).toMatch(/exit 3: .*1 scope failed/);
    const report = JSON.parse(ended.stdout) as Report;
    expect(report.clusters.map(({ name, endpoints }) => [name, endpoints[0]?.probe?.outcome])).toEqual([
      ['crm', 'anonymous-disabled'],
      ['shop-prod', 'anonymous-health-only'],
      ['web', 'discovery-exposed'],
    ]);
  });

  it('has what its package.json promises, where it promises it', async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball));
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  it('gives code what it gives the command line', async () => {
    const printing =
      "import * as api from 'kubeperimeter'; console.log(api.checks.length, typeof api.collect, typeof api.evaluate)";
    const ended = await run('node', ['--input-type=module', '-e', printing], { cwd: folder });
    expect(ended.stdout).toBe(`${checks.length} function function\n`);
  });

  it('carries the schema that reports are valid by, and no test', () => {
    const schema: unknown = JSON.parse(
      readFileSync(join(folder, 'node_modules/kubeperimeter/src/model/report.schema.json'), 'utf8'),
    );
    expect(schema).toHaveProperty('$schema');
    expect(() => readFileSync(join(folder, 'node_modules/kubeperimeter/dist/test/demo.js'))).toThrow('ENOENT');
  });
});
