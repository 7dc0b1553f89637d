import { describe, expect, test } from 'vitest';
import {
  allowList,
  answer,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  evidence,
  open,
  probe,
  silence,
  unreadable,
  vantage,
} from './evidence.ts';
import { sampleChecks, sampleMeta } from './rules.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { parseEvidence } from '../../../src/engine/load-evidence.ts';
import type { CoverageRow, Evidence } from '../../../src/model/evidence.ts';
import { providerIds } from '../../../src/model/provider.ts';

const rules = { checks: sampleChecks, providers: providerIds.map(sampleMeta) };

const rows: readonly CoverageRow[] = (['complete', 'partial', 'failed', 'skipped', 'complete'] as const).map(
  (status) => ({
    provider: 'eks',
    account: '1234',
    location: 'eu-1',
    status,
    clusters: 1,
  }),
);

function rich(): Evidence {
  const clusters = [
    cluster('restricted'),
    cluster('open', { endpoints: [endpoint({ access: open })], version: '1.33' }),
    cluster('closed', { endpoints: [endpoint({ access: closed })] }),
    cluster('gone', { state: 'unknown', undescribed: 'refused', endpoints: [endpoint({ access: unreadable })] }),
    cluster('listed', { state: 'external', endpoints: [] }),
    cluster('dns', { provider: 'gke', endpoints: [endpoint(), dnsEndpoint(open)] }),
    cluster('aks', { provider: 'aks', resourceGroup: 'group', endpoints: [endpoint({ access: allowList([]) })] }),
  ];
  const probes = [probe(clusters[0]!, silence()), probe(clusters[1]!, answer()), probe(clusters[2]!, answer())];
  return evidence({ clusters, probes, coverage: rows, issues: [{ code: 'forbidden', message: 'no' }] });
}

describe('the report', () => {
  test('is the same, byte for byte, of the same evidence, of loaded evidence, and in whatever order it was collected', () => {
    const found = rich();
    const report = JSON.stringify(evaluate(found, rules));
    expect(JSON.stringify(evaluate(found, rules))).toBe(report);
    const loaded = parseEvidence(JSON.stringify(found), 'evidence.json');
    expect(JSON.stringify(evaluate(loaded, rules))).toBe(report);
    const turned = { ...found, clusters: found.clusters.toReversed(), probes: found.probes.toReversed() };
    expect(JSON.stringify(evaluate(turned, rules))).toBe(report);
  });

  test('holds no null and no empty string', () => {
    const values: unknown[] = [];
    JSON.stringify(evaluate(rich(), rules), (_, value: unknown) => {
      values.push(value);
      return value;
    });
    expect(values.filter((value) => value === null || value === '' || value === undefined)).toEqual([]);
    expect(values.length).toBeGreaterThan(500);
  });

  test('counts', () => {
    expect(evaluate(rich(), rules).summary).toEqual({
      clusters: 7,
      byExposure: {
        contradiction: 0,
        exposed: 1,
        broad: 1,
        unknown: 2,
        restricted: 2,
        private: 0,
        'not-applicable': 1,
      },
      bySeverity: { critical: 2, high: 1, medium: 0, low: 0, info: 5 },
      scopes: { complete: 2, partial: 1, failed: 1, skipped: 1 },
    });
  });

  test('lists the worst exposure first, then by id', () => {
    const { clusters } = evaluate(rich(), rules);
    expect(clusters.map(({ name, exposure }) => `${exposure} ${name}`)).toEqual([
      'exposed open',
      'broad dns',
      'unknown closed',
      'unknown gone',
      'restricted aks',
      'restricted restricted',
      'not-applicable listed',
    ]);
  });

  test('says what the vantage was, and nothing of what only judging needs', () => {
    expect(evaluate(rich(), rules).scan).toEqual({
      id: '7e7d0000-0000-4000-8000-000000000000',
      startedAt: '2026-03-01T10:00:00.000Z',
      finishedAt: '2026-03-01T10:05:00.000Z',
      complete: false,
      vantage: { name: 'office', kind: 'outside', addresses: ['198.51.100.7'], cloud: 'none', intercepted: false },
      probe: { enabled: true },
      notSeen: [],
    });
  });

  test('carries the words of the checks once, sorted', () => {
    expect(evaluate(rich(), rules).checks.map(({ id }) => id)).toEqual(['answered', 'open-door', 'unlogged']);
    expect(evaluate(evidence(), rules).checks).toEqual([]);
  });

  test('of a provider that is not known here lacks the log query, and is whole otherwise', () => {
    const { clusters } = evaluate(rich(), { ...rules, providers: [] });
    expect(clusters[0]?.endpoints[0]?.probe).not.toHaveProperty('logQuery');
  });

  test('takes time from the evidence, never from a clock', () => {
    const seen: Date[] = [];
    const check = {
      ...sampleChecks[0]!,
      evaluate: (_: unknown, { now }: { now: Date }) => (seen.push(now), { status: 'pass' }),
    };
    evaluate(rich(), { ...rules, checks: [check as (typeof sampleChecks)[number]] });
    expect(seen[0]?.toISOString()).toBe('2026-03-01T10:05:00.000Z');
  });
});

describe('a scan is complete', () => {
  test.each<[boolean, CoverageRow['status'][], boolean]>([
    [true, ['complete'], true],
    [true, ['complete', 'skipped'], true],
    [false, [], true],
    [false, ['skipped'], true],
    [false, ['complete', 'partial'], true],
    [false, ['complete', 'failed'], true],
    [false, ['complete'], false],
  ])('%s for %j, finished: %s', (expected, statuses, finished) => {
    const coverage = statuses.map((status) => ({ ...rows[0]!, status }));
    expect(evaluate(evidence({ coverage }, { finished, vantage: vantage() }), rules).scan.complete).toBe(expected);
  });
});

test('ten thousand clusters are judged in seconds', () => {
  const clusters = Array.from({ length: 10_000 }, (_, index) =>
    cluster(`c${index}`, {
      endpoints: [endpoint({ access: allowList(['203.0.113.0/24', `198.51.${index % 256}.0/24`]) })],
    }),
  );
  const start = performance.now();
  const report = evaluate(evidence({ clusters }), rules);
  expect(report.findings).toHaveLength(30_000);
  // Measured at 0.3 s; a judgement that reads the whole run for each endpoint takes minutes.
  expect(performance.now() - start).toBeLessThan(10_000);
});
