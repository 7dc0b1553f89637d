import { describe, expect, test } from 'vitest';
import { evidence } from './evidence.ts';
import { mergeEvidence } from '../../../src/engine/merge.ts';
import type { CoverageRow } from '../../../src/model/evidence.ts';

function row(status: CoverageRow['status'], parts: Partial<CoverageRow> = {}): CoverageRow {
  return { provider: 'eks', account: '1234', location: 'eu-1', status, clusters: 1, ...parts };
}

const unfinished = row('partial', { unfinishedProbes: 2, reason: '2 planned probes did not finish' });
const half = row('partial', { unfinishedProbes: 2, reason: 'refused; 2 planned probes did not finish' });

describe('coverage', () => {
  const noted = 'read whole by one run, while another said: refused';
  test.each<[string, readonly [CoverageRow, boolean][], readonly CoverageRow[]]>([
    [
      'complete twice',
      [
        [row('complete'), true],
        [row('complete'), false],
      ],
      [row('complete')],
    ],
    [
      'a gap and none: complete, and said',
      [
        [row('partial', { reason: 'refused' }), true],
        [row('complete'), true],
      ],
      [row('complete', { reason: noted })],
    ],
    [
      'failed and complete',
      [
        [row('complete', { clusters: 3 }), true],
        [row('failed', { reason: 'refused' }), true],
      ],
      [row('complete', { clusters: 3, reason: noted })],
    ],
    [
      'failed and in part',
      [
        [row('failed', { reason: 'x' }), true],
        [row('partial', { reason: 'y' }), true],
      ],
      [row('partial', { reason: 'y' })],
    ],
    [
      'the same gap twice: the newest word of it',
      [
        [row('partial', { reason: 'older' }), true],
        [row('partial', { reason: 'newer' }), true],
      ],
      [row('partial', { reason: 'newer' })],
    ],
    [
      'probes that did not finish, and a run that probed nothing',
      [
        [unfinished, true],
        [row('complete'), false],
      ],
      [unfinished],
    ],
    [
      'probes that did not finish, and a run that finished them',
      [
        [unfinished, true],
        [row('complete'), true],
      ],
      [row('complete')],
    ],
    [
      'probes that did not finish, and a run that saw less and so had fewer to finish',
      [
        [unfinished, true],
        [row('partial', { reason: 'refused' }), true],
      ],
      [{ ...unfinished, reason: `${noted}; 2 planned probes did not finish` }],
    ],
    [
      'probes that did not finish, and a run that could not read it',
      [
        [unfinished, true],
        [row('failed', { reason: 'refused' }), true],
      ],
      [{ ...unfinished, reason: `${noted}; 2 planned probes did not finish` }],
    ],
    [
      'both gaps, and a whole reading',
      [
        [half, true],
        [row('complete'), false],
      ],
      [{ ...unfinished, reason: `${noted}; 2 planned probes did not finish` }],
    ],
    [
      'other ways that could not be read: a run that read its list whole may not have asked',
      [
        [row('partial', { unreadPaths: 1, reason: 'other ways into 1 cluster could not be read' }), true],
        [row('complete'), true],
      ],
      [row('partial', { unreadPaths: 1, reason: 'other ways into 1 cluster could not be read' })],
    ],
    [
      'two accounts that nobody could tell',
      [
        [row('complete', { account: 'unknown' }), true],
        [row('failed', { account: 'unknown', reason: 'x' }), true],
      ],
      [row('complete', { account: 'unknown' }), row('failed', { account: 'unknown', reason: 'x' })],
    ],
    [
      'the same gap of one that nobody could tell, handed on',
      [
        [row('failed', { account: 'unknown', reason: 'x' }), true],
        [row('failed', { account: 'unknown', reason: 'x' }), false],
      ],
      [row('failed', { account: 'unknown', reason: 'x' })],
    ],
    [
      'skipped, where the other run had credentials',
      [
        [row('skipped', { account: 'unknown', location: '*' }), true],
        [row('complete'), true],
      ],
      [row('complete')],
    ],
    [
      'skipped everywhere',
      [
        [row('skipped', { account: 'unknown' }), true],
        [row('skipped', { account: 'unknown' }), true],
      ],
      [row('skipped', { account: 'unknown' })],
    ],
  ])('%s', (_, rows, expected) => {
    const files = rows.map(([each, enabled], at) => {
      const finishedAt = new Date(Date.UTC(2026, 2, 1, 10, at)).toISOString();
      return evidence({ coverage: [each] }, { id: `run-${at}`, finishedAt, probe: { enabled } });
    });
    expect(mergeEvidence(files).coverage).toEqual(expected);
  });
});

const files = (...coverages: readonly (readonly CoverageRow[])[]) =>
  coverages.map((coverage, at) => evidence({ coverage }, { id: `run-${at}` }));

describe('a location that did not answer', () => {
  const all = (changes: Partial<CoverageRow> = {}) => row('complete', { provider: 'gke', location: '*', ...changes });
  const zone = row('partial', { provider: 'gke', location: 'eu-1-b', clusters: 0, reason: 'no answer' });

  test('is whole where another run read all locations and had no such gap', () => {
    const read = { ...zone, status: 'complete', reason: 'read whole by one run, while another said: no answer' };
    expect(mergeEvidence(files([all(), zone], [all()])).coverage).toEqual([all(), read]);
    const cut = all({ status: 'partial', unfinishedProbes: 1, reason: '1 planned probe did not finish' });
    expect(mergeEvidence(files([all(), zone], [cut])).coverage).toEqual([all(), read]);
  });

  test.each<[string, readonly CoverageRow[]]>([
    ['with the same gap', [all(), zone]],
    ['of another account', [all({ account: '5678' })]],
    ['that could not read all', [all({ status: 'partial', reason: 'refused' })]],
    ['that read another location', [all({ location: 'eu-1-a' })]],
  ])('stays a gap beside a run %s', (_, other) => {
    expect(mergeEvidence(files([all(), zone], other)).coverage).toContainEqual(zone);
  });
});
