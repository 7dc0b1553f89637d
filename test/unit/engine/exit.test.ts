import { describe, expect, test } from 'vitest';
import { closed, cluster, dnsEndpoint, endpoint, evidence, open, unreadable, withoutSettings } from './evidence.ts';
import { openDoor, sampleMeta } from './rules.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { exitCode } from '../../../src/engine/exit.ts';
import type { ExitRules } from '../../../src/engine/exit.ts';
import { defineCheck } from '../../../src/model/check.ts';
import type { CheckMeta } from '../../../src/model/check.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Access } from '../../../src/model/endpoint.ts';
import type { CoverageStatus, Evidence } from '../../../src/model/evidence.ts';

interface Case {
  readonly access?: Access;
  readonly state?: Cluster['state'];
  readonly provider?: Cluster['provider'];
  readonly scopes?: readonly CoverageStatus[];
  readonly scan?: Partial<Evidence['scan']>;
  readonly rules?: Partial<ExitRules>;
}

function exitOf({
  access = closed,
  state = 'running',
  provider = 'eks',
  scopes = ['complete'],
  scan = {},
  rules = {},
}: Case): string {
  const clusters = [cluster('prod', { provider, state, endpoints: [endpoint({ access })] })];
  const coverage = scopes.map(
    (status) => ({ provider: 'eks', account: '1', location: 'eu', status, clusters: 1 }) as const,
  );
  const report = evaluate(evidence({ clusters, coverage }, scan), {
    checks: [openDoor],
    providers: [sampleMeta('eks')],
  });
  const { code, why } = exitCode(report, { failOn: 'high', allowPartial: false, ...rules });
  return `${code}: ${why}`;
}

describe('exit code 0', () => {
  test.each<[string, Case, string]>([
    ['all is read and well', {}, '0: complete, no finding of severity high or worse'],
    [
      'the finding is milder',
      { access: open, rules: { failOn: 'critical' } },
      '0: complete, no finding of severity critical or worse',
    ],
    [
      'findings do not count',
      { access: open, rules: { failOn: 'none' } },
      '0: complete, findings do not fail this run',
    ],
    [
      'a skipped cloud is no gap',
      { scopes: ['complete', 'skipped'] },
      '0: complete, no finding of severity high or worse',
    ],
    [
      'a stopped cluster of unknown exposure',
      { access: unreadable, state: 'stopped' },
      '0: complete, no finding of severity high or worse',
    ],
    [
      'a self-managed cluster, of which no settings could tell',
      { access: withoutSettings, state: 'unknown', provider: 'kubeconfig' },
      '0: complete, no finding of severity high or worse',
    ],
    [
      'one being created',
      { access: unreadable, state: 'creating' },
      '0: complete, no finding of severity high or worse',
    ],
    [
      'one being deleted',
      { access: unreadable, state: 'deleting' },
      '0: complete, no finding of severity high or worse',
    ],
    [
      'gaps are allowed',
      { scopes: ['failed'], rules: { allowPartial: true } },
      '0: no finding of severity high or worse, and incompleteness is allowed: 1 scope failed',
    ],
  ])('%s', (_, given, expected) => {
    expect(exitOf(given)).toBe(expected);
  });
});

describe('exit code 1', () => {
  test.each<[string, Case]>([
    ['at the threshold', { access: open }],
    ['above it', { access: open, rules: { failOn: 'info' } }],
    ['also when scopes failed', { access: open, scopes: ['failed'] }],
    ['also when gaps are allowed', { access: open, rules: { allowPartial: true } }],
  ])('%s', (_, given) => {
    expect(exitOf(given)).toBe(`1: 1 finding of severity ${given.rules?.failOn ?? 'high'} or worse`);
  });

  test('is for fails alone: what could not be told is code 3', () => {
    expect(exitOf({ access: unreadable })).toMatch(/^3: /);
  });
});

describe('exit code 3', () => {
  const start = '3: no finding of severity high or worse, but not everything could be told: ';
  test.each<[string, Case, string]>([
    ['failed scopes', { scopes: ['complete', 'failed', 'failed'] }, '2 scopes failed'],
    ['a partial scope', { scopes: ['partial'] }, '1 scope read in part'],
    ['no scope', { scopes: [] }, 'no scope was read'],
    ['skipped scopes alone', { scopes: ['skipped'] }, 'no scope was read'],
    ['an unknown exposure', { access: unreadable }, '1 cluster of unknown exposure'],
    ['the same of a failed cluster', { access: unreadable, state: 'failed' }, '1 cluster of unknown exposure'],
    ['the same of one being updated', { access: unreadable, state: 'updating' }, '1 cluster of unknown exposure'],
    ['an interrupted scan', { scan: { finished: false } }, 'the scan was ended early'],
    [
      'several gaps',
      { access: unreadable, scopes: ['failed', 'partial'] },
      '1 scope failed, 1 scope read in part, 1 cluster of unknown exposure',
    ],
  ])('%s', (_, given, expected) => {
    expect(exitOf(given)).toBe(start + expected);
  });

  test.each<[string, Cluster['state'], number]>([
    ['running', 'running', 3],
    ['stopped', 'stopped', 0],
  ])('an unknown endpoint behind a broad one, of a %s cluster', (_, state, code) => {
    const endpoints = [
      endpoint({ access: unreadable }),
      dnsEndpoint(open),
      endpoint({ role: 'private', access: unreadable }),
    ];
    const found = evidence({ clusters: [cluster('prod', { provider: 'gke', state, endpoints })] });
    const report = evaluate(found, { checks: [], providers: [sampleMeta('gke')] });
    expect(report.clusters[0]?.exposure).toBe('broad');
    expect(exitCode(report, { failOn: 'high', allowPartial: false })).toMatchObject({ code });
    const [, ...known] = endpoints;
    const told = evaluate(evidence({ clusters: [cluster('prod', { provider: 'gke', endpoints: known })] }), {
      checks: [],
      providers: [sampleMeta('gke')],
    });
    expect(exitCode(told, { failOn: 'high', allowPartial: false })).toMatchObject({ code: 0 });
  });

  test('a check that failed: what it is about was not judged', () => {
    const broken = defineCheck(openDoor.meta as CheckMeta & { readonly subject: 'endpoint' }, () => {
      throw new Error('a bug');
    });
    const found = evidence({ clusters: [cluster('prod', { endpoints: [endpoint({ access: open })] })] });
    const report = evaluate(found, { checks: [broken], providers: [sampleMeta('eks')] });
    expect(exitCode(report, { failOn: 'high', allowPartial: false })).toEqual({
      code: 3,
      why: `${start.slice(3)}1 internal error, see the issues`,
    });
  });

  test('also when findings do not count', () => {
    expect(exitOf({ access: open, scopes: ['failed'], rules: { failOn: 'none' } })).toBe(
      '3: findings do not fail this run, but not everything could be told: 1 scope failed',
    );
  });
});
