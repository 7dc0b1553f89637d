import { describe, expect, test } from 'vitest';
import { groupIssues } from '../../../../reports/lib/issues.ts';
import type { Report } from '../../../../src/model/report.ts';

type Issue = Report['issues'][number];

const issue = { code: 'forbidden', message: 'refused', provider: 'eks', account: '1', location: 'eu-west-1' } as const;
const ofA: Issue = { ...issue, clusterId: 'eks:1/eu-west-1/a' };

describe('issues', () => {
  test('of one kind are one group, which names each place', () => {
    const others: Issue[] = [
      { ...ofA, clusterId: 'eks:1/eu-west-1/b' },
      { ...ofA, clusterId: 'eks:2/us-east-1/c' },
    ];
    expect(groupIssues([ofA, ...others])).toEqual([
      {
        code: 'forbidden',
        message: 'refused',
        where: '3 clusters',
        places: ['eks:1/eu-west-1/a', 'eks:1/eu-west-1/b', 'eks:2/us-east-1/c'],
      },
    ]);
  });

  test.each<[string, Partial<Issue>]>([
    ['code', { code: 'throttled' }],
    ['message', { message: 'refused, too' }],
    ['cloud', { provider: 'aks' }],
  ])('of another %s are apart', (_, other) => {
    expect(groupIssues([ofA, { ...ofA, ...other }]).map(({ where }) => where)).toEqual([
      'eks:1/eu-west-1/a',
      'eks:1/eu-west-1/a',
    ]);
  });

  test('of scopes are apart from those of clusters', () => {
    const groups = groupIssues([ofA, issue, { ...issue, location: 'us-east-1' }]);
    expect(groups.map(({ where }) => where)).toEqual(['eks:1/eu-west-1/a', '2 scopes']);
    expect(groups[1]?.places).toEqual(['eks 1 eu-west-1', 'eks 1 us-east-1']);
  });

  test('without a place say none', () => {
    expect(groupIssues([{ code: 'malformed', message: 'x' }])).toMatchObject([{ where: '', places: [''] }]);
  });
});
