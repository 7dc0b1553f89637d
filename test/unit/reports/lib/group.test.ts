import { describe, expect, test } from 'vitest';
import { clusterOf, endpointOf, findingOf, reportOf } from '../../../fixtures/report.ts';
import { groupFixes } from '../../../../reports/lib/group.ts';
import { rankClusters } from '../../../../reports/lib/rows.ts';
import type { Report } from '../../../../src/model/report.ts';

const groupsOf = (report: Report) => groupFixes(report, rankClusters(report));
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
    expect(groupsOf(report).map(({ checkId, clusters, proven }) => [checkId, clusters.length, proven])).toEqual([
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
    const [group, ...rest] = groupsOf(report);
    expect(rest).toEqual([]);
    expect(group?.clusters.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(group?.proven).toBe(1);
    expect(group?.fixes.map(({ summary, clusters }) => [summary, clusters.map(({ name }) => name)])).toEqual([
      ['Limit public access to the addresses that you connect from, or turn it off.', ['a']],
      ['Another change.', ['b']],
    ]);
  });

  test('begins with the cluster that is worst off, and with its commands', () => {
    const [a, b, c] = [open('a'), open('b', true), open('c')] as const;
    const minor = { severity: 'medium' } as const;
    const findings = [
      findingOf('open-endpoint', a, { remediation: { summary: 'Close it.', commands: ['close a'] } }),
      findingOf('open-endpoint', b, { remediation: { summary: 'Close it.', commands: ['close b'] } }),
      findingOf('admin-exposed', c),
      findingOf('open-endpoint', c, minor),
    ];
    const group = groupsOf(reportOf({ clusters: [a, b, c], findings })).find(
      ({ checkId }) => checkId === 'open-endpoint',
    );
    expect(group?.clusters.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
    expect(group?.severity).toBe('high');
    expect(group?.fixes[0]?.commands).toEqual(['close b']);
  });

  test('knows fails alone', () => {
    const a = open('a');
    const findings = (['pass', 'unknown', 'not-applicable'] as const).map((status) =>
      findingOf('open-endpoint', a, { status }),
    );
    expect(groupsOf(reportOf({ clusters: [a], findings }))).toEqual([]);
  });

  test('shows a check without words by its id', () => {
    const a = open('a');
    const report = { ...reportOf({ clusters: [a], findings: [findingOf('open-endpoint', a)] }), checks: [] };
    expect(groupsOf(report)[0]?.title).toBe('open-endpoint');
  });
});
