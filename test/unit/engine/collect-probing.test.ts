import { describe, expect, it } from 'vitest';
import {
  answer,
  cluster,
  collected,
  endpoint,
  hostlessEndpoint,
  scriptedProvider,
  silence,
  startCollecting,
} from '../../fixtures/providers.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { ScriptedProvider } from '../../fixtures/providers.ts';

const withClusters = (...clusters: Cluster[]): ScriptedProvider[] => [scriptedProvider({ clusters: () => clusters })];
const apart = endpoint({ role: 'private', host: 'private.eks.example', access: { kind: 'closed' } });
const shared = endpoint({ role: 'private', host: 'abc.EKS.example', access: { kind: 'closed' } });

describe('what is probed', () => {
  it('is nothing with the probe off, and no result stands for it', async () => {
    const { evidence, looks } = startCollecting({ providers: withClusters(cluster()), probe: false });
    expect(await evidence).toMatchObject({
      probes: [],
      clusters: [{ name: 'prod' }],
      coverage: [{ status: 'complete' }],
    });
    expect(looks).toEqual([]);
  });

  it.each([
    ['an open endpoint', cluster()],
    ['a closed one', cluster({ endpoints: [endpoint({ access: { kind: 'closed' } })] })],
    ['one that could not be read', cluster({ endpoints: [{ ...hostlessEndpoint, host: 'a.example' }] })],
    ['a failed cluster', cluster({ state: 'failed' })],
    ['a cluster that is being updated', cluster({ state: 'updating' })],
    ['a cluster of unknown state', cluster({ state: 'unknown' })],
  ])('is %s', async (_, subject) => {
    const { evidence, looks } = startCollecting({ providers: withClusters(subject), answers: () => silence() });
    expect((await evidence).probes).toEqual([{ clusterId: subject.id, role: 'public', result: silence() }]);
    expect(looks).toHaveLength(1);
  });

  it.each([
    ['an excluded cluster', cluster({ name: 'excluded' }), 'the cluster is excluded from probing'],
    ['a stopped cluster', cluster({ state: 'stopped' }), "the cluster's state is stopped"],
    ['a cluster that is being created', cluster({ state: 'creating' }), "the cluster's state is creating"],
    ['an endpoint without a host', cluster({ endpoints: [hostlessEndpoint] }), 'the endpoint has no host'],
    ['a private endpoint', cluster({ endpoints: [apart] }), 'a private endpoint is probed from inside only'],
  ])('is not %s, and the result says why', async (_, subject, detail) => {
    const { evidence, looks, progress } = startCollecting({
      providers: withClusters(subject),
      probe: { excluded: ({ name }) => name === 'excluded' },
    });
    expect((await evidence).probes).toEqual([
      {
        clusterId: subject.id,
        role: subject.endpoints[0]?.role,
        result: {
          outcome: 'not-probed',
          detail,
          startedAt: '2026-01-01T00:00:00.000Z',
          durationMs: 0,
          connected: false,
          timedOut: false,
          requests: [],
          identity: { peer: 'none', signals: [] },
        },
      },
    ]);
    expect((await evidence).coverage).toMatchObject([{ status: 'complete' }]);
    expect(looks).toEqual([]);
    expect(progress.at(-1)?.probes).toEqual({ done: 0, planned: 0 });
  });

  it('is a private endpoint from inside', async () => {
    const { evidence, looks } = startCollecting({
      providers: withClusters(cluster({ endpoints: [endpoint(), apart] })),
      vantage: { kind: 'inside' },
    });
    expect((await evidence).probes.map(({ role }) => role)).toEqual(['private', 'public']);
    expect(looks.map(({ target }) => target.host)).toEqual(['ABC.eks.example', 'private.eks.example']);
  });

  it.each(['inside', 'outside'] as const)('is one host and port once, on behalf of public (%s)', async (kind) => {
    const { evidence, looks } = startCollecting({
      providers: withClusters(cluster({ endpoints: [endpoint(), shared] })),
      vantage: { kind },
    });
    const [first] = (await evidence).probes;
    expect(first).toMatchObject({ role: 'private', result: { outcome: 'not-probed' } });
    expect(first?.result.detail).toBe('it has the host and port of the public endpoint, which is probed for both');
    expect(looks.map(({ target }) => target.role)).toEqual(['public']);
  });

  it('is a private endpoint of the same host on another port', async () => {
    const { evidence, looks } = startCollecting({
      providers: withClusters(cluster({ endpoints: [endpoint(), { ...shared, port: 6443 }] })),
      vantage: { kind: 'inside' },
    });
    await evidence;
    expect(looks.map(({ target }) => target.port)).toEqual([443, 6443]);
  });
});

describe('a probe', () => {
  it('is given the words of the inventory, with a fresh audit id for each endpoint', async () => {
    const dns = endpoint({ role: 'dns', host: 'dns.example', trust: { kind: 'public-roots' } });
    const { evidence, looks } = startCollecting({ providers: withClusters(cluster({ endpoints: [endpoint(), dns] })) });
    await evidence;
    expect(looks.map(({ look, target }) => [look, target])).toEqual([
      [
        'full',
        {
          clusterId: 'eks:111122223333/eu-west-1/prod',
          role: 'public',
          host: 'ABC.eks.example',
          port: 443,
          trust: { kind: 'cluster-ca', pem: 'pem of the CA' },
          auditId: 'uuid-1',
        },
      ],
      [
        'full',
        {
          clusterId: 'eks:111122223333/eu-west-1/prod',
          role: 'dns',
          host: 'dns.example',
          port: 443,
          trust: { kind: 'public-roots' },
          auditId: 'uuid-2',
        },
      ],
    ]);
  });

  it('starts while the list is still being read', async () => {
    const gate = Promise.withResolvers<void>();
    const providers = [scriptedProvider({ clusters: () => [cluster(), gate.promise, cluster({ name: 'late' })] })];
    const { evidence, looks, clock } = startCollecting({ providers });
    await clock.pass(0);
    expect(looks).toHaveLength(1);
    gate.resolve();
    expect((await evidence).probes).toHaveLength(2);
  });

  it('without a clear outcome is over all the same', async () => {
    const result = answer({ outcome: 'inconclusive' });
    const { coverage, probes } = await collected({ providers: withClusters(cluster()), answers: () => result });
    expect(coverage).toMatchObject([{ status: 'complete' }]);
    expect(probes).toMatchObject([{ result }]);
  });

  it('keeps no list waiting', async () => {
    const gate = Promise.withResolvers<void>();
    const { evidence, progress, clock } = startCollecting({
      providers: withClusters(cluster()),
      answers: () => gate.promise.then(() => answer()),
    });
    await clock.pass(0);
    expect(progress.at(-1)).toMatchObject({ scopes: { done: 1, known: 1 }, probes: { done: 0, planned: 1 } });
    gate.resolve();
    expect((await evidence).coverage).toMatchObject([{ status: 'complete' }]);
  });

  it('that throws is an internal issue and a partial scope, and the other endpoints keep their results', async () => {
    const dns = endpoint({ role: 'dns', host: 'dns.example' });
    const { probes, coverage, issues } = await collected({
      providers: withClusters(cluster({ endpoints: [endpoint(), dns] })),
      answers: ({ role }) => {
        if (role === 'dns') throw new RangeError('out of range');
        return answer();
      },
    });
    expect(probes.map(({ role, result }) => [role, result.outcome, result.detail])).toEqual([
      ['dns', 'not-probed', 'the probe failed, see the issues'],
      ['public', 'anonymous-forbidden', 'made up'],
    ]);
    expect(coverage).toMatchObject([{ status: 'partial', reason: '1 planned probe did not finish' }]);
    expect(issues).toEqual([
      {
        code: 'internal',
        message: 'RangeError: out of range',
        provider: 'eks',
        account: '111122223333',
        location: 'eu-west-1',
        clusterId: 'eks:111122223333/eu-west-1/prod',
      },
    ]);
  });

  it('that cannot even be planned is the same', async () => {
    const { probes, coverage, issues } = await collected({
      providers: withClusters(cluster(), cluster({ name: 'odd' })),
      probe: {
        excluded: ({ name }) => {
          if (name === 'odd') throw new SyntaxError('bad pattern');
          return false;
        },
      },
    });
    expect(probes.map(({ result }) => result.outcome)).toEqual(['not-probed', 'anonymous-forbidden']);
    expect(coverage).toMatchObject([{ status: 'partial', clusters: 2 }]);
    expect(issues).toMatchObject([{ code: 'internal', message: 'SyntaxError: bad pattern' }]);
  });
});

describe('--connect-to', () => {
  const rule = { host: 'abc.EKS.example', hostPort: 443, address: '127.0.0.1', port: 8443 };

  it('names what is dialled for the endpoint of that host and port, whatever the case', async () => {
    const dns = endpoint({ role: 'dns', host: 'dns.example' });
    const connectTo = [rule, { ...rule, port: 1 }];
    const { evidence, looks } = startCollecting({
      providers: withClusters(cluster({ endpoints: [endpoint(), dns] })),
      probe: { connectTo },
    });
    expect((await evidence).issues).toEqual([]);
    expect(looks.map(({ target }) => target.connectTo)).toEqual([{ address: '127.0.0.1', port: 8443 }, undefined]);
  });

  it.each([
    ['another port', { ...rule, hostPort: 6443 }, 'abc.EKS.example:6443'],
    ['another host', { ...rule, host: 'bc.eks.example' }, 'bc.eks.example:443'],
  ])('is an issue where it fits nothing: %s', async (_, wrong, named) => {
    const { evidence, looks } = startCollecting({
      providers: withClusters(cluster({ endpoints: [endpoint(), hostlessEndpoint] })),
      probe: { connectTo: [wrong] },
    });
    expect((await evidence).issues).toEqual([
      { code: 'malformed', message: `--connect-to ${named} fits no endpoint of the clusters that were seen` },
    ]);
    expect(looks[0]?.target).not.toHaveProperty('connectTo');
  });

  it('fits an endpoint that is not probed, too', async () => {
    const { issues } = await collected({
      providers: withClusters(cluster({ state: 'stopped' })),
      probe: { connectTo: [rule] },
    });
    expect(issues).toEqual([]);
  });
});

/** Answers to sockets of several addresses, one after the other. */
const answersToSockets = () => {
  const own = ['203.0.113.9', '2001:db8::9', '203.0.113.9', undefined];
  return () => {
    const localAddress = own.shift();
    return answer(localAddress === undefined ? {} : { localAddress });
  };
};

describe('the vantage', () => {
  const fleet = withClusters(...['a', 'b', 'c', 'd'].map((name) => cluster({ name })));

  it('has the addresses that our sockets had', async () => {
    const { scan } = await collected({
      providers: fleet,
      vantage: { addresses: [], addressesGiven: false },
      answers: answersToSockets(),
    });
    expect(scan.vantage).toMatchObject({ addresses: ['2001:db8::9', '203.0.113.9'], addressesGiven: false });
  });

  it('has those that the user gave, and no other', async () => {
    const { scan } = await collected({ providers: fleet, answers: answersToSockets() });
    expect(scan.vantage.addresses).toEqual(['198.51.100.7']);
  });
});
