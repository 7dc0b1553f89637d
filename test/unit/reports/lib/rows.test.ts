import { describe, expect, test } from 'vitest';
import { clusterOf, endpointOf, findingOf, reportOf } from '../../../fixtures/report.ts';
import { countStatuses, rankClusters, splitClusters } from '../../../../reports/lib/rows.ts';

const open = (name: string, confirmed = false) => clusterOf('eks', name, [endpointOf('exposed', { confirmed })]);

test('rankClusters sorts by exposure, then by the worst finding, then by proof, then by number', () => {
  const [a, b, c, d, e] = [
    open('a'),
    open('b'),
    open('c', true),
    open('d'),
    clusterOf('eks', 'e', [endpointOf('contradiction')]),
  ] as const;
  const findings = [
    findingOf('contradiction', e),
    findingOf('admin-exposed', d),
    ...[a, b, c].map((cluster) => findingOf('open-endpoint', cluster)),
    findingOf('no-private-endpoint', b),
  ];
  const rows = rankClusters(reportOf({ clusters: [e, a, b, c, d], findings }));
  expect(rows.map(({ cluster }) => cluster.name)).toEqual(['e', 'd', 'c', 'b', 'a']);
});

describe('splitClusters', () => {
  test.each([
    ['exposed', undefined, 'deciding'],
    ['unknown', undefined, 'deciding'],
    ['restricted', undefined, 'others'],
    ['private', 'low', 'others'],
    ['private', 'medium', 'deciding'],
    ['not-applicable', 'info', 'others'],
  ] as const)('%s with %s', (exposure, severity, side) => {
    const cluster = clusterOf('aks', 'a', [endpointOf(exposure)]);
    const findings = severity === undefined ? [] : [findingOf('could-not-verify', cluster, { severity })];
    const parts = splitClusters(rankClusters(reportOf({ clusters: [cluster], findings })));
    expect(parts[side].map((row) => row.cluster.name)).toEqual(['a']);
  });
});

test('countStatuses counts each finding once', () => {
  const a = open('a');
  const findings = (['pass', 'pass', 'fail', 'unknown'] as const).map((status) =>
    findingOf('open-endpoint', a, { status }),
  );
  expect(countStatuses(reportOf({ clusters: [a], findings }))).toEqual({
    pass: 2,
    fail: 1,
    unknown: 1,
    'not-applicable': 0,
  });
});
