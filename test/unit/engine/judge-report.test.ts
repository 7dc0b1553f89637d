import { describe, expect, test } from 'vitest';
import {
  allowList,
  answer,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  evidence,
  judgeAll,
  judgeOne,
  open,
  probe,
  silence,
  stranger,
  unreadable,
  vantage,
} from './evidence.ts';
import type { Access } from '../../../src/model/endpoint.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';
import type { Vantage } from '../../../src/model/evidence.ts';

function withAccess(access: Access, changes: Partial<Cluster> = {}): Cluster {
  return cluster('prod', { endpoints: [endpoint({ access })], ...changes });
}

describe("a cluster's exposure", () => {
  const narrow = endpoint();
  test.each<[string, Partial<Cluster>, string]>([
    ['the worst of public and dns', { endpoints: [narrow, dnsEndpoint(open)] }, 'broad'],
    ['public before dns', { endpoints: [endpoint({ access: open }), dnsEndpoint(closed)] }, 'exposed'],
    ['unknown is worse than restricted', { endpoints: [narrow, dnsEndpoint(unreadable)] }, 'unknown'],
    [
      'a private endpoint never raises it',
      { endpoints: [narrow, endpoint({ role: 'private', access: open })] },
      'restricted',
    ],
    ['external', { state: 'external', endpoints: [] }, 'not-applicable'],
    ['undescribed', { undescribed: 'refused', endpoints: [endpoint({ access: closed })] }, 'unknown'],
    ['no endpoint at all', { endpoints: [] }, 'unknown'],
    ['stopped, set to be open', { state: 'stopped', endpoints: [endpoint({ access: open })] }, 'exposed'],
  ])('%s', (_, changes, expected) => {
    const subject = { ...cluster('prod'), ...changes };
    expect(judgeAll(evidence({ clusters: [subject] })).clusters[0]?.exposure).toBe(expected);
  });
});

describe('the reason', () => {
  test('holds why an access is unknown, and the notes, as one sentence', () => {
    const subject = cluster('prod', {
      endpoints: [endpoint({ access: unreadable, notes: ['The first note.', 'the second'] })],
    });
    expect(judgeOne(subject, []).reason).toBe(
      'the reply lacks it: what the settings admit could not be read; no answer was seen; The first note; the second',
    );
  });

  test('of a private endpoint holds what its own network admits', () => {
    const subject = cluster('prod', {
      endpoints: [endpoint({ role: 'private', access: closed, notes: ['other regions reach it'] })],
    });
    expect(judgeOne(subject, []).reason).toBe('only its own network reaches it; other regions reach it');
  });
});

describe('what the report says of a look', () => {
  test('is there only when there was one', () => {
    expect(judgeOne(withAccess(open), [])).not.toHaveProperty('probe');
  });

  test('holds the query that finds our requests, when there were any', () => {
    const subject = withAccess(open);
    expect(judgeOne(subject, [probe(subject, answer({ gitVersion: 'v1.36.3' }))]).probe).toEqual({
      outcome: 'anonymous-forbidden',
      detail: 'made up: anonymous-forbidden',
      address: '192.0.2.10',
      auditId: '7e7d0000-0000-4000-8000-000000000001',
      logQuery: 'prod 7e7d0000-0000-4000-8000-000000000001',
      requests: [{ path: '/', status: 403 }],
      identity: { peer: 'this', signals: ['made up'] },
      gitVersion: 'v1.36.3',
      startedAt: '2026-03-01T10:00:00.000Z',
      durationMs: 5,
    });
    expect(judgeOne(subject, [probe(subject, stranger())]).probe).not.toHaveProperty('logQuery');
  });
});

describe('access in the report', () => {
  test.each<[string, Access, object]>([
    [
      'a list',
      allowList(['203.0.113.0/24', '10.0.0.0/8', '2001:db8::/126'], ['google-cloud']),
      {
        kind: 'allow-list',
        ranges: ['203.0.113.0/24', '10.0.0.0/8', '2001:db8::/126'],
        admits: ['google-cloud'],
        addressCount: { ipv4: '256', ipv6: '4' },
        share: { ipv4: 2 ** -24, ipv6: 2 ** -126 },
      },
    ],
    [
      'a list of nobody',
      allowList([]),
      {
        kind: 'allow-list',
        ranges: [],
        admits: [],
        addressCount: { ipv4: '0', ipv6: '0' },
        share: { ipv4: 0, ipv6: 0 },
      },
    ],
    [
      'open by its ranges',
      open,
      {
        kind: 'open',
        ranges: ['0.0.0.0/0'],
        addressCount: { ipv4: '4294967296', ipv6: '0' },
        share: { ipv4: 1, ipv6: 0 },
      },
    ],
    ['open without a list', { kind: 'open', ranges: [] }, { kind: 'open', ranges: [] }],
    ['closed', { kind: 'closed', reason: 'by the platform' }, { kind: 'closed', reason: 'by the platform' }],
    [
      'unknown: a count of what could be read would pass for the whole',
      { kind: 'unknown', ranges: ['203.0.113.0/24', 'x'], reason: 'x is no range' },
      { kind: 'unknown', ranges: ['203.0.113.0/24', 'x'], reason: 'x is no range' },
    ],
  ])('%s', (_, access, expected) => {
    expect(judgeOne(withAccess(access), []).access).toEqual(expected);
  });

  test.each<[string, Access, string]>([
    ['exactly the limit of IPv4', allowList(['203.0.0.0/16']), 'restricted'],
    ['one address more', allowList(['203.0.0.0/16', '198.51.100.7']), 'broad'],
    ['exactly the limit of IPv6', allowList(['2001:db8::/32']), 'restricted'],
    ['one address more of IPv6', allowList(['2001:db8::/32', '2001:db9::1']), 'broad'],
    ['private ranges do not count', allowList(['10.0.0.0/8']), 'restricted'],
    ['a source beyond the ranges', allowList([], ['azure-service-tag:AzureCloud']), 'broad'],
  ])('is broad or not: %s', (_, access, expected) => {
    expect(judgeOne(withAccess(access), []).exposure).toBe(expected);
  });
});

describe('whether the vantage is admitted', () => {
  test.each<[string, Access, ProbeResult | undefined, Partial<Vantage>, string]>([
    ['a closed endpoint admits nobody', closed, undefined, {}, 'no'],
    ['an open one admits everybody', { kind: 'open', ranges: [] }, undefined, { addresses: [] }, 'yes'],
    ['one family is open, the other was dialled', { kind: 'open', ranges: ['::/0'] }, silence(), {}, 'no'],
    ['unknown settings', unreadable, undefined, {}, 'unknown'],
    ['from inside no list applies', allowList(), undefined, { kind: 'inside' }, 'not-applicable'],
  ])('%s', (_, access, result, from, expected) => {
    const subject = withAccess(access);
    const probes = result === undefined ? [] : [probe(subject, result)];
    expect(judgeOne(subject, probes, from).vantageAdmitted).toBe(expected);
  });

  test('is asked of public endpoints alone', () => {
    const subject = cluster('prod', { endpoints: [endpoint({ role: 'private', access: closed })] });
    expect(judgeOne(subject, []).vantageAdmitted).toBe('not-applicable');
  });
});

test('the report names the servers that were asked for names', () => {
  const asked = vantage({ resolvers: ['9.9.9.9'] });
  expect(judgeAll(evidence({}, { vantage: asked })).scan.vantage).toMatchObject({ resolvers: ['9.9.9.9'] });
  expect(judgeAll(evidence()).scan.vantage).not.toHaveProperty('resolvers');
});
