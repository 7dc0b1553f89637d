import { describe, expect, test } from 'vitest';
import { clusterOf, coverageOf, endpointOf, probeOf, reportOf } from '../../../fixtures/report.ts';
import { headline, notices, nothingToFix } from '../../../../reports/lib/summary.ts';
import { reportCases } from '../../../fixtures/report-cases.ts';
import type { CoverageStatus } from '../../../../src/model/evidence.ts';
import type { Exposure } from '../../../../src/model/endpoint.ts';
import type { Report } from '../../../../src/model/report.ts';

function reportWith(exposures: readonly Exposure[], statuses: readonly CoverageStatus[]): Report {
  return reportOf({
    clusters: exposures.map((exposure, at) => clusterOf('eks', `c${at}`, [endpointOf(exposure)])),
    coverage: statuses.map((status) => coverageOf('eks', status, 1)),
  });
}

const proof = (exposure: Exposure) => endpointOf(exposure, { confirmed: true });

describe('headline', () => {
  test.each([
    [['private'], ['complete'], { open: 0, blind: false, clear: true }],
    [['private'], ['complete', 'skipped'], { open: 0, blind: false, clear: true }],
    [['private'], ['complete', 'failed'], { open: 0, blind: false, clear: false, unread: 1 }],
    [['private'], ['partial'], { open: 0, blind: false, clear: false, unread: 1 }],
    [['private', 'unknown'], ['complete'], { open: 0, clear: false, unjudged: 1 }],
    [['private', 'not-applicable'], ['complete'], { open: 0, clear: false, unjudged: 0 }],
    [['exposed', 'contradiction', 'broad'], ['complete'], { open: 2, proven: 0, clear: false }],
    [[], ['complete'], { blind: false, clear: true }],
    [[], ['failed'], { blind: true, clear: false }],
    [[], ['skipped'], { blind: true, clear: false }],
    [[], [], { blind: true, clear: false }],
  ] as const)('%o in scopes %o', (exposures, statuses, expected) => {
    expect(headline(reportWith(exposures, statuses))).toMatchObject(expected);
  });

  test('proven is what the wire confirmed on the endpoint that gave the exposure', () => {
    const clusters = [
      clusterOf('eks', 'a', [proof('exposed')]),
      clusterOf('eks', 'b', [endpointOf('exposed'), proof('private')]),
      clusterOf('eks', 'c', [proof('restricted')]),
    ];
    expect(headline(reportOf({ clusters, coverage: [coverageOf('eks', 'complete', 3)] }))).toMatchObject({
      open: 2,
      proven: 1,
    });
  });
});

test('the first gaps are named, those of which nothing is known before the others', () => {
  const coverage = (['partial', 'failed', 'complete', 'failed', 'failed'] as const).map((status, at) => ({
    ...coverageOf('eks', status, 1),
    location: `region-${at}`,
  }));
  const clusters = [clusterOf('eks', 'a', [endpointOf('private')])];
  const [notice] = notices(reportOf({ clusters, coverage }));
  expect(notice?.text).toMatch(
    /^4 of 5 scopes could not be fully read: EKS \d+ region-1 \(not read\), EKS \d+ region-3 \(not read\), EKS \d+ region-4 \(not read\) and 1 more\. Nothing/,
  );
});

const silence = {
  title: 'Nothing answered',
  text: expect.stringMatching(/^3 endpoints probed, no answer from any/) as string,
};

test.each([
  [['filtered', 'closed', 'unresolved', 'not-probed'], [expect.objectContaining(silence)]],
  [['filtered', 'anonymous-forbidden'], []],
  [['filtered', 'tls-failed'], []],
  [['not-probed'], []],
] as const)('probes that ended as %o', (outcomes, said) => {
  const clusters = outcomes.map((outcome, at) =>
    clusterOf('eks', `c${at}`, [endpointOf('restricted', { probe: probeOf(outcome) })]),
  );
  expect(notices(reportOf({ clusters, coverage: [coverageOf('eks', 'complete', 4)] }))).toEqual(said);
});

test('an answer that another vantage got is an answer', () => {
  const observations = (['filtered', 'anonymous-forbidden'] as const).map((outcome) => ({
    ...probeOf(outcome),
    vantage: outcome,
    vantageName: outcome,
    vantageAdmitted: 'yes' as const,
    exposure: 'restricted' as const,
    confirmed: false,
    reason: 'x',
  }));
  const clusters = [
    clusterOf('eks', 'a', [endpointOf('restricted', { probe: { ...probeOf('filtered'), observations } })]),
  ];
  expect(notices(reportOf({ clusters, coverage: [coverageOf('eks', 'complete', 1)] }))).toEqual([]);
});

test.each([
  ['all-calm', ['Nothing answered']],
  ['everything', ['Incomplete']],
  ['nothing-read', ['Nothing was read']],
  ['no-scope', ['Nothing was read']],
  ['settings-only', ['Settings only']],
  ['intercepted', ['Intercepted', 'Seen from inside']],
])('notices of %s', (name, titles) => {
  expect(notices(reportCases[name] as Report).map(({ title }) => title)).toEqual(titles);
});

test.each([
  ['all-calm', 'Nothing: no check failed.'],
  ['nothing-read', 'Nothing could be judged.'],
])('no failed check in %s', (name, said) => {
  expect(nothingToFix(reportCases[name] as Report)).toContain(said);
});

test('no failed check is no good news while a scope is missing', () => {
  expect(nothingToFix(reportWith(['private'], ['complete', 'failed']))).toContain('on what was read');
});
