import { describe, expect, it } from 'vitest';
import { ProviderError, UsageError } from '../../../src/model/errors.ts';
import { cluster, collected, scope, scriptedProvider, startCollecting, undescribed } from '../../fixtures/providers.ts';
import type { Provider } from '../../../src/model/provider.ts';

const forbidden = new ProviderError('forbidden', 'eks:ListClusters is denied');

describe('credentials', () => {
  it('skips a cloud without any, with the way to sign in', async () => {
    const { coverage, issues, scan } = await collected({
      providers: [scriptedProvider({ available: async () => false })],
    });
    expect(coverage).toEqual([
      {
        provider: 'eks',
        account: 'unknown',
        location: '*',
        status: 'skipped',
        clusters: 0,
        reason: 'no credentials found: sign in to eks',
      },
    ]);
    expect(issues).toEqual([]);
    expect(scan.notSeen).toEqual([]);
  });

  it('fails a cloud without any when the user named it', async () => {
    const { coverage, issues } = await collected({
      providers: [scriptedProvider({ available: async () => false })],
      named: true,
    });
    expect(coverage).toMatchObject([{ account: 'unknown', location: '*', status: 'failed' }]);
    expect(issues).toEqual([
      { code: 'unauthenticated', message: 'no credentials found: sign in to eks', provider: 'eks' },
    ]);
  });

  it.each([false, true])('fails a cloud with unusable ones, and goes on with the others (named: %s)', async (named) => {
    const expired = new ProviderError('unauthenticated', 'the session has expired');
    const { coverage, issues, scan, clusters } = await collected({
      providers: [
        scriptedProvider({ available: () => Promise.reject(expired) }),
        scriptedProvider({ id: 'gke', clusters: () => [cluster({ provider: 'gke' })] }),
      ],
      named,
    });
    expect(coverage).toMatchObject([
      { provider: 'eks', status: 'failed', reason: 'the session has expired' },
      { provider: 'gke', status: 'complete', clusters: 1 },
    ]);
    expect(issues).toEqual([{ code: 'unauthenticated', message: 'the session has expired', provider: 'eks' }]);
    expect(clusters).toHaveLength(1);
    expect(scan.notSeen).toEqual([{ provider: 'gke', what: 'what gke does not show' }]);
  });
});

describe('loading', () => {
  it('throws what the user set wrongly, before anything is asked', async () => {
    const refused = new UsageError('AZURE_RESOURCE_MANAGER_ENDPOINT: not an https address');
    const other = scriptedProvider();
    const providers = [other, scriptedProvider({ id: 'aks', load: () => Promise.reject(refused) })];
    await expect(collected({ providers })).rejects.toBe(refused);
    expect(other.calls).toEqual([]);
  });

  it('makes anything else an internal issue of that cloud, without what looks like a secret', async () => {
    const broken = new TypeError(`bad header\nAuthorization: Bearer ${'s3cr3t'.repeat(10)} ${'word '.repeat(80)}`);
    const { coverage, issues } = await collected({
      providers: [scriptedProvider({ load: () => Promise.reject<Provider>(broken) }), scriptedProvider({ id: 'gke' })],
    });
    expect(coverage).toMatchObject([{ status: 'failed' }, { provider: 'gke', status: 'complete' }]);
    expect(issues).toMatchObject([{ code: 'internal', provider: 'eks' }]);
    expect(issues[0]?.message).toMatch(/^TypeError: bad header Authorization: Bearer … word word /);
    expect(issues[0]?.message.length).toBeLessThanOrEqual(220);
  });

  it('knows a thrown value that is no error', async () => {
    const { issues } = await collected({
      // A dependency may throw anything.
      providers: [scriptedProvider({ available: () => Promise.reject('nothing left') })],
    });
    expect(issues).toMatchObject([{ code: 'internal', message: 'string: nothing left' }]);
  });

  it('fails a target that no provider is registered for', async () => {
    const { coverage, issues } = await collected({ providers: [scriptedProvider({ id: 'gke' })], registered: [] });
    expect(coverage).toMatchObject([{ provider: 'gke', status: 'failed' }]);
    expect(issues).toMatchObject([{ code: 'internal', message: 'Error: no provider is registered as gke' }]);
  });
});

describe('scopes', () => {
  it('gives each its row, and loses none for a failed one', async () => {
    const { coverage, issues, clusters } = await collected({
      providers: [
        scriptedProvider({
          scopes: ['us-east-1', 'eu-west-1', 'ap-east-1'].map((location) => scope({ location })),
          clusters: ({ location }) =>
            location === 'ap-east-1' ? [forbidden] : [cluster({ location }), cluster({ location, name: 'test' })],
        }),
      ],
    });
    const row = { provider: 'eks', account: '111122223333' };
    expect(coverage).toEqual([
      { ...row, location: 'ap-east-1', status: 'failed', clusters: 0, reason: 'eks:ListClusters is denied' },
      { ...row, location: 'eu-west-1', status: 'complete', clusters: 2 },
      { ...row, location: 'us-east-1', status: 'complete', clusters: 2 },
    ]);
    expect(issues).toEqual([
      { code: 'forbidden', message: 'eks:ListClusters is denied', ...row, location: 'ap-east-1' },
    ]);
    expect(clusters.map(({ id }) => id)).toEqual([
      'eks:111122223333/eu-west-1/prod',
      'eks:111122223333/eu-west-1/test',
      'eks:111122223333/us-east-1/prod',
      'eks:111122223333/us-east-1/test',
    ]);
  });

  it('is partial when it fails midway', async () => {
    const { coverage, clusters } = await collected({
      providers: [scriptedProvider({ clusters: () => [cluster(), forbidden] })],
    });
    expect(coverage).toMatchObject([{ status: 'partial', clusters: 1, reason: 'eks:ListClusters is denied' }]);
    expect(clusters).toHaveLength(1);
  });

  it('is partial when clusters could not be described', async () => {
    const issue = { code: 'forbidden', message: 'denied', provider: 'eks', clusterId: 'eks:1/eu-west-1/a' } as const;
    const { coverage, issues, clusters } = await collected({
      providers: [scriptedProvider({ clusters: () => [cluster(), cluster({ name: 'a', ...undescribed }), issue] })],
    });
    expect(coverage).toMatchObject([{ status: 'partial', clusters: 2, reason: '1 cluster could not be described' }]);
    expect(issues).toEqual([issue]);
    expect(clusters).toHaveLength(2);
  });

  it('is failed by a fault of the adapter, and the run goes on', async () => {
    const { coverage, issues } = await collected({
      providers: [
        scriptedProvider({
          scopes: [scope(), scope({ location: 'us-east-1' })],
          clusters: ({ location }) => (location === 'eu-west-1' ? [new TypeError('x is not iterable')] : []),
        }),
      ],
    });
    expect(coverage).toMatchObject([{ location: 'eu-west-1', status: 'failed' }, { status: 'complete' }]);
    expect(issues).toMatchObject([{ code: 'internal', message: 'TypeError: x is not iterable' }]);
  });

  it('makes a failed row of scopes that could not be listed', async () => {
    const unlisted = { code: 'forbidden', message: 'account:ListRegions is denied', provider: 'eks' } as const;
    const placed = { ...unlisted, account: '444455556666', location: 'eu-south-1' };
    const { coverage, issues } = await collected({
      providers: [scriptedProvider({ scopes: [unlisted, placed, scope()] })],
    });
    expect(coverage).toMatchObject([
      { account: '111122223333', location: 'eu-west-1', status: 'complete' },
      { account: '444455556666', location: 'eu-south-1', status: 'failed' },
      { account: 'unknown', location: '*', status: 'failed', reason: 'account:ListRegions is denied' },
    ]);
    expect(issues).toEqual([unlisted, placed]);
  });

  it('keeps the scopes that came before the stream of scopes failed', async () => {
    const { coverage } = await collected({ providers: [scriptedProvider({ scopes: [scope(), forbidden] })] });
    expect(coverage).toMatchObject([
      { account: '111122223333', status: 'complete' },
      { account: 'unknown', location: '*', status: 'failed', reason: 'eks:ListClusters is denied' },
    ]);
  });

  it('gives a location that did not answer a partial row of its own, and an issue of a cluster none', async () => {
    const place = { provider: 'gke', account: 'proj', location: 'europe-west1-b' } as const;
    const zone = { code: 'unreachable', message: 'the zone did not answer', ...place } as const;
    const host = { code: 'malformed', message: 'no host', ...place, clusterId: 'gke:proj/europe-west1-b/x' } as const;
    const own = { code: 'malformed', message: 'odd', provider: 'gke', location: '*' } as const;
    const unplaced = { code: 'malformed', message: 'odder', provider: 'gke' } as const;
    const { coverage, issues } = await collected({
      providers: [
        scriptedProvider({
          id: 'gke',
          scopes: [scope({ provider: 'gke', account: 'proj', location: '*' })],
          clusters: () => [zone, host, own, unplaced],
        }),
      ],
    });
    expect(coverage).toEqual([
      { provider: 'gke', account: 'proj', location: '*', status: 'complete', clusters: 0 },
      { ...place, status: 'partial', clusters: 0, reason: 'the zone did not answer' },
    ]);
    expect(issues).toHaveLength(4);
  });

  it('are listed eight at a time', async () => {
    const gates = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
    const provider = scriptedProvider({
      scopes: gates.map((_, index) => scope({ location: `r${index}` })),
      clusters: ({ location }) => [gates[Number(location.slice(1))]!.promise],
    });
    const { evidence, clock } = startCollecting({ providers: [provider] });
    await clock.pass(0);
    expect(provider.calls.filter((call) => call.startsWith('clusters'))).toHaveLength(8);
    gates[3]!.resolve();
    await clock.pass(0);
    expect(provider.calls.filter((call) => call.startsWith('clusters'))).toHaveLength(9);
    for (const { resolve } of gates) resolve();
    expect((await evidence).coverage).toHaveLength(10);
  });
});
