import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasInvisible } from '../../src/lib/text.ts';
import { fleetOf } from '../fixtures/report.ts';
import { hostileReport } from '../fixtures/hostile-report.ts';
import { reportCases } from '../fixtures/report-cases.ts';
import { reporters } from '../../reports/index.ts';
import type { Report, Reporter } from '../../src/model/report.ts';

/** Every format is held to these, so that a new one is only its own file and a line in the registry. */

function rendered(reporter: Reporter, report: Report): string {
  return [...reporter.render(report)].join('');
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

function isPlain(name: string): boolean {
  return /^[\w./*-]+$/.test(name);
}

function longestPiece(reporter: Reporter, clusters: number): number {
  const report = fleetOf(clusters, ['exposed', 'private'], true);
  return Math.max(...Array.from(reporter.render(report), (piece) => piece.length));
}

test('every file of a format is registered under its name, and the other way round', () => {
  const files = readdirSync(new URL('../../reports', import.meta.url)).filter((name) => name.endsWith('.ts'));
  const ids = files.map((name) => name.slice(0, -'.ts'.length)).filter((name) => name !== 'index');
  expect(reporters.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

test('extensions differ, so that several formats fit one folder', () => {
  expect(new Set(reporters.map(({ extension }) => extension)).size).toBe(reporters.length);
});

describe.each(reporters.map((reporter) => [reporter.id, reporter] as const))('%s', (_id, reporter) => {
  test('has a title and an extension that a file can have', () => {
    expect(reporter.title).toMatch(/^[A-Z].{3,60}[^.]$/);
    expect(reporter.extension).toMatch(/^[a-z]{2,5}$/);
  });

  describe.each(Object.entries(reportCases))('%s', (_name, report) => {
    test('gives the same bytes for the same report, and leaves the report alone', () => {
      const once = rendered(reporter, report);
      expect(once.length).toBeGreaterThan(200);
      expect(once.endsWith('\n')).toBe(true);
      expect(rendered(reporter, frozen(structuredClone(report)))).toBe(once);
    });

    test('holds no character that hides, reorders or controls', () => {
      expect(rendered(reporter, report).split('\n').filter(hasInvisible)).toEqual([]);
    });

    test('names each cluster that is open, each scope that was not read, and the scan', () => {
      const text = rendered(reporter, report);
      const open = report.clusters.filter(({ exposure }) => exposure === 'contradiction' || exposure === 'exposed');
      for (const name of open.map((cluster) => cluster.name).filter(isPlain)) expect(text).toContain(name);
      const gaps = report.coverage.filter(({ status }) => status !== 'complete');
      for (const name of gaps.flatMap((row) => [row.account, row.location]).filter(isPlain))
        expect(text).toContain(name);
      expect(text).toContain(report.scan.id);
    });
  });

  test('comes in pieces: none grows with the number of clusters', () => {
    expect(longestPiece(reporter, 3000)).toBeLessThan(longestPiece(reporter, 30) + 40_000);
  });

  test('survives names of 10,000 characters in every field', () => {
    const text = rendered(reporter, hostileReport('n'.repeat(10_000)));
    expect(text.split('\n').filter(hasInvisible)).toEqual([]);
    expect(text).not.toMatch(/\bundefined\b|\[object /);
  });

  test('shows names that are properties of every object like any other', () => {
    const text = rendered(reporter, reportCases['hostile'] as Report);
    expect(text).toContain('__proto__x');
    expect(text).toContain('constructorx');
  });
});
