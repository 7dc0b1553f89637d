import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Report } from '../../src/model/report.ts';
import { demoClusters } from '../demo/clusters.ts';
import { startDemo, type DemoEstate } from '../demo/start.ts';
import * as made from '../unit/engine/evidence.ts';
import { cliPath, emptyFolder, kubeperimeter, run, type Ended } from './cli.ts';

const conclusions = ({ clusters }: Report) =>
  clusters.map(({ id, exposure, endpoints }) => ({
    id,
    exposure,
    endpoints: endpoints.map((endpoint) => [
      endpoint.role,
      endpoint.exposure,
      endpoint.confirmed,
      endpoint.vantageAdmitted,
      endpoint.probe?.outcome,
    ]),
  }));

const verdicts = ({ findings }: Report) =>
  findings.map(({ fingerprint, status, severity }) => `${fingerprint} ${status} ${severity}`);

describe('a self-managed cluster in evidence', () => {
  const { account: _account, location: _location, ...own } = made.cluster('own', { provider: 'kubeconfig' });
  const access = { kind: 'unknown', settings: 'none', ranges: [], reason: 'there are none' } as const;
  const file = made.evidence({
    clusters: [
      { ...own, id: 'kubeconfig:own@own.example:443', endpoints: [made.endpoint({ access, host: 'own.example' })] },
    ],
  });

  it('is probed only where its host is said to be ours', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'own.json'), JSON.stringify(file));
    const refused = await kubeperimeter(['probe', 'own.json'], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^kubeperimeter: exit 2: --yes: .*own\.example:443\n$/);
    const dialled = ['--connect-to', 'own.example:443:127.0.0.1:9', '--resolver', '127.0.0.1:9'];
    const probed = await kubeperimeter(['probe', 'own.json', '--yes', ...dialled], { cwd });
    expect(probed).toMatchObject({ code: 0 });
    expect((JSON.parse(probed.stdout) as Evidence).probes[0]?.result).toMatchObject({
      outcome: 'closed',
      via: '127.0.0.1:9',
    });
    expect((JSON.parse(probed.stdout) as Evidence).scan.vantage.resolvers).toEqual(['127.0.0.1:9']);
  });
});

/** The source files in a module of the build, by its source map; packages, and modules that hand on others, have none. */
function sourcesOf(url: string): readonly string[] {
  const map = new URL(`${url}.map`);
  if (!url.includes('/dist/src/') || !existsSync(map)) return [];
  return (JSON.parse(readFileSync(map, 'utf8')) as { readonly sources: readonly string[] }).sources;
}

/** The machine with rights reads settings, one without looks, the first one reads settings again, and all is merged. */
describe('two machines', () => {
  const cwd = emptyFolder();
  let estate: DemoEstate;
  let probed: Ended;

  const json = (name: string): unknown => JSON.parse(readFileSync(join(cwd, name), 'utf8'));
  const scan = (...args: string[]) => kubeperimeter(['scan', ...estate.args, ...args], { cwd, env: estate.env });
  // Reading is for those who have the right to.
  const lookArgs = () => estate.args.filter((arg) => arg !== '--deep');
  const merge = async (...args: string[]) => {
    const ended = await kubeperimeter(['merge', ...args, '--format', 'json'], { cwd });
    return { ...ended, report: JSON.parse(ended.stdout) as Report };
  };

  beforeAll(async () => {
    estate = await startDemo();
    await scan('--no-probe', '--save-evidence', 'settings.json');
    const list = new URL(`loaded-modules.mjs?list=${join(cwd, 'loaded.txt')}`, import.meta.url).href;
    const bare = ['-i', process.execPath, '--import', list, cliPath];
    const args = ['probe', 'settings.json', ...lookArgs(), '--save-evidence', 'looks.json'];
    probed = await run('env', [...bare, ...args], { cwd });
    await scan('--no-probe', '--save-evidence', 'later.json');
    await scan('--format', 'json', '--output', 'one-machine.json');
  });
  afterAll(() => estate.close());

  it('the one without rights works in an empty environment', () => {
    expect(probed).toMatchObject({ code: 0, stdout: '' });
    expect(probed.stderr).toMatch(/^kubeperimeter: wrote looks\.json; exit 0: \d+ of \d+ endpoints probed\n$/);
    expect(statSync(join(cwd, 'looks.json')).mode & 0o777).toBe(0o600);
  });

  it('gives the evidence on stdout where no file is named, and exit 3 where it was ended early', async () => {
    const { code, stdout, stderr } = await kubeperimeter(
      ['probe', 'settings.json', ...lookArgs(), '--timeout', '0.1'],
      { cwd },
    );
    expect((JSON.parse(stdout) as Evidence).scan.finished).toBe(false);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^kubeperimeter: exit 3: \d+ of \d+ endpoints probed, but ended by --timeout 0\.1\n$/);
  });

  it('and loads no client of any cloud', () => {
    const loaded = readFileSync(join(cwd, 'loaded.txt'), 'utf8').trim().split('\n');
    const sources = loaded.flatMap(sourcesOf);
    expect(sources.filter((path) => path.includes('/src/probe/')).length).toBeGreaterThan(5);
    const packages = loaded.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
    expect([...new Set(packages)].toSorted()).toEqual(['commander', 'ipaddr.js', 'p-limit', 'yocto-queue']);
    const ofProviders = sources.filter((path) => path.includes('/providers/'));
    expect(ofProviders.filter((path) => /client|credential|auth|provider\.ts|session/.test(path))).toEqual([]);
  });

  it('gives evidence of its looks alone, with the settings as it was given them', () => {
    const [settings, looks] = [json('settings.json') as Evidence, json('looks.json') as Evidence];
    expect(looks.scan.id).not.toBe(settings.scan.id);
    expect(looks.scan).toMatchObject({ finished: true, probe: { enabled: true }, vantage: { name: 'demo' } });
    const readAt = settings.scan.startedAt;
    expect(looks.clusters).toEqual(settings.clusters.map((cluster) => ({ ...cluster, readAt })));
    expect(looks.coverage).toEqual(settings.coverage);
    expect(looks.probes.find(({ secondLook }) => secondLook !== undefined)?.secondLook?.settings).toBe(
      'not-read-again',
    );
  });

  it('calls no contradiction alone, nor with the settings that it was given', async () => {
    for (const files of [['looks.json'], ['settings.json', 'looks.json']]) {
      const { report } = await merge(...files);
      const ledger = report.clusters.find(({ name }) => name === 'ledger');
      expect(ledger).toMatchObject({ exposure: 'unknown' });
      expect(ledger?.endpoints[0]?.reason).toContain('merge the evidence of a later scan');
    }
  });

  it('comes to what one machine says, once the settings were read again', async () => {
    const { report } = await merge('settings.json', 'looks.json', 'later.json');
    const one = json('one-machine.json') as Report;
    expect(report.clusters.length).toBe(demoClusters.length);
    expect(conclusions(report)).toEqual(conclusions(one));
    expect(verdicts(report)).toEqual(verdicts(one));
    expect(report.coverage).toEqual(one.coverage);
    expect(report.clusters.find(({ exposure }) => exposure === 'contradiction')?.endpoints[0]).toMatchObject({
      reason: expect.stringContaining('read again afterwards were the same') as string,
      probe: {
        secondLook: { settings: 'equal-afterwards' },
        observations: [{ vantage: (json('looks.json') as Evidence).scan.id }],
      },
    });
  });

  it('is merged to the same bytes whatever the order, and merged evidence is evidence', async () => {
    await kubeperimeter(['merge', 'settings.json', 'looks.json', 'later.json', '--save-evidence', 'a.json'], { cwd });
    await kubeperimeter(['merge', 'later.json', 'looks.json', 'settings.json', '--save-evidence', 'b.json'], { cwd });
    expect(readFileSync(join(cwd, 'a.json'))).toEqual(readFileSync(join(cwd, 'b.json')));
    const rendered = await kubeperimeter(['report', 'a.json', '--format', 'json'], { cwd });
    const { stdout, code } = await merge('settings.json', 'looks.json', 'later.json');
    expect(rendered).toMatchObject({ stdout, code });
    expect(rendered.code).toBe(1);
  });
});
