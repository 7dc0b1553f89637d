import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/model/errors.ts';
import { cluster, collected, scope, scriptedProvider, startCollecting, undescribed } from '../../fixtures/providers.ts';

const forbidden = new ProviderError('forbidden', 'eks:ListClusters is denied');

/** A scope that came without its account. */
const anonymous = ({ source }: { source?: string } = {}) => ({
  provider: 'eks' as const,
  location: 'eu-west-1',
  ...(source !== undefined && { source }),
});

describe('the account of a scope', () => {
  it('comes from its first cluster, without a call', async () => {
    const provider = scriptedProvider({ scopes: [anonymous()], clusters: () => [cluster()] });
    expect((await collected({ providers: [provider] })).coverage).toMatchObject([{ account: '111122223333' }]);
    expect(provider.calls).toEqual(['scopes', 'clusters eu-west-1']);
  });

  it('is asked for where there is no cluster', async () => {
    const provider = scriptedProvider({ scopes: [anonymous()] });
    expect((await collected({ providers: [provider] })).coverage).toMatchObject([{ account: '111122223333' }]);
    expect(provider.calls).toEqual(['scopes', 'clusters eu-west-1', 'account eu-west-1']);
  });

  it('is unknown where it cannot be told, which makes no gap', async () => {
    const provider = scriptedProvider({ scopes: [anonymous()], account: () => Promise.reject(forbidden) });
    const { coverage, issues } = await collected({ providers: [provider] });
    expect(coverage).toMatchObject([{ account: 'unknown', status: 'complete' }]);
    expect(issues).toEqual([]);
  });

  it('stands in the issue of a scope that failed', async () => {
    const provider = scriptedProvider({ scopes: [anonymous()], clusters: () => [forbidden] });
    const { coverage, issues } = await collected({ providers: [provider] });
    const place = { provider: 'eks', account: '111122223333', location: 'eu-west-1' };
    expect(coverage).toMatchObject([{ ...place, status: 'failed' }]);
    expect(issues).toEqual([{ code: 'forbidden', message: forbidden.message, ...place }]);
  });

  it('is left out of that issue where it is unknown', async () => {
    const provider = scriptedProvider({
      scopes: [anonymous()],
      clusters: () => [forbidden],
      account: () => Promise.reject(forbidden),
    });
    const { coverage, issues } = await collected({ providers: [provider] });
    expect(coverage).toMatchObject([{ account: 'unknown', status: 'failed' }]);
    expect(issues).toEqual([{ code: 'forbidden', message: forbidden.message, provider: 'eks', location: 'eu-west-1' }]);
  });

  it('is asked for ahead where two profiles may reach one, so that it is listed once', async () => {
    const provider = scriptedProvider({
      scopes: ['a', 'b', 'other'].map((source) => anonymous({ source })),
      clusters: ({ source }) => [cluster(source === 'other' ? { account: '444455556666' } : {})],
      account: async ({ source }) => (source === 'other' ? '444455556666' : '111122223333'),
    });
    const { coverage, clusters, probes } = await collected({ providers: [provider], accounts: ['a', 'b', 'other'] });
    expect(coverage).toMatchObject([
      { account: '111122223333', status: 'complete', clusters: 1 },
      { account: '444455556666', status: 'complete', clusters: 1 },
    ]);
    expect(clusters).toHaveLength(2);
    expect(probes).toHaveLength(2);
    expect(provider.calls.filter((call) => call.startsWith('clusters'))).toEqual([
      'clusters a eu-west-1',
      'clusters other eu-west-1',
    ]);
  });

  it('is listed by the second profile when the first one did not see all, and nothing is said twice', async () => {
    const broken = cluster({ name: 'b', ...undescribed });
    const issue = { code: 'forbidden', message: 'denied', provider: 'eks', clusterId: broken.id } as const;
    const provider = scriptedProvider({
      scopes: ['a', 'b'].map((source) => scope({ source })),
      clusters: ({ source }) =>
        source === 'a' ? [cluster(), broken, issue, forbidden] : [cluster(), broken, cluster({ name: 'b' })],
    });
    const { evidence, progress } = startCollecting({ providers: [provider], accounts: ['a', 'b'] });
    const { coverage, issues, clusters, probes } = await evidence;
    expect(progress.at(-1)).toMatchObject({ scopes: { done: 2, known: 2 }, clusters: 2 });
    expect(coverage).toMatchObject([{ status: 'complete', clusters: 2 }]);
    expect(coverage[0]).not.toHaveProperty('reason');
    expect(issues).toEqual([]);
    expect(clusters.map(({ undescribed: why }) => why)).toEqual([undefined, undefined]);
    expect(probes.map(({ result }) => result.outcome)).toEqual(['anonymous-forbidden', 'anonymous-forbidden']);
  });

  it('is listed by the second profile when the first one may list clusters and describe none', async () => {
    const provider = scriptedProvider({
      scopes: ['a', 'b'].map((source) => scope({ source })),
      clusters: ({ source }) => [source === 'a' ? cluster(undescribed) : cluster()],
    });
    const { coverage, clusters } = await collected({ providers: [provider], accounts: ['a', 'b'] });
    expect(coverage).toMatchObject([{ status: 'complete', clusters: 1 }]);
    expect(clusters.map(({ undescribed: why }) => why)).toEqual([undefined]);
  });

  it('says once what both profiles were refused', async () => {
    const provider = scriptedProvider({
      scopes: ['a', 'b'].map((source) => scope({ source })),
      clusters: () => [forbidden],
    });
    const { coverage, issues } = await collected({ providers: [provider] });
    expect(coverage).toMatchObject([{ status: 'failed' }]);
    expect(issues).toHaveLength(1);
  });

  it('stays two rows where two profiles could not be told apart', async () => {
    const provider = scriptedProvider({
      scopes: ['a', 'b'].map((source) => anonymous({ source })),
      clusters: () => [forbidden],
      account: () => Promise.reject(forbidden),
    });
    const { coverage } = await collected({ providers: [provider], accounts: ['a', 'b'] });
    expect(coverage.map(({ account }) => account)).toEqual(['unknown', 'unknown']);
  });
});
