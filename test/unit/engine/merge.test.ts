import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allowList,
  answer,
  closed,
  cluster,
  endpoint,
  evidence,
  judgeAll,
  open,
  probe,
  secondLook,
  silence,
  vantage,
} from './evidence.ts';
import { mergeEvidence } from '../../../src/engine/merge.ts';
import { parseEvidence } from '../../../src/engine/load-evidence.ts';
import type { Access } from '../../../src/model/endpoint.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { CoverageRow, Evidence } from '../../../src/model/evidence.ts';
import type { EndpointProbe, SecondLook } from '../../../src/model/probe.ts';
import type { ScanIssue } from '../../../src/model/issue.ts';

function withAccess(access: Access, changes: Partial<Cluster> = {}): Cluster {
  return cluster('prod', { endpoints: [endpoint({ access })], ...changes });
}

/** Minutes after ten. */
function minute(value: number): string {
  return new Date(Date.UTC(2026, 2, 1, 10, value)).toISOString();
}

interface Run extends Partial<Omit<Evidence, 'scan'>> {
  readonly scan?: Partial<Evidence['scan']>;
}

/** A run that began at this minute and took one; its id is its name. */
function run(id: string, at: number, { scan = {}, ...parts }: Run = {}): Evidence {
  const times = { startedAt: minute(at), finishedAt: minute(at + 1) };
  return evidence(parts, { id, ...times, vantage: vantage({ name: id }), ...scan });
}

const settings = (id: string, at: number, ...clusters: readonly Cluster[]) =>
  run(id, at, { clusters, scan: { probe: { enabled: false } } });

/** What `probe` gives for settings that were read at minute 0: both looks are over by minute 11. */
function looks(subject: Cluster, second: SecondLook['settings'] | 'none' = 'not-read-again'): Evidence {
  const result = answer({ startedAt: minute(10) });
  const again = second !== 'none' && {
    secondLook: { ...secondLook(second, answer({ startedAt: minute(11) })), at: minute(11) },
  };
  return run('looks', 10, {
    clusters: [{ ...subject, readAt: minute(0) }],
    probes: [probe(subject, result, again || {})],
  });
}

function conclude(...files: readonly Evidence[]): string {
  const [judged] = judgeAll(mergeEvidence(files)).clusters;
  return `${judged?.exposure}${judged?.endpoints[0]?.confirmed === true ? ' confirmed' : ''}`;
}

describe('a second look whose settings nobody read again', () => {
  const shut = withAccess(closed);
  const looked = looks(shut);
  test.each<[string, Evidence, string]>([
    ['nothing', settings('before', 0, shut), 'unknown'],
    ['a later scan that read the same', settings('after', 20, shut), 'contradiction confirmed'],
    ['a scan that began before the look was over', settings('meanwhile', 10, shut), 'unknown'],
    ['a later scan that met it changing', settings('after', 20, withAccess(closed, { state: 'updating' })), 'unknown'],
    [
      'a later scan that could not describe it',
      settings('after', 20, withAccess(closed, { undescribed: 'refused' })),
      'unknown',
    ],
    ['a later scan that read other ones', settings('after', 20, withAccess(allowList())), 'unknown'],
    ['a later scan that found it open', settings('after', 20, withAccess(open)), 'exposed'],
    ['a later scan of something else', settings('after', 20, cluster('else')), 'unknown'],
  ])('joined with %s', (_, other, expected) => {
    const judged = judgeAll(mergeEvidence([looked, other])).clusters.find(({ name }) => name === 'prod');
    expect(`${judged?.exposure}${judged?.endpoints[0]?.confirmed === true ? ' confirmed' : ''}`).toBe(expected);
  });

  test('stays as it is where it was settled on the spot, and is not settled where no second look came about', () => {
    expect(conclude(looks(shut, 'equal'), settings('after', 20, shut))).toBe('contradiction confirmed');
    expect(conclude(looks(shut, 'none'), settings('after', 20, shut))).toBe('unknown');
  });

  test('is not settled by a reading while the look still went on', () => {
    const {
      probes: [first],
      ...rest
    } = looked;
    const slow = answer({ startedAt: minute(11), durationMs: 120_000 });
    const probes = [{ ...(first as EndpointProbe), secondLook: secondLook('not-read-again', slow) }];
    expect(conclude({ ...rest, probes }, settings('after', 12, shut))).toBe('unknown');
    expect(conclude({ ...rest, probes }, settings('after', 14, shut))).toBe('contradiction confirmed');
  });

  test('is not settled where the settings were other ones in between, or before it and after they were handed on', () => {
    const after = settings('after', 30, shut);
    for (const at of [5, 20])
      expect(conclude(looked, settings('between', at, withAccess(open)), after)).toBe('unknown');
    const unread = settings('between', 20, withAccess(open, { undescribed: 'refused' }));
    expect(conclude(looked, unread, after)).toBe('contradiction confirmed');
  });

  test('is settled by merged evidence as by its files', () => {
    const both = mergeEvidence([looked, settings('before', 0, shut)]);
    expect(conclude(both)).toBe('unknown');
    expect(conclude(both, settings('after', 20, shut))).toBe('contradiction confirmed');
  });
});

describe('settings', () => {
  test('are the newest ones, and when they were read is kept', () => {
    const merged = mergeEvidence([settings('new', 5, withAccess(closed)), settings('old', 0, withAccess(open))]);
    expect(merged.clusters).toEqual([{ ...withAccess(closed), readAt: minute(5) }]);
  });

  test('that were handed on are as old as they are', () => {
    expect(conclude(looks(withAccess(open)), settings('between', 5, withAccess(allowList())))).toBe('unknown');
  });

  test('are not taken back by a run that could not describe the cluster', () => {
    const merged = mergeEvidence([
      settings('old', 0, withAccess(open)),
      settings('new', 5, withAccess(closed, { undescribed: 'refused' })),
    ]);
    expect(merged.clusters[0]).toMatchObject({ readAt: minute(0), endpoints: [{ access: open }] });
  });

  const argocd = { kind: 'eks-argocd', state: 'open', reason: 'made up' } as const;
  const runCommand = { kind: 'aks-run-command', state: 'open', reason: 'made up' } as const;
  test('keep what only one of them read deeply, which says nothing of a look', () => {
    const deep = withAccess(open, { otherPaths: [runCommand, argocd] });
    const looked = run('looks', 0, { clusters: [deep], probes: [probe(deep, answer())] });
    const { clusters, probes } = mergeEvidence([looked, settings('plain', 5, withAccess(open))]);
    expect(clusters[0]).toMatchObject({ readAt: minute(5), otherPaths: [argocd] });
    expect(probes[0]).not.toHaveProperty('outdated');
    const shut = withAccess(open, { otherPaths: [{ ...argocd, state: 'closed' }] });
    expect(mergeEvidence([looked, settings('deep', 5, shut)]).clusters[0]?.otherPaths).toEqual(shut.otherPaths);
  });

  test('of every cluster stay, whichever run listed it', () => {
    const merged = mergeEvidence([settings('a', 0, cluster('b')), settings('b', 5, cluster('a'))]);
    expect(merged.clusters.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('observations', () => {
  const subject = withAccess(allowList());
  const here = run('here', 0, { clusters: [subject], probes: [probe(subject, silence())] });
  const there = run('there', 5, {
    clusters: [subject],
    probes: [probe(subject, answer())],
    scan: { vantage: vantage({ name: 'there', addresses: ['203.0.113.9'] }) },
  });

  test('keep their vantage, and all vantages are named; the newest stands first', () => {
    const { scan, probes } = mergeEvidence([here, there, settings('reading', 9, subject)]);
    expect(scan.vantages?.map(({ id, name }) => `${id} ${name}`)).toEqual(['here here', 'there there']);
    expect(scan.vantage.name).toBe('there');
    expect(scan.probe).toEqual({ enabled: true });
    expect(probes.map((each) => each.vantage)).toEqual(['here', 'there']);
    expect(conclude(here, there)).toBe('restricted confirmed');
  });

  test('of a file that is named twice count once', () => {
    expect(mergeEvidence([here, here])).toEqual(mergeEvidence([here]));
    expect(mergeEvidence([here, there, here]).probes).toHaveLength(2);
  });

  test('are refused where two files of one run differ: one would hide the other', () => {
    const forged = { ...here, clusters: [withAccess(closed)] };
    for (const files of [
      [here, forged],
      [forged, here],
      [here, there, forged],
    ])
      expect(() => mergeEvidence(files)).toThrow(
        'two of the files call themselves scan here and differ: leave one out',
      );
  });

  test('of merged evidence are those of its files', () => {
    const [twice, once] = [mergeEvidence([mergeEvidence([here]), there]), mergeEvidence([here, there])];
    expect({ ...twice, scan: { ...twice.scan, id: '' } }).toEqual({ ...once, scan: { ...once.scan, id: '' } });
  });

  test('under other settings than the ones that are kept are outdated', () => {
    const { probes } = mergeEvidence([here, settings('after', 20, withAccess(open))]);
    expect(probes[0]).toMatchObject({ outdated: true });
  });

  test('none at all is evidence of settings', () => {
    const { scan, probes } = mergeEvidence([settings('a', 0, subject), settings('b', 5, subject)]);
    expect(scan.probe).toEqual({ enabled: false });
    expect(scan).not.toHaveProperty('vantages');
    expect(probes).toEqual([]);
  });
});

describe('the rest', () => {
  const issue: ScanIssue = { code: 'forbidden', message: 'refused', provider: 'eks' };
  const files = [
    run('a', 0, {
      issues: [issue],
      scan: { notSeen: [{ provider: 'eks', what: 'x' }], broad: { ipv4Addresses: 1, ipv6Prefix: 1 } },
    }),
    run('b', 5, {
      issues: [issue, { ...issue, code: 'timeout' }],
      scan: {
        finished: false,
        notSeen: [
          { provider: 'eks', what: 'x' },
          { provider: 'aks', what: 'y' },
        ],
      },
    }),
  ];
  const { issues, scan } = mergeEvidence(files);

  test('issues and what cannot be seen are united', () => {
    expect(issues.map(({ code }) => code)).toEqual(['forbidden', 'timeout']);
    expect(scan.notSeen.map(({ what }) => what)).toEqual(['y', 'x']);
  });

  test('the sizes are the newest, the time is all of it, and a run that was cut short stays so', () => {
    expect(scan).toMatchObject({
      startedAt: minute(0),
      finishedAt: minute(6),
      finished: false,
      broad: { ipv4Addresses: 65_536 },
    });
    expect(scan.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

const anyProbe = fc.record({
  answers: fc.boolean(),
  second: fc.option(fc.constantFrom<SecondLook['settings']>('equal', 'not-read-again', 'changed'), { nil: undefined }),
});
const anyRun = fc.record({
  at: fc.integer({ min: 0, max: 40 }),
  access: fc.constantFrom(open, closed, allowList()),
  looked: fc.option(anyProbe, { nil: undefined }),
  status: fc.constantFrom<CoverageRow['status']>('complete', 'partial', 'failed', 'skipped'),
});

test('merging gives evidence that loads again, the same for every order and for merging it again', () => {
  const property = fc.property(fc.array(anyRun, { minLength: 1, maxLength: 4 }), fc.nat(), (runs, turn) => {
    const files = runs.map(({ at, access, looked, status }, index) => {
      const subject = withAccess(access);
      const result = looked?.answers === true ? answer({ startedAt: minute(at) }) : silence({ startedAt: minute(at) });
      const second = looked?.second && { secondLook: secondLook(looked.second, result) };
      const probes: EndpointProbe[] = looked === undefined ? [] : [probe(subject, result, second)];
      return run(`run-${index}`, at, {
        clusters: [subject],
        probes,
        coverage: [{ provider: 'eks', account: '1234', location: 'eu-1', status, clusters: 1 }],
        scan: { probe: { enabled: looked !== undefined } },
      });
    });
    const merged = mergeEvidence(files);
    const turned = files.map((_, index) => files[(index + turn) % files.length] as Evidence);
    expect(mergeEvidence(turned)).toEqual(merged);
    expect(parseEvidence(JSON.stringify(merged), 'merged.json')).toEqual(merged);
    expect(judgeAll(mergeEvidence([merged])).clusters).toEqual(judgeAll(merged).clusters);
  });
  fc.assert(property, { seed: 9, numRuns: 200 });
});
