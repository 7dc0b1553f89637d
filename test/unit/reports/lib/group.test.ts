import { describe, expect, test } from 'vitest';
import { clusterOf, endpointOf, findingOf, reportOf } from '../../../fixtures/report.ts';
import { countStatuses, groupFixes, splitClusters } from '../../../../reports/lib/group.ts';

const open = (name: string, confirmed = false) => clusterOf('eks', name, [endpointOf('exposed', { confirmed })]);

describe('groupFixes', () => {
  test('puts severity before proof, and proof before number', () => {
    const [a, b, c, d] = [open('a'), open('b'), open('c'), open('d', true)] as const;
    const report = reportOf({
      clusters: [a, b, c, d],
      findings: [
        ...[a, b, c].map((cluster) => findingOf('open-endpoint', cluster)),
        findingOf('data-exposed', d),
        findingOf('admin-exposed', a),
        ...[a, b, c, d].map((cluster) => findingOf('no-private-endpoint', cluster)),
      ],
    });
    expect(groupFixes(report).map(({ checkId, clusters, proven }) => [checkId, clusters.length, proven])).toEqual([
      ['admin-exposed', 1, 0],
      ['data-exposed', 1, 1],
      ['open-endpoint', 3, 0],
      ['no-private-endpoint', 4, 0],
    ]);
  });

  test('holds one check together, parts it by its fixes, and counts a cluster once', () => {
    const [a, b] = [open('a', true), open('b')] as const;
    const other = { remediation: { summary: 'Another change.', commands: [] } };
    const twice = [findingOf('open-endpoint', a), findingOf('open-endpoint', a, { endpointRole: 'dns' })];
    const report = reportOf({ clusters: [a, b], findings: [...twice, findingOf('open-endpoint', b, other)] });
    const [group, ...rest] = groupFixes(report);
    expect(rest).toEqual([]);
    expect(group?.clusters.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(group?.proven).toBe(1);
    expect(group?.fixes.map(({ summary, clusters }) => [summary, clusters.map(({ name }) => name)])).toEqual([
      ['Limit public access to the addresses that you connect from, or turn it off.', ['a']],
      ['Another change.', ['b']],
    ]);
  });

  test('knows fails alone', () => {
    const a = open('a');
    const findings = (['pass', 'unknown', 'not-applicable'] as const).map((status) =>
      findingOf('open-endpoint', a, { status }),
    );
    expect(groupFixes(reportOf({ clusters: [a], findings }))).toEqual([]);
  });

  test('shows a check without words by its id', () => {
    const a = open('a');
    const report = { ...reportOf({ clusters: [a], findings: [findingOf('open-endpoint', a)] }), checks: [] };
    expect(groupFixes(report)[0]?.title).toBe('open-endpoint');
  });
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
    const parts = splitClusters(reportOf({ clusters: [cluster], findings }));
    expect(parts[side].map((row) => row.cluster.name)).toEqual(['a']);
  });

  test('sorts by exposure, then by the worst finding', () => {
    const [a, b, c] = [open('a'), open('b'), clusterOf('eks', 'c', [endpointOf('contradiction')])] as const;
    const findings = [findingOf('open-endpoint', a), findingOf('admin-exposed', b), findingOf('contradiction', c)];
    const { deciding } = splitClusters(reportOf({ clusters: [a, b, c], findings }));
    expect(deciding.map((row) => row.cluster.name)).toEqual(['c', 'b', 'a']);
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
