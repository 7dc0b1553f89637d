import { describe, expect, test } from 'vitest';
import { answer, closed, cluster, endpoint, evidence, open, silence, vantage, withoutSettings } from './evidence.ts';
import { probeEvidence } from '../../../src/engine/probe-evidence.ts';
import type { CoverageRow, Evidence, Vantage } from '../../../src/model/evidence.ts';
import type { Look, ProbeResult, ProbeTarget } from '../../../src/model/probe.ts';
import type { ProbeRules } from '../../../src/engine/collect.ts';

const now = new Date('2026-03-02T10:00:00.000Z');

interface Setting {
  readonly rules?: Partial<ProbeRules>;
  readonly answers?: (target: ProbeTarget, look: Look) => ProbeResult;
  /** The run is ended when this endpoint is looked at. */
  readonly endAt?: string;
  /** What is known of our own addresses. */
  readonly own?: Partial<Vantage>;
}

/** Probes what the file lists; each sleep is over at once, and noted. */
async function probing(file: Evidence, { rules = {}, answers = () => answer(), endAt, own }: Setting = {}) {
  const abort = new AbortController();
  const [looks, sleeps]: [string[], number[]] = [[], []];
  const tools = {
    probe: async (target: ProbeTarget, look: Look) => {
      looks.push(`${target.host}:${target.port} ${look}`);
      if (target.host === endAt) abort.abort();
      return answers(target, look);
    },
    now: () => now,
    sleep: async (milliseconds: number) => void sleeps.push(milliseconds),
    uuid: () => '7e7d0000-0000-4000-8000-0000000000ff',
    progress: () => undefined,
  };
  const request = {
    vantage: vantage({ name: 'elsewhere', addresses: ['198.51.100.99'], addressesGiven: true, ...own }),
    probe: { enabled: true, connectTo: [], excluded: () => false, ...rules } as const,
    settlingSeconds: () => 7,
    issues: [],
  };
  return { probed: await probeEvidence(file, request, tools, { signal: abort.signal }), looks, sleeps };
}

const shut = cluster('shut', { endpoints: [endpoint({ access: closed, host: 'shut.example' })] });
const wide = cluster('wide', { endpoints: [endpoint({ access: open, host: 'wide.example', port: 6443 })] });

function row(status: CoverageRow['status'], parts: Partial<CoverageRow> = {}): CoverageRow {
  return { provider: 'eks', account: '1234', location: 'eu-1', status, clusters: 2, ...parts };
}

describe('probing what evidence lists', () => {
  test('looks at every endpoint from here, and hands on the settings with their age', async () => {
    const file = evidence({ clusters: [shut, wide], coverage: [row('complete')] });
    const { probed, looks } = await probing(file, { answers: () => silence() });
    expect(looks).toEqual(['shut.example:443 full', 'wide.example:6443 full']);
    expect(probed.clusters).toEqual(file.clusters.map((each) => ({ ...each, readAt: file.scan.startedAt })));
    expect(probed.scan).toEqual({
      ...file.scan,
      id: '7e7d0000-0000-4000-8000-0000000000ff',
      startedAt: now.toISOString(),
      finishedAt: now.toISOString(),
      vantage: vantage({ name: 'elsewhere', addresses: ['198.51.100.99'], addressesGiven: true }),
    });
    expect(probed.coverage).toEqual(file.coverage);
  });

  test('asks anew for a name that was private elsewhere', async () => {
    const own = cluster('own', { endpoints: [endpoint({ role: 'private', access: withoutSettings })] });
    const { probed, looks } = await probing(evidence({ clusters: [own] }));
    expect(looks).toEqual(['api.example:443 full']);
    expect([probed.clusters[0]?.endpoints[0]?.role, probed.probes[0]?.role]).toEqual(['public', 'public']);
  });

  test('takes a second look after the wait, and says that nobody read the settings again', async () => {
    const { probed, looks, sleeps } = await probing(evidence({ clusters: [shut] }));
    expect(looks).toEqual(['shut.example:443 full', 'shut.example:443 second']);
    expect(sleeps).toEqual([7000]);
    expect(probed.probes[0]?.secondLook).toEqual({
      settings: 'not-read-again',
      at: now.toISOString(),
      result: answer(),
    });
    expect((await probing(evidence({ clusters: [shut] }), { rules: { confirmAfter: 1 } })).sleeps).toEqual([1000]);
  });

  test('takes a second look where any address asks for one, and knows the addresses that its sockets had', async () => {
    const unheard = silence({ localAddress: '198.51.100.1' });
    const result = { ...unheard, addresses: [unheard, answer({ localAddress: '198.51.100.2' })] };
    const own = { addresses: ['198.51.100.3'], addressesGiven: false };
    const { probed, looks } = await probing(evidence({ clusters: [shut] }), { answers: () => result, own });
    expect(looks).toEqual(['shut.example:443 full', 'shut.example:443 second']);
    expect(probed.scan.vantage.addresses).toEqual(['198.51.100.1', '198.51.100.2', '198.51.100.3']);
  });

  test('finds the row of a self-managed cluster, and places its name by what it resolves to', async () => {
    const { account: _account, location: _location, ...own } = cluster('own', { provider: 'kubeconfig' });
    const access = { kind: 'unknown', settings: 'none', ranges: [], reason: 'there are none' } as const;
    const coverage = [row('complete', { provider: 'kubeconfig', account: 'unknown', location: '*' })];
    const file = evidence({ clusters: [{ ...own, endpoints: [endpoint({ access })] }], coverage });
    const resolved = [{ address: '10.0.0.5', class: 'private' } as const];
    const { probed } = await probing(file, { answers: () => silence({ outcome: 'not-probed', resolved }) });
    expect(probed.coverage).toEqual(coverage);
    expect(probed.clusters[0]?.endpoints[0]?.role).toBe('private');
    expect(probed.probes[0]?.role).toBe('private');
  });

  test('keeps the age of settings that were handed on before', async () => {
    const readAt = '2026-01-01T00:00:00.000Z';
    const { probed } = await probing(evidence({ clusters: [{ ...wide, readAt }] }));
    expect(probed.clusters[0]?.readAt).toBe(readAt);
  });

  test('leaves the looks of the file to the file, and keeps its issues', async () => {
    const file = evidence({
      clusters: [wide],
      probes: [{ clusterId: wide.id, role: 'public', result: silence() }],
      issues: [{ code: 'forbidden', message: 'refused' }],
    });
    const { probed } = await probing(file, {
      rules: { connectTo: [{ host: 'typo.example', hostPort: 443, address: '127.0.0.1', port: 1 }] },
    });
    expect(probed.probes).toEqual([{ clusterId: wide.id, role: 'public', result: answer() }]);
    expect(probed.issues.map(({ code }) => code)).toEqual(['forbidden', 'malformed']);
  });

  test.each<[string, readonly CoverageRow[], readonly CoverageRow[]]>([
    [
      'its location',
      [row('complete')],
      [row('partial', { unfinishedProbes: 1, reason: '1 planned probe did not finish' })],
    ],
    [
      'all locations',
      [row('complete', { location: '*' })],
      [row('partial', { location: '*', unfinishedProbes: 1, reason: '1 planned probe did not finish' })],
    ],
    [
      'what was read in part',
      [row('partial', { reason: 'refused' })],
      [row('partial', { unfinishedProbes: 1, reason: 'refused; 1 planned probe did not finish' })],
    ],
    [
      'what --deep could not read',
      [row('partial', { unreadPaths: 2, reason: 'other ways into 2 clusters could not be read' })],
      [
        row('partial', {
          unfinishedProbes: 1,
          unreadPaths: 2,
          reason: '1 planned probe did not finish; other ways into 2 clusters could not be read',
        }),
      ],
    ],
    [
      'looks of the file that did not finish either',
      [row('partial', { unfinishedProbes: 9, reason: '9 planned probes did not finish' })],
      [row('partial', { unfinishedProbes: 1, reason: '1 planned probe did not finish' })],
    ],
    [
      'no row at all',
      [],
      [
        row('partial', {
          clusters: 0,
          unfinishedProbes: 1,
          reason: 'no coverage row of the evidence is about it; 1 planned probe did not finish',
        }),
      ],
    ],
  ])('an interrupt leaves a gap in the row of %s', async (_, coverage, expected) => {
    const { probed } = await probing(evidence({ clusters: [wide], coverage }), {
      endAt: 'wide.example',
      answers: () => answer({ outcome: 'inconclusive' }),
    });
    expect(probed.coverage).toEqual(expected);
    expect(probed.scan.finished).toBe(false);
  });

  test('of a scan that was cut short is not finished', async () => {
    expect((await probing(evidence({}, { finished: false }))).probed.scan.finished).toBe(false);
  });
});
