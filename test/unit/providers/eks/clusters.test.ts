import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../emulators/certificates.ts';
import { connectorCluster, eksCluster, type LazyClusters, type WireCluster } from '../../../emulators/eks.ts';
import { account, context, read, scope, setUp } from './setup.ts';

const region = 'eu-west-1';
let caPem: string;

beforeAll(async () => {
  caPem = (await createAuthority('kubernetes')).pem.trim();
});

function fleet(...clusters: readonly WireCluster[]): {
  accounts: { id: string; regions: Record<string, WireCluster[]> }[];
} {
  return { accounts: [{ id: account, regions: { [region]: [...clusters] } }] };
}

function many(count: number): LazyClusters {
  return { names: Array.from({ length: count }, (_, index) => `c${index}`), describe: (name) => eksCluster({ name }) };
}

const noSuchCluster = { status: 404, type: 'ResourceNotFoundException' };

describe('clusters of EKS', () => {
  it('maps a cluster as it came over the wire', async () => {
    const endpoint = 'https://AB12CD.gr7.eu-west-1.eks.example/';
    const cidrs = ['203.0.113.0/24', '2001:db8::/32'];
    const { provider } = await setUp(fleet(eksCluster({ name: 'prod', endpoint, caPem, cidrs, privateAccess: true })));
    const { clusters, issues } = await read(provider, scope(region));
    expect(issues).toEqual([]);
    expect(clusters.get('prod')).toMatchObject({
      id: `eks:${account}/eu-west-1/prod`,
      provider: 'eks',
      account,
      location: region,
      version: '1.34',
      auditLog: 'on',
      state: 'running',
      aliases: [`arn:aws:eks:eu-west-1:${account}:cluster/prod`],
      endpoints: [
        {
          role: 'public',
          host: 'AB12CD.gr7.eu-west-1.eks.example',
          port: 443,
          access: { kind: 'allow-list', ranges: cidrs, admits: [] },
          trust: { kind: 'cluster-ca', pem: caPem },
        },
        { role: 'private', host: 'AB12CD.gr7.eu-west-1.eks.example', port: 443, access: { kind: 'closed' } },
      ],
    });
  });

  it('asks for external clusters and keeps their activation code to itself', async () => {
    const { emulator, provider } = await setUp(fleet(connectorCluster({ name: 'far' }), eksCluster({ name: 'near' })));
    const { clusters } = await read(provider, scope(region));
    expect(clusters.get('far')).toMatchObject({ state: 'external', endpoints: [] });
    expect(clusters.get('near')?.state).toBe('running');
    expect(JSON.stringify([...clusters])).not.toContain('activation');
    expect(emulator.requests[0]?.url).toContain('include=all');
  });

  it('needs ten lists and a describe each for a thousand clusters, and no other call', async () => {
    const accounts = [{ id: account, regions: { [region]: many(1000) } }];
    const { emulator, provider } = await setUp({ accounts });
    const { clusters } = await read(provider, scope(region));
    expect(clusters.size).toBe(1000);
    expect(emulator.calls('ListClusters')).toBe(10);
    expect(emulator.calls('DescribeCluster')).toBe(1000);
    expect(emulator.calls()).toBe(1010);
    expect(await provider.account(scope(region), context)).toBe(account);
    expect(emulator.calls()).toBe(1010);
  }, 30_000);

  it('has at most ten describes in flight', async () => {
    let flying = 0;
    let most = 0;
    const accounts = [{ id: account, regions: { [region]: many(40) } }];
    const { provider } = await setUp({
      accounts,
      instead: async (operation) => {
        if (operation !== 'DescribeCluster') return undefined;
        most = Math.max(most, (flying += 1));
        await new Promise((resolve) => setTimeout(resolve, 2));
        flying -= 1;
        return undefined;
      },
    });
    expect((await read(provider, scope(region))).clusters.size).toBe(40);
    expect(most).toBe(10);
  });

  it('loses no cluster to a server that throttles every second call', async () => {
    const accounts = [{ id: account, regions: { [region]: many(250) } }];
    const { provider } = await setUp({ accounts, throttleEvery: 2 });
    const { clusters, issues } = await read(provider, scope(region));
    expect(clusters.size).toBe(250);
    expect([...clusters.values()].filter(({ undescribed }) => undescribed !== undefined)).toEqual([]);
    expect(issues).toEqual([]);
  });

  it('gives up on a server that throttles for ever, within its budget', async () => {
    const accounts = [{ id: account, regions: { [region]: many(100) } }];
    const refused = { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: {} };
    const { emulator, provider } = await setUp({
      accounts,
      instead: (operation) => (operation === 'DescribeCluster' ? refused : undefined),
    });
    const { clusters, issues } = await read(provider, scope(region));
    expect(clusters.size).toBe(100);
    expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(['throttled']));
    expect(emulator.calls('DescribeCluster')).toBeLessThanOrEqual(200);
    expect(emulator.calls('DescribeCluster')).toBeGreaterThan(100);
  });

  it('keeps the other four when the second of five may not be described', async () => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    const { emulator, provider } = await setUp({
      ...fleet(...names.map((name) => eksCluster({ name }))),
      refuse: { describes: { two: { status: 403, type: 'AccessDeniedException' } } },
    });
    const { clusters, issues } = await read(provider, scope(region));
    expect([...clusters.keys()].toSorted()).toEqual(names.toSorted());
    expect(clusters.get('two')).toMatchObject({
      id: `eks:${account}/eu-west-1/two`,
      state: 'unknown',
      undescribed: expect.stringMatching(/^eks:DescribeCluster: /),
      endpoints: [{ role: 'public', port: 443, access: { kind: 'unknown' } }],
    });
    expect([...clusters.values()].filter(({ state }) => state === 'running')).toHaveLength(4);
    expect(issues).toMatchObject([
      { code: 'forbidden', provider: 'eks', account, location: region, clusterId: `eks:${account}/eu-west-1/two` },
    ]);
    expect(emulator.calls('DescribeCluster')).toBe(5);
  });

  it.each([
    ['is gone since it was listed', noSuchCluster, 'malformed', /is not there any more/],
    ['fails on the server', { status: 500, type: 'ServerException' }, 'throttled', /several attempts/],
    ['may not be read', { status: 403, type: 'AccessDeniedException' }, 'forbidden', /service control policy/],
  ])('makes an unknown row of a cluster that %s', async (_, failure, code, message) => {
    const { provider } = await setUp({
      ...fleet(eksCluster({ name: 'odd' })),
      refuse: { describes: { odd: failure } },
    });
    const { clusters, issues } = await read(provider, scope(region));
    expect(clusters.get('odd')).toMatchObject({
      account,
      state: 'unknown',
      undescribed: expect.stringMatching(message),
    });
    expect(issues).toMatchObject([{ code, message: expect.stringMatching(message) }]);
  });

  it('asks STS for the account where an ARN does not tell it', async () => {
    const { emulator, provider } = await setUp(fleet(eksCluster({ name: 'odd', more: { arn: undefined } })));
    const { clusters } = await read(provider, scope(region));
    expect(clusters.get('odd')?.id).toBe(`eks:${account}/eu-west-1/odd`);
    expect(emulator.calls('GetCallerIdentity')).toBe(1);
  });

  it('keeps what it has when a later page is refused', async () => {
    let lists = 0;
    const accounts = [{ id: account, regions: { [region]: many(150) } }];
    const { provider } = await setUp({
      accounts,
      instead: (operation) =>
        operation === 'ListClusters' && (lists += 1) === 2
          ? { status: 403, body: { __type: 'AccessDeniedException' } }
          : undefined,
    });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const item of provider.clusters(scope(region), context)) seen.push(item);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'forbidden' });
    expect(seen).toHaveLength(100);
  });

  it('names the account unknown when neither a cluster nor STS tells, having asked once', async () => {
    const denied = { status: 403, type: 'AccessDenied' };
    const { emulator, provider } = await setUp({
      ...fleet(eksCluster({ name: 'a' }), eksCluster({ name: 'b' }), eksCluster({ name: 'c' })),
      refuse: { describes: { a: denied, b: denied, c: denied }, identity: denied },
    });
    const { clusters } = await read(provider, scope(region));
    expect([...clusters.values()].map(({ id }) => id).toSorted()).toEqual(
      ['a', 'b', 'c'].map((name) => `eks:unknown/eu-west-1/${name}`),
    );
    expect(emulator.calls('GetCallerIdentity')).toBe(1);
  });

  it('reports an endpoint that is no host, and still judges its settings', async () => {
    const endpoint = 'https://user@203.0.113.9/path';
    const { provider } = await setUp(fleet(eksCluster({ name: 'odd', endpoint })));
    const { clusters, issues } = await read(provider, scope(region));
    expect(clusters.get('odd')?.endpoints).toMatchObject([{ role: 'public', port: 443, access: { kind: 'open' } }]);
    expect(clusters.get('odd')?.endpoints[0]).not.toHaveProperty('host');
    expect(issues).toMatchObject([{ code: 'malformed', clusterId: `eks:${account}/eu-west-1/odd` }]);
  });

  it('reads a cluster again with one call', async () => {
    const clusters = [eksCluster({ name: 'prod' })];
    const accounts = [{ id: account, regions: { [region]: clusters } }];
    const { emulator, provider } = await setUp({ accounts });
    const before = (await read(provider, scope(region))).clusters.get('prod');
    expect(before?.endpoints[0]?.access.kind).toBe('open');
    clusters[0] = eksCluster({ name: 'prod', publicAccess: false, privateAccess: true });
    const calls = emulator.calls();
    const after = before && (await provider.reread(before, context));
    expect(after?.endpoints[0]?.access.kind).toBe('closed');
    expect(after?.id).toBe(before?.id);
    expect(emulator.calls()).toBe(calls + 1);
  });

  it('does not read a cluster again with the credentials of another account', async () => {
    const { emulator, provider } = await setUp(fleet(eksCluster({ name: 'prod' })));
    const cluster = (await read(provider, scope(region))).clusters.get('prod');
    const calls = emulator.calls();
    const foreign = cluster && provider.reread({ ...cluster, account: '444455556666' }, context);
    await expect(foreign).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(emulator.calls()).toBe(calls);
  });

  it('fails to read a cluster again with an error of ours', async () => {
    const clusters = [eksCluster({ name: 'prod' })];
    const { provider } = await setUp({ accounts: [{ id: account, regions: { [region]: clusters } }] });
    const cluster = (await read(provider, scope(region))).clusters.get('prod');
    clusters.length = 0;
    await expect(cluster && provider.reread(cluster, context)).rejects.toMatchObject({ name: 'ProviderError' });
  });
});
