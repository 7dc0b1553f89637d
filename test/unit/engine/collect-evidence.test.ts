import { describe, expect, it } from 'vitest';
import { distinctIssues } from '../../../src/engine/collect/issues.ts';
import { ProviderError } from '../../../src/model/errors.ts';
import { cluster, collected, endpoint, scope, scriptedProvider, startCollecting } from '../../fixtures/providers.ts';
import type { ScanIssue } from '../../../src/model/issue.ts';

const forbidden = new ProviderError('forbidden', 'eks:ListClusters is denied');

/** The same fleet, asked in one order or the other. */
const run = (reversed: boolean) => {
  const order = <T>(items: T[]): T[] => (reversed ? items.toReversed() : items);
  const providers = order([
    scriptedProvider({ id: 'gke', scopes: [scope({ provider: 'gke' }), forbidden] }),
    scriptedProvider({
      scopes: order([
        scope({ account: '2' }),
        scope({ account: '10' }),
        scope({ location: 'B' }),
        scope({ location: 'a' }),
      ]),
      clusters: ({ account = '', location }) =>
        location === 'a'
          ? [forbidden]
          : order(
              ['Z', 'a', 'é'].map((name) =>
                cluster({
                  account,
                  location,
                  name,
                  endpoints: order([endpoint(), endpoint({ role: 'dns', host: 'dns.example' })]),
                }),
              ),
            ),
    }),
  ]);
  return collected({ providers, uuid: () => 'same', vantage: { kind: 'inside' } });
};

describe('the evidence', () => {
  it('does not tell in which order the answers came', async () => {
    const evidence = await run(false);
    // The order of a cluster's endpoints is its provider's.
    const idsAlone = ({ clusters, ...rest }: typeof evidence) => [rest, clusters.map(({ id }) => id)];
    expect(idsAlone(await run(true))).toEqual(idsAlone(evidence));
    expect(evidence.coverage.map(({ account, location }) => `${account} ${location}`)).toEqual([
      '10 eu-west-1',
      '111122223333 B',
      '111122223333 a',
      '2 eu-west-1',
      '111122223333 eu-west-1',
      'unknown *',
    ]);
    expect(evidence.clusters.slice(0, 3).map(({ name }) => name)).toEqual(['Z', 'a', 'é']);
    expect(evidence.probes.slice(0, 2).map(({ role }) => role)).toEqual(['dns', 'public']);
  });

  it('says an issue once, and another one that differs in anything beside it', () => {
    const issue = { code: 'forbidden', message: 'denied', provider: 'eks', account: '1', location: 'a' } as const;
    const others: ScanIssue[] = [
      { ...issue, code: 'throttled' },
      { ...issue, message: 'denied again' },
      { ...issue, provider: 'gke' },
      { ...issue, account: '2' },
      { ...issue, location: 'b' },
      { ...issue, clusterId: 'eks:1/a/b' },
    ];
    expect(distinctIssues([issue, ...others, { ...issue }])).toEqual([issue, ...others]);
  });

  it('says what ran, when and from where', async () => {
    const { kind, schemaVersion, tool, scan } = await collected({ providers: [scriptedProvider()], probe: false });
    expect({ kind, schemaVersion, tool: tool.name }).toEqual({
      kind: 'kubeperimeter-evidence',
      schemaVersion: '1.0',
      tool: 'kubeperimeter',
    });
    expect(scan).toEqual({
      id: 'uuid-1',
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: '2026-01-01T00:00:00.000Z',
      finished: true,
      vantage: { name: 'laptop', kind: 'outside', addresses: ['198.51.100.7'], addressesGiven: true, cloud: 'none' },
      probe: { enabled: false },
      broad: { ipv4Addresses: 65_536, ipv6Prefix: 32 },
      notSeen: [{ provider: 'eks', what: 'what eks does not show' }],
    });
  });

  it('is complete without any target', async () => {
    expect(await collected({ providers: [] })).toMatchObject({ coverage: [], clusters: [], probes: [], issues: [] });
  });

  it('tells running totals', async () => {
    const { evidence, progress } = startCollecting({
      providers: [scriptedProvider({ clusters: () => [cluster(), cluster({ name: 'test' })] })],
    });
    await evidence;
    expect(progress[0]).toEqual({
      scopes: { done: 0, known: 1 },
      clusters: 0,
      probes: { done: 0, planned: 0 },
      inspections: { done: 0, planned: 0 },
    });
    expect(progress.at(-1)).toEqual({
      scopes: { done: 1, known: 1 },
      clusters: 2,
      probes: { done: 2, planned: 2 },
      inspections: { done: 0, planned: 0 },
    });
  });
});
