import { describe, expect, test } from 'vitest';
import { cluster, dnsEndpoint, endpoint, evidence, open } from './evidence.ts';
import { assertDialable } from '../../../src/engine/dialable.ts';
import type { Cluster } from '../../../src/model/cluster.ts';

test.each([
  'a b.example',
  'a.example\r\nX: y',
  '127.1',
  'user@a.example',
  'a.example/path',
  'a.example:443',
  'fe80::1%eth0',
  '0x7f000001',
])('a host that is none (%j) is refused before anything is dialled', (host) => {
  const wrong: Cluster = cluster('wrong', { endpoints: [endpoint(), endpoint({ host })] });
  expect(() => assertDialable(evidence({ clusters: [cluster('right'), wrong] }), 'e.json')).toThrow(
    'cannot use e.json: clusters[1].endpoints[1].host is no host name or address',
  );
});

test('a name to ask for in place of the host is held to the same', () => {
  const wrong = cluster('wrong', { endpoints: [endpoint({ serverName: 'a.example\r\n' })] });
  expect(() => assertDialable(evidence({ clusters: [wrong] }), 'e.json')).toThrow('endpoints[0].serverName is no host');
});

test.each(['A1.gr7.eu-west-1.eks.example', '203.0.113.9', '2001:db8::1'])('%s is a host', (host) => {
  expect(() =>
    assertDialable(evidence({ clusters: [cluster('a', { endpoints: [endpoint({ host })] })] }), 'e.json'),
  ).not.toThrow();
});

const trusting = (kind: 'unverified' | 'system-roots' | 'public-roots', changes: Partial<Cluster> = {}) =>
  evidence({ clusters: [cluster('a', { endpoints: [endpoint({ trust: { kind } })], ...changes })] });

describe("what vouches for a cloud's cluster", () => {
  test.each(['unverified', 'system-roots', 'public-roots'] as const)(
    'is not %s: a stranger would get requests',
    (kind) => {
      expect(() => assertDialable(trusting(kind), 'e.json')).toThrow(
        `cannot use e.json: clusters[0].endpoints[0].trust.kind is ${kind}, which no cloud gives`,
      );
    },
  );

  test('may be public roots at a DNS endpoint, and anything at a cluster of a kubeconfig', () => {
    const byName = evidence({ clusters: [cluster('a', { endpoints: [endpoint(), dnsEndpoint(open)] })] });
    for (const file of [byName, trusting('unverified', { provider: 'kubeconfig' })])
      expect(() => assertDialable(file, 'e.json')).not.toThrow();
  });
});
