import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exposures } from '../../src/model/endpoint.ts';
import type { Report } from '../../src/model/report.ts';
import { demoClusters } from '../demo/clusters.ts';
import { startDemo, type DemoEstate } from '../demo/start.ts';
import { emptyFolder, kubeperimeter, type Ended } from './cli.ts';

describe('a scan of three clouds', () => {
  const folder = emptyFolder();
  let estate: DemoEstate;
  let ended: Ended;
  let report: Report;

  beforeAll(async () => {
    estate = await startDemo();
    const outputs = ['--format', 'json', '--format', 'html', '--output', 'out/', '--save-evidence', 'evidence.json'];
    ended = await kubeperimeter(['scan', ...estate.args, ...outputs], { env: estate.env, cwd: folder });
    report = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as Report;
  });
  afterAll(() => estate.close());

  it('fails the run for its findings, and says so in one line', () => {
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/^kubeperimeter: wrote out\/report\.json, out\/report\.html; exit 1: .*high.*\n$/);
  });

  it.each(demoClusters)('says of $name: $exposure, $outcome', ({ name, exposure, outcome }) => {
    const cluster = report.clusters.find((candidate) => candidate.name === name);
    const decisive = cluster?.endpoints.find((endpoint) => endpoint.exposure === exposure) ?? cluster?.endpoints[0];
    expect(cluster?.exposure).toBe(exposure);
    expect(decisive?.probe?.outcome).toBe(outcome);
  });

  it('shows every exposure, and at least twelve outcomes on at least twenty clusters', () => {
    const endpoints = report.clusters.flatMap((cluster) => cluster.endpoints);
    expect(report.clusters.length).toBeGreaterThanOrEqual(20);
    expect(new Set(report.clusters.map(({ exposure }) => exposure))).toEqual(new Set(exposures));
    expect(new Set(endpoints.map(({ probe }) => probe?.outcome)).size).toBeGreaterThanOrEqual(12);
  });

  it('shows the other ways in that --deep reads, and what they come to', () => {
    const named = (id: string) => report.findings.filter(({ checkId, status }) => checkId === id && status === 'fail');
    const ids = ['argocd-open', 'foreign-private-endpoint', 'trusted-access'];
    expect(ids.flatMap(named).map(({ clusterId }) => clusterId.split('/').at(-1))).toEqual([
      'payments',
      'vault',
      'vault',
    ]);
    expect(report.scan.notSeen.map(({ what }) => what).join()).not.toMatch(/Argo CD|private endpoint conn|trusted/);
  });

  it('keeps the refused region as a failed scope', () => {
    const row = report.coverage.find(({ location }) => location === 'me-south-1');
    expect(row).toMatchObject({ provider: 'eks', status: 'failed', clusters: 0 });
    expect(report.scan.complete).toBe(false);
  });

  it('leaves whole files for the owner alone, and nothing else', () => {
    expect(readdirSync(folder).toSorted()).toEqual(['evidence.json', 'out']);
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(['report.html', 'report.json']);
    for (const file of ['evidence.json', 'out/report.html', 'out/report.json']) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('renders saved evidence again to the same bytes, without any environment', async () => {
    const again = await kubeperimeter(
      ['report', 'evidence.json', '--format', 'json', '--format', 'html', '--output', 'again'],
      {
        cwd: folder,
      },
    );
    expect(again.code).toBe(1);
    for (const name of ['report.json', 'report.html']) {
      expect(readFileSync(join(folder, 'again', name))).toEqual(readFileSync(join(folder, 'out', name)));
    }
  });

  it('writes no credential anywhere', () => {
    const written = ['evidence.json', 'out/report.json', 'out/report.html'].map((file) =>
      readFileSync(join(folder, file), 'utf8'),
    );
    for (const text of [...written, ended.stderr]) {
      expect(text).not.toMatch(/example-secret|AKIAEXAMPLE|emulated-token|PRIVATE KEY|activation-code/);
    }
  });
});
