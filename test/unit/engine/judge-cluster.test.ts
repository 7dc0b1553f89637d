import { describe, expect, test } from 'vitest';
import {
  admittedAddress,
  allowList,
  answer,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  judgeOne,
  look,
  open,
  probe,
  secondLook,
  silence,
  stranger,
  unreadable,
  withoutSettings,
} from './evidence.ts';
import type { Access, Endpoint } from '../../../src/model/endpoint.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { EndpointProbe, ProbeResult, SecondLook } from '../../../src/model/probe.ts';
import type { Vantage } from '../../../src/model/evidence.ts';

function withAccess(access: Access, changes: Partial<Cluster> = {}): Cluster {
  return cluster('prod', { endpoints: [endpoint({ access })], ...changes });
}

function conclude(
  subject: Cluster,
  result: ProbeResult | undefined,
  second?: SecondLook,
  from: Partial<Vantage> = {},
): string {
  const role = subject.endpoints[0]?.role ?? 'public';
  const probes = result && [probe(subject, result, { role, ...(second !== undefined && { secondLook: second }) })];
  const { exposure, confirmed } = judgeOne(subject, probes ?? [], from);
  return `${exposure}${confirmed ? ' confirmed' : ''}`;
}

describe('a second look', () => {
  const again = secondLook('equal', answer());
  test.each<[string, Access, SecondLook | undefined, string]>([
    ['none', closed, undefined, 'unknown'],
    ['equal settings, and it answers again', closed, again, 'contradiction confirmed'],
    ['equal settings of a list, and it answers again', allowList(), again, 'contradiction confirmed'],
    ['equal settings, then silence', closed, secondLook('equal', silence()), 'private'],
    ['equal settings, then a stranger', allowList(), secondLook('equal', stranger()), 'restricted'],
    ['equal settings, and no look', closed, secondLook('equal'), 'unknown'],
    ['equal settings, and a look that was not made', closed, secondLook('equal', look('not-probed')), 'unknown'],
    ['settings that could not be read', closed, secondLook('unread'), 'unknown'],
    ['a cluster being changed', closed, secondLook('unsettled'), 'unknown'],
    ['changed settings that contradict too', closed, secondLook('changed', answer()), 'unknown'],
    ['changed settings that are open', open, secondLook('changed', answer()), 'exposed confirmed'],
    ['changed settings, then silence', closed, secondLook('changed', silence()), 'private'],
    ['changed settings, and no look', allowList(['198.51.100.0/24']), secondLook('changed'), 'unknown'],
    ['changed settings that are open, and no look', open, secondLook('changed'), 'exposed'],
  ])('%s', (_, access, second, expected) => {
    expect(conclude(withAccess(access), answer(), second)).toBe(expected);
  });

  test('the contradiction says what both sides are', () => {
    const subject = withAccess(closed);
    const {
      reason,
      vantageAdmitted,
      probe: shown,
    } = judgeOne(subject, [probe(subject, answer(), { secondLook: again })]);
    expect(reason).toBe(
      'the settings admit nobody from the internet, yet it answered us twice, and the settings read again in between were the same',
    );
    expect(vantageAdmitted).toBe('no');
    expect(shown?.secondLook).toEqual({ settings: 'equal', at: again.at, outcome: 'anonymous-forbidden' });
  });
});

describe('a vantage in a cloud', () => {
  const again = secondLook('equal', answer());
  test.each<[Cluster['provider'], Vantage['cloud'], Access, string]>([
    ['gke', 'gcp', allowList(), 'unknown'],
    ['gke', 'unknown', allowList(), 'unknown'],
    ['gke', 'aws', allowList(), 'contradiction confirmed'],
    ['gke', 'none', allowList(), 'contradiction confirmed'],
    ['gke', 'gcp', closed, 'contradiction confirmed'],
    ['aks', 'azure', allowList(), 'unknown'],
    ['aks', 'gcp', allowList(), 'contradiction confirmed'],
    ['eks', 'aws', allowList(), 'contradiction confirmed'],
    ['eks', 'unknown', allowList(), 'contradiction confirmed'],
  ])('%s seen from %s', (provider, cloud, access, expected) => {
    expect(conclude(withAccess(access, { provider }), answer(), again, { cloud })).toBe(expected);
  });
});

describe('the side of a look', () => {
  const again = secondLook('equal', answer({ via: '127.0.0.1:8443', address: '127.0.0.1' }));
  const tunnelled = answer({ via: '127.0.0.1:8443', address: '127.0.0.1' });
  const privately = answer({ address: '10.0.0.5' });
  test.each<[string, Access, ProbeResult, SecondLook | undefined, Partial<Vantage>, string]>([
    ['an inside vantage confirms nothing', open, answer(), undefined, { kind: 'inside' }, 'exposed'],
    ['an inside vantage contradicts nothing', closed, answer(), again, { kind: 'inside' }, 'private'],
    ['an answer over a private address', closed, privately, secondLook('equal', privately), {}, 'private'],
    ['--connect-to without an address', closed, tunnelled, again, {}, 'private'],
    ['--connect-to with one', closed, tunnelled, again, { addressesGiven: true }, 'contradiction confirmed'],
    ['--connect-to to an open one', open, tunnelled, undefined, { addressesGiven: true }, 'exposed confirmed'],
    ['--connect-to from inside', open, tunnelled, undefined, { addressesGiven: true, kind: 'inside' }, 'exposed'],
  ])('%s', (_, access, result, second, from, expected) => {
    expect(conclude(withAccess(access), result, second, from)).toBe(expected);
  });

  test("the probe's own class of an address counts, as it reads through NAT64", () => {
    const address = '64:ff9b::c000:20a';
    const result = answer({ address, family: 'ipv6', resolved: [{ address, class: 'public' }] });
    expect(conclude(withAccess(open), result)).toBe('exposed confirmed');
    expect(conclude(withAccess(open), answer({ address, family: 'ipv6' }))).toBe('exposed');
  });
});

function among(first: ProbeResult, ...others: ProbeResult[]): ProbeResult {
  return { ...first, addresses: [first, ...others] };
}

describe('silence', () => {
  const other = cluster('other');
  const reached = probe(other, answer());
  test.each<[string, Access, ProbeResult, EndpointProbe[], string]>([
    ['a time-out, and another endpoint reached', closed, silence(), [reached], 'private confirmed'],
    ['the same for a list', allowList(), silence(), [reached], 'restricted confirmed'],
    ['a time-out, and nothing reached', closed, silence(), [], 'private'],
    ['a refusal', closed, silence({ outcome: 'closed', timedOut: false }), [reached], 'private'],
    ['dropped otherwise than by time', closed, silence({ timedOut: false }), [reached], 'private'],
    ['another that timed out too', closed, silence(), [probe(other, silence())], 'private'],
    ['another family reached', closed, silence({ family: 'ipv6' }), [reached], 'private'],
    ['open settings', open, silence(), [reached], 'exposed'],
    ['only a tunnel reached', closed, silence(), [probe(other, answer({ via: '127.0.0.1:1' }))], 'private'],
    [
      'a name of private addresses only',
      closed,
      look('not-probed', { resolved: [{ address: '10.0.0.5', class: 'private' }] }),
      [],
      'private confirmed',
    ],
    ['time-outs at all of its addresses', closed, among(silence(), silence()), [reached], 'private confirmed'],
    [
      'a time-out at one address, a refusal at another',
      closed,
      among(silence(), silence({ outcome: 'closed', timedOut: false })),
      [reached],
      'private',
    ],
    [
      'a time-out, and no way to the other family',
      closed,
      among(silence(), silence({ outcome: 'not-probed', family: 'ipv6', timedOut: false })),
      [reached],
      'private confirmed',
    ],
    [
      'private addresses of one family, and no answer about the other',
      closed,
      look('not-probed', { resolved: [{ address: '10.0.0.5', class: 'private' }], unansweredFamily: 'ipv6' }),
      [],
      'private',
    ],
    [
      'the same for a list',
      allowList(),
      look('not-probed', { resolved: [{ address: '10.0.0.5', class: 'private' }] }),
      [],
      'restricted',
    ],
    [
      'a name blocked by the resolver',
      closed,
      look('not-probed', { resolved: [{ address: '127.0.0.1', class: 'loopback' }] }),
      [],
      'private',
    ],
    [
      'a name of both kinds of addresses',
      closed,
      silence({
        resolved: [
          { address: '10.0.0.5', class: 'private' },
          { address: '192.0.2.10', class: 'public' },
        ],
      }),
      [],
      'private',
    ],
    ['no name', closed, look('not-probed', { resolved: [] }), [], 'private'],
  ])('%s', (_, access, result, others, expected) => {
    const subject = withAccess(access);
    const { exposure, confirmed } = judgeOne(subject, [probe(subject, result), ...others], {}, [other]);
    expect(`${exposure}${confirmed ? ' confirmed' : ''}`).toBe(expected);
  });

  test('a host is no control of its own silence, whichever row it answered in', () => {
    const subject = withAccess(closed);
    const [row] = subject.endpoints;
    const same = cluster('same', {
      provider: 'kubeconfig',
      endpoints: [{ ...(row as Endpoint), host: 'API.example' }],
    });
    const probes = [probe(subject, silence()), probe(same, answer())];
    expect(judgeOne(subject, probes, {}, [same])).toMatchObject({ exposure: 'private', confirmed: false });
  });

  test('an endpoint is no control of its own silence', () => {
    const subject = withAccess(closed);
    const second = secondLook('equal', silence());
    expect(judgeOne(subject, [probe(subject, answer(), { secondLook: second })])).toMatchObject({
      exposure: 'private',
      confirmed: false,
    });
  });

  test('the control may come after it in the list, and before', () => {
    const subject = withAccess(closed);
    const probes = [probe(subject, answer(), { secondLook: secondLook('equal', silence()) }), probe(other, answer())];
    expect(judgeOne(subject, probes, {}, [other]).confirmed).toBe(true);
    expect(
      judgeOne({ ...subject, id: 'eks:z' }, [{ ...probes[0]!, clusterId: 'eks:z' }, probes[1]!], {}, [other]).confirmed,
    ).toBe(true);
  });

  test('another port is no control', () => {
    const subject = withAccess(closed);
    const elsewhere = cluster('other', { endpoints: [endpoint({ port: 6443 })] });
    const probes = [probe(subject, silence()), probe(elsewhere, answer())];
    expect(judgeOne(subject, probes, {}, [elsewhere]).confirmed).toBe(false);
  });

  test('a time-out of an admitted vantage shows nothing', () => {
    const subject = withAccess(allowList());
    const probes = [probe(subject, silence()), probe(other, answer())];
    expect(judgeOne(subject, probes, { addresses: [admittedAddress] }, [other]).confirmed).toBe(false);
  });
});

describe('a DNS endpoint', () => {
  const front = look('iam-fronted', { connected: true, identity: { peer: 'this', signals: [] } });
  const broken = answer({ outcome: 'inconclusive', requests: [{ path: '/' }] });
  test.each<[string, Endpoint, ProbeResult, SecondLook | undefined, string]>([
    ['off, and its front door answers', dnsEndpoint(closed), front, secondLook('equal', front), 'private'],
    ['off, and only its certificate is seen', dnsEndpoint(closed), broken, secondLook('equal', broken), 'private'],
    ['off, and an API server answers', dnsEndpoint(closed), answer(), undefined, 'unknown'],
    [
      'off, and it answers twice',
      dnsEndpoint(closed),
      answer(),
      secondLook('equal', answer()),
      'contradiction confirmed',
    ],
    ['on, behind IAM', dnsEndpoint(open), front, undefined, 'broad'],
    ['on, with tokens', dnsEndpoint(open, { credentialsBeyondIam: true }), front, undefined, 'exposed'],
    ['on, and an API server answers', dnsEndpoint(open), answer(), undefined, 'exposed confirmed'],
    ['not readable', dnsEndpoint(unreadable), answer(), undefined, 'unknown'],
  ])('%s', (_, dns, result, second, expected) => {
    expect(conclude(cluster('prod', { provider: 'gke', endpoints: [dns] }), result, second)).toBe(expected);
  });
});

function selfManaged(role: 'public' | 'private'): Cluster {
  const { account: _account, location: _location, ...own } = cluster('dev', { provider: 'kubeconfig' });
  const id = 'kubeconfig:dev@api.example:6443';
  return { ...own, id, state: 'unknown', endpoints: [endpoint({ role, port: 6443, access: withoutSettings })] };
}

describe('a self-managed cluster', () => {
  test.each([
    ['public', 'exposed', 'running', answer({ resolved: [{ address: '192.0.2.10', class: 'public' }] })],
    ['public', 'unknown', 'unknown', stranger()],
    ['public', 'unknown', 'unknown', silence()],
    ['private', 'private', 'running', answer()],
    ['private', 'private', 'unknown', silence()],
  ] as const)('with a %s endpoint is %s, and %s', (role, exposure, state, result) => {
    const judged = judgeOne(selfManaged(role), [probe(selfManaged(role), result, { role })]);
    expect(judged).toMatchObject({ exposure, vantageAdmitted: 'not-applicable', access: { settings: 'none' } });
    expect(judged.cluster).toMatchObject({ exposure, state });
    expect(Object.keys(judged.cluster)).not.toContain('account');
    expect(Object.keys(judged.cluster)).not.toContain('location');
  });

  test('says why without repeating that there are no settings', () => {
    const looked = answer({ resolved: [{ address: '192.0.2.10', class: 'public' }] });
    const { reason, confirmed } = judgeOne(selfManaged('public'), [probe(selfManaged('public'), looked)]);
    expect(reason).toBe('it answered us; there are no settings to compare');
    expect(confirmed).toBe(true);
  });

  test('that answers an inside vantage stays unknown', () => {
    const subject = selfManaged('public');
    expect(judgeOne(subject, [probe(subject, answer())], { kind: 'inside' }).exposure).toBe('unknown');
  });
});
