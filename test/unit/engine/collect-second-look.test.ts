import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../src/model/errors.ts';
import {
  answer,
  closedEndpoint,
  cluster,
  endpoint,
  hostlessEndpoint,
  scriptedProvider,
  silence,
  startCollecting,
  undescribed,
} from '../../fixtures/providers.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Endpoint } from '../../../src/model/endpoint.ts';
import type { Setting } from '../../fixtures/providers.ts';

const closed = cluster({ endpoints: [closedEndpoint] });
const id = closed.id;

/** Starts with one cluster that answers although it is closed; `fresh` is what is read again. */
function doubt(fresh: Cluster | Error = closed, setting: Partial<Setting> = {}) {
  const provider = scriptedProvider({
    clusters: () => [closed],
    reread: () => (fresh instanceof Error ? Promise.reject(fresh) : Promise.resolve(fresh)),
  });
  return { provider, ...startCollecting({ providers: [provider], ...setting }) };
}

describe('a second look', () => {
  it('comes after the wait, with the settings read again just before it', async () => {
    const { provider, evidence, looks, clock, progress } = doubt();
    await clock.pass(9_999);
    expect(provider.calls).not.toContain(`reread ${id}`);
    expect(progress.at(-1)?.probes).toEqual({ done: 1, planned: 2 });
    await clock.pass(1);
    const { probes, issues, coverage } = await evidence;
    expect(provider.calls.filter((call) => call.startsWith('reread'))).toEqual([`reread ${id}`]);
    expect(looks.map(({ look, at }) => [look, at])).toEqual([
      ['full', 0],
      ['second', 10_000],
    ]);
    expect(looks[1]?.target).toEqual(looks[0]?.target);
    expect(probes).toEqual([
      {
        clusterId: id,
        role: 'public',
        result: answer(),
        secondLook: { settings: 'equal', at: '2026-01-01T00:00:10.000Z', result: answer() },
      },
    ]);
    expect(issues).toEqual([]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
    expect(progress.at(-1)?.probes).toEqual({ done: 2, planned: 2 });
  });

  it('waits as long as the user says', async () => {
    const { evidence, looks, clock } = doubt(closed, { probe: { confirmAfter: 1 } });
    await clock.pass(1_000);
    await evidence;
    expect(looks.map(({ at }) => at)).toEqual([0, 1_000]);
  });

  it('counts the wait from the first answer, not from its beginning', async () => {
    const gate = Promise.withResolvers<void>();
    const { evidence, looks, clock } = doubt(closed, { answers: () => gate.promise.then(() => answer()) });
    await clock.pass(4_000);
    gate.resolve();
    await clock.pass(0);
    await clock.pass(9_000);
    expect(looks).toHaveLength(1);
    await clock.pass(1_000);
    await evidence;
    expect(looks[1]?.at).toBe(14_000);
  });

  it('holds up nothing else', async () => {
    const gate = Promise.withResolvers<void>();
    const provider = scriptedProvider({ clusters: () => [closed, gate.promise, cluster({ name: 'later' })] });
    const { evidence, looks, clock } = startCollecting({ providers: [provider] });
    await clock.pass(5_000);
    gate.resolve();
    await clock.pass(0);
    expect(looks.map(({ target, at }) => [target.clusterId, at])).toEqual([
      [id, 0],
      ['eks:111122223333/eu-west-1/later', 5_000],
    ]);
    await clock.pass(5_000);
    expect((await evidence).probes).toHaveLength(2);
  });

  it('is the last one, whatever it shows', async () => {
    const { evidence, looks, clock } = doubt(closed, {
      answers: (_, look) => (look === 'full' ? answer() : silence()),
    });
    await clock.pass(60_000);
    expect((await evidence).probes[0]?.secondLook?.result).toEqual(silence());
    await clock.pass(60_000);
    expect(looks).toHaveLength(2);
  });

  it.each<[string, Endpoint, Partial<Setting>]>([
    ['an open endpoint answers', endpoint(), {}],
    ['nothing answers', closedEndpoint, { answers: () => silence() }],
    ['something else answers', closedEndpoint, { answers: () => answer({ identity: { peer: 'other', signals: [] } }) }],
    ['we stand inside', closedEndpoint, { vantage: { kind: 'inside' } }],
    ['the list admits us', endpoint({ access: { kind: 'allow-list', ranges: ['198.51.100.0/24'], admits: [] } }), {}],
    [
      'nothing is known of our address',
      endpoint({ access: { kind: 'allow-list', ranges: ['203.0.113.0/24'], admits: [] } }),
      { vantage: { addresses: [], addressesGiven: false } },
    ],
  ])('is not needed where %s', async (_, subject, setting) => {
    const provider = scriptedProvider({ clusters: () => [cluster({ endpoints: [subject] })] });
    const { evidence, looks } = startCollecting({ providers: [provider], ...setting });
    expect((await evidence).probes[0]).not.toHaveProperty('secondLook');
    expect(looks).toHaveLength(1);
  });

  it('is needed where the list admits others than the socket that answered', async () => {
    const listed = cluster({
      endpoints: [endpoint({ access: { kind: 'allow-list', ranges: ['203.0.113.0/24'], admits: [] } })],
    });
    const { evidence, looks, clock } = startCollecting({
      providers: [scriptedProvider({ clusters: () => [listed] })],
      vantage: { addresses: [], addressesGiven: false },
      answers: () => answer({ localAddress: '198.51.100.7' }),
    });
    await clock.pass(10_000);
    await evidence;
    expect(looks).toHaveLength(2);
  });
});

describe('our address', () => {
  it('is also known from what other sockets had', async () => {
    const listed = cluster({
      name: 'listed',
      endpoints: [endpoint({ access: { kind: 'allow-list', ranges: ['203.0.113.0/24'], admits: [] } })],
    });
    const gate = Promise.withResolvers<void>();
    const { evidence, looks, clock } = startCollecting({
      providers: [scriptedProvider({ clusters: () => [cluster(), gate.promise, listed] })],
      vantage: { addresses: [], addressesGiven: false },
      answers: ({ clusterId }) => answer(clusterId === listed.id ? {} : { localAddress: '198.51.100.7' }),
    });
    await clock.pass(0);
    gate.resolve();
    await clock.pass(10_000);
    await evidence;
    expect(looks.map(({ look }) => look)).toEqual(['full', 'full', 'second']);
  });
});

describe('settings read again', () => {
  const open = cluster({ endpoints: [endpoint()] });

  it('that have changed replace the old ones, and are looked at', async () => {
    const moved = cluster({ endpoints: [endpoint({ host: 'new.eks.example' })] });
    const { evidence, looks, clock } = doubt(moved);
    await clock.pass(10_000);
    const { clusters, probes } = await evidence;
    expect(clusters).toEqual([moved]);
    expect(probes[0]?.secondLook).toMatchObject({ settings: 'changed', result: answer() });
    expect(looks[1]?.target).toMatchObject({ host: 'new.eks.example', auditId: looks[0]?.target.auditId });
  });

  it.each(['updating', 'creating', 'deleting'] as const)('of a cluster that is %s settle nothing', async (state) => {
    const changing = { ...open, state };
    const { evidence, looks, clock } = doubt(changing);
    await clock.pass(10_000);
    const { clusters, probes, coverage } = await evidence;
    expect(probes[0]?.secondLook).toEqual({ settings: 'unsettled', at: '2026-01-01T00:00:10.000Z' });
    expect(clusters).toEqual([changing]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
    expect(looks).toHaveLength(1);
  });

  it('that cannot be read leave the first ones, with an issue', async () => {
    const { evidence, looks, clock } = doubt(new ProviderError('throttled', 'eks:DescribeCluster is throttled'));
    await clock.pass(10_000);
    const { clusters, probes, issues } = await evidence;
    expect(probes[0]?.secondLook).toEqual({ settings: 'unread', at: '2026-01-01T00:00:10.000Z' });
    expect(clusters).toEqual([closed]);
    expect(issues).toEqual([
      {
        code: 'throttled',
        message: 'eks:DescribeCluster is throttled',
        provider: 'eks',
        account: '111122223333',
        location: 'eu-west-1',
        clusterId: id,
      },
    ]);
    expect(looks).toHaveLength(1);
  });

  it('that describe nothing are unread, too', async () => {
    const { evidence, clock } = doubt(cluster(undescribed));
    await clock.pass(10_000);
    const { clusters, probes, issues } = await evidence;
    expect(probes[0]?.secondLook?.settings).toBe('unread');
    expect(clusters).toEqual([closed]);
    expect(issues).toMatchObject([{ code: 'malformed', message: 'eks:DescribeCluster is denied' }]);
  });

  it.each([
    ['was stopped', { ...closed, state: 'stopped' } as const],
    ['lost its host', cluster({ endpoints: [hostlessEndpoint] })],
  ])('of a cluster that %s leave nothing to look at', async (_, fresh) => {
    const { evidence, looks, clock } = doubt(fresh);
    await clock.pass(10_000);
    const { clusters, probes } = await evidence;
    expect(probes[0]?.secondLook).toEqual({ settings: 'changed', at: '2026-01-01T00:00:10.000Z' });
    expect(clusters).toEqual([fresh]);
    expect(looks).toHaveLength(1);
  });

  it('are read once for a cluster, and only the doubted endpoint is looked at again', async () => {
    const dns = endpoint({ role: 'dns', host: 'dns.example', access: { kind: 'closed' } });
    const gone = endpoint({ role: 'private', host: 'private.example' });
    const provider = scriptedProvider({
      clusters: () => [cluster({ endpoints: [endpoint(), gone, dns] })],
      reread: async () => cluster({ endpoints: [endpoint(), dns] }),
    });
    const { evidence, looks, clock } = startCollecting({ providers: [provider] });
    await clock.pass(10_000);
    expect((await evidence).probes.map(({ role, secondLook }) => [role, secondLook?.settings])).toEqual([
      ['dns', 'changed'],
      ['public', undefined],
    ]);
    expect(provider.calls.filter((call) => call.startsWith('reread'))).toHaveLength(1);
    expect(looks.map(({ target, look }) => `${target.role} ${look}`)).toEqual([
      'public full',
      'dns full',
      'dns second',
    ]);
  });

  it('may hold an endpoint that was not there before', async () => {
    const appeared = endpoint({ role: 'dns', host: 'dns.example' });
    const { evidence, clock } = doubt(cluster({ endpoints: [closedEndpoint, appeared] }));
    await clock.pass(10_000);
    expect((await evidence).probes[0]).toMatchObject({
      role: 'dns',
      result: { outcome: 'not-probed', detail: 'the endpoint appeared after the first look' },
    });
  });

  it('are asked for four at a time', async () => {
    const gate = Promise.withResolvers<void>();
    const names = Array.from({ length: 6 }, (_, index) => `c${index}`);
    const provider = scriptedProvider({
      clusters: () => names.map((name) => cluster({ name, endpoints: [closedEndpoint] })),
      reread: (known) => gate.promise.then(() => known),
    });
    const { evidence, clock } = startCollecting({ providers: [provider] });
    await clock.pass(10_000);
    expect(provider.calls.filter((call) => call.startsWith('reread'))).toHaveLength(4);
    gate.resolve();
    expect((await evidence).probes.filter(({ secondLook }) => secondLook?.settings === 'equal')).toHaveLength(6);
  });

  it('keep the first look where no second one can be planned', async () => {
    let planned = 0;
    const { evidence, clock } = doubt(closed, {
      probe: {
        excluded: () => {
          planned += 1;
          if (planned === 2) throw new SyntaxError('bad pattern');
          return false;
        },
      },
    });
    await clock.pass(10_000);
    const { probes, issues, coverage } = await evidence;
    expect(probes).toEqual([{ clusterId: id, role: 'public', result: answer() }]);
    expect(issues).toMatchObject([{ code: 'internal', message: 'SyntaxError: bad pattern' }]);
    expect(coverage).toMatchObject([{ status: 'partial' }]);
  });

  it('of a second look that throws are as good as unread', async () => {
    const { evidence, clock } = doubt(closed, {
      answers: (_, look) => {
        if (look === 'second') throw new TypeError('broken');
        return answer();
      },
    });
    await clock.pass(10_000);
    const { probes, issues, coverage } = await evidence;
    expect(probes[0]?.result).toEqual(answer());
    expect(probes[0]?.secondLook).toEqual({ settings: 'unread', at: '2026-01-01T00:00:10.000Z' });
    expect(issues).toMatchObject([{ code: 'internal' }]);
    expect(coverage).toMatchObject([{ status: 'partial' }]);
  });
});
