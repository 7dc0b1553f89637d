import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/model/errors.ts';
import {
  answer,
  closedEndpoint,
  cluster,
  endpoint,
  scope,
  scriptedProvider,
  settle,
  silence,
  startCollecting,
} from '../../fixtures/providers.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';
import type { Script, Setting } from '../../fixtures/providers.ts';

const never = new Promise<never>(() => undefined);
const closed = cluster({ endpoints: [closedEndpoint] });
const interruptedRow = { provider: 'eks', status: 'partial', clusters: 0, reason: 'interrupted' };
const timeout = new ProviderError('timeout', 'the run ended');

/** Runs until nothing moves any more, then interrupts. */
async function interrupted(script: Script, setting: Partial<Setting> = {}) {
  const provider = scriptedProvider(script);
  const collecting = startCollecting({ providers: [provider], ...setting });
  await collecting.clock.pass(0);
  await collecting.interrupt();
  return { ...(await collecting.evidence), calls: provider.calls, looks: collecting.looks };
}

/** Answers to the signal as a probe does: at once, with what it has. */
const atAbort =
  (result: ProbeResult): NonNullable<Setting['answers']> =>
  (_target, _look, signal) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(result)));

const doNothing = (): void => undefined;

describe('an interrupt while listing', () => {
  it('waits for no credentials', async () => {
    const { coverage, issues, scan } = await interrupted({ available: () => never });
    expect(coverage).toEqual([{ ...interruptedRow, account: 'unknown', location: '*' }]);
    expect(issues).toEqual([]);
    expect(scan.finished).toBe(false);
  });

  it('keeps the scopes that are known, and says that there may be more', async () => {
    const { coverage, clusters } = await interrupted({ scopes: [scope(), never], clusters: () => [cluster()] });
    expect(coverage).toEqual([
      { provider: 'eks', account: '111122223333', location: 'eu-west-1', status: 'complete', clusters: 1 },
      { ...interruptedRow, account: 'unknown', location: '*' },
    ]);
    expect(clusters).toHaveLength(1);
  });

  it('leaves the scope partial, with the clusters and results that there are', async () => {
    const { coverage, clusters, probes, issues } = await interrupted({ clusters: () => [cluster(), never] });
    expect(coverage).toMatchObject([{ ...interruptedRow, clusters: 1 }]);
    expect(clusters).toHaveLength(1);
    expect(probes).toMatchObject([{ result: { outcome: 'anonymous-forbidden' } }]);
    expect(issues).toEqual([]);
  });

  it('makes no typing error of a rule whose cluster may not have been listed yet', async () => {
    const rule = { host: 'late.example', hostPort: 443, address: '127.0.0.1', port: 8443 };
    const { issues } = await interrupted({ clusters: () => [never] }, { probe: { connectTo: [rule] } });
    expect(issues).toEqual([]);
  });

  it('asks nothing of the scopes in line, and no account', async () => {
    const { coverage, calls } = await interrupted({
      scopes: Array.from({ length: 10 }, (_, index) => ({ provider: 'eks' as const, location: `r${index}` })),
      clusters: () => [never],
    });
    expect(coverage).toHaveLength(10);
    expect(coverage.every(({ status, reason }) => status === 'partial' && reason === 'interrupted')).toBe(true);
    expect(calls.filter((call) => call.startsWith('clusters'))).toHaveLength(8);
    expect(calls.filter((call) => call.startsWith('account'))).toEqual([]);
  });

  it('waits for no account', async () => {
    const { coverage } = await interrupted({
      scopes: [{ provider: 'eks', location: 'eu-west-1' }],
      account: () => never,
    });
    expect(coverage).toMatchObject([{ account: 'unknown', status: 'complete' }]);
  });

  it.each([
    ['a time-out of the adapter', timeout, 'partial', 'interrupted', []],
    ['any fault', new TypeError('aborted'), 'partial', 'interrupted', []],
    ['a refusal', new ProviderError('forbidden', 'denied'), 'failed', 'denied', ['forbidden']],
  ] as const)('is what ended the scope when there comes %s', async (_, error, status, reason, codes) => {
    let end = doNothing;
    const provider = scriptedProvider({
      clusters: () => {
        end();
        throw error;
      },
    });
    const { evidence } = startCollecting({
      providers: [provider],
      onProgress: (_totals, abort) => (end = abort),
    });
    const { coverage, issues } = await evidence;
    expect(coverage.find(({ location }) => location === 'eu-west-1')).toMatchObject({ status, reason });
    expect(issues.map(({ code }) => code)).toEqual(codes);
  });

  it('is not what a time-out of its own is', async () => {
    const { evidence } = startCollecting({ providers: [scriptedProvider({ clusters: () => [timeout] })] });
    const { coverage, issues, scan } = await evidence;
    expect(coverage).toMatchObject([{ status: 'failed', reason: 'the run ended' }]);
    expect(issues).toMatchObject([{ code: 'timeout' }]);
    expect(scan.finished).toBe(true);
  });

  it('before the beginning leaves a row for each cloud', async () => {
    const provider = scriptedProvider();
    const other = scriptedProvider({ id: 'aks' });
    const { evidence, interrupt } = startCollecting({ providers: [provider, other] });
    await interrupt();
    const { coverage } = await evidence;
    expect(coverage.map(({ provider: id, reason }) => [id, reason])).toEqual([
      ['aks', 'interrupted'],
      ['eks', 'interrupted'],
    ]);
    expect([...provider.calls, ...other.calls]).toEqual([]);
  });
});

describe('an interrupt while probing', () => {
  const unfinished = [{ status: 'partial', clusters: 1, reason: '1 planned probe did not finish' }];
  const detail = 'interrupted before the look was over';
  const script = { clusters: () => [cluster()] };

  it('makes an endpoint that was not looked at yet not-probed', async () => {
    const { evidence, looks } = startCollecting({
      providers: [scriptedProvider(script)],
      onProgress: ({ probes }, abort) => probes.planned === 1 && abort(),
    });
    const { coverage, probes } = await evidence;
    expect(coverage[0]?.reason).toBe('interrupted; 1 planned probe did not finish');
    expect(probes).toMatchObject([{ result: { outcome: 'not-probed', detail, connected: false } }]);
    expect(looks).toEqual([]);
  });

  it('makes one that no byte came from not-probed', async () => {
    const result = silence({ outcome: 'inconclusive', connected: true });
    const { coverage, probes, scan } = await interrupted(script, { answers: atAbort(result) });
    expect(coverage).toMatchObject(unfinished);
    expect(probes).toMatchObject([{ result: { ...result, outcome: 'not-probed', detail } }]);
    expect(scan.finished).toBe(false);
  });

  it('keeps what came from the peer', async () => {
    const result = answer({ outcome: 'inconclusive' });
    const { coverage, probes } = await interrupted(script, { answers: atAbort(result) });
    expect(coverage).toMatchObject(unfinished);
    expect(probes).toMatchObject([{ result }]);
  });

  it('keeps a look that was over all the same', async () => {
    const { coverage, probes } = await interrupted(script, { answers: atAbort(answer()) });
    expect(coverage).toMatchObject([{ status: 'complete' }]);
    expect(probes).toEqual([{ clusterId: closed.id, role: 'public', result: answer() }]);
  });

  it('is no fault of a probe that throws then', async () => {
    const { coverage, issues } = await interrupted(script, {
      answers: (_target, _look, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    });
    expect(coverage).toMatchObject(unfinished);
    expect(issues).toEqual([]);
  });

  it('counts each endpoint', async () => {
    const both = cluster({ endpoints: [endpoint(), endpoint({ role: 'dns', host: 'dns.example' })] });
    const { coverage } = await interrupted(
      { clusters: () => [both] },
      { answers: atAbort(silence({ outcome: 'not-probed' })) },
    );
    expect(coverage).toMatchObject([{ reason: '2 planned probes did not finish' }]);
  });
});

describe('an interrupt before or within a second look', () => {
  const unread = { settings: 'unread', at: '2026-01-01T00:00:00.000Z' };
  const unfinished = [{ status: 'partial', reason: '1 planned probe did not finish' }];

  it('ends the wait', async () => {
    const { probes, coverage, issues, clusters, calls } = await interrupted({ clusters: () => [closed] });
    expect(probes).toEqual([{ clusterId: closed.id, role: 'public', result: answer(), secondLook: unread }]);
    expect(coverage).toMatchObject(unfinished);
    expect(issues).toEqual([]);
    expect(clusters).toEqual([closed]);
    expect(calls).not.toContain(`reread ${closed.id}`);
  });

  it('ends reading the settings again', async () => {
    const { probes, coverage, issues, calls } = await interrupted(
      { clusters: () => [closed], reread: () => never },
      { probe: { confirmAfter: 0 } },
    );
    expect(calls).toContain(`reread ${closed.id}`);
    expect(probes[0]?.secondLook).toEqual(unread);
    expect(coverage).toMatchObject(unfinished);
    expect(issues).toEqual([]);
  });

  it('reads no settings that are still in line', async () => {
    const gate = Promise.withResolvers<never>();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { probes, calls } = await interrupted(
      {
        clusters: () => names.map((name) => cluster({ name, endpoints: [closedEndpoint] })),
        reread: () => gate.promise,
      },
      { probe: { confirmAfter: 0 } },
    );
    gate.reject(timeout);
    await settle();
    expect(probes.map(({ secondLook }) => secondLook)).toEqual(names.map(() => unread));
    expect(calls.filter((call) => call.startsWith('reread'))).toHaveLength(4);
  });

  it.each([
    ['cut short', answer({ outcome: 'inconclusive' }), unread, 'partial'],
    ['over', answer(), { settings: 'equal', at: unread.at, result: answer() }, 'complete'],
  ] as const)('takes a look that was %s for what it is', async (_, second, secondLook, status) => {
    const { probes, coverage } = await interrupted(
      { clusters: () => [closed] },
      {
        probe: { confirmAfter: 0 },
        answers: (target, look, signal) => (look === 'full' ? answer() : atAbort(second)(target, look, signal)),
      },
    );
    expect(probes[0]).toMatchObject({ result: answer(), secondLook });
    expect(probes[0]?.secondLook).toEqual(secondLook);
    expect(coverage).toMatchObject([{ status }]);
  });
});
