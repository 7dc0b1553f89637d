import { describe, expect, test } from 'vitest';
import {
  allowList,
  answer,
  closed,
  cluster,
  endpoint,
  evidence,
  judgeAll,
  open,
  probe,
  secondLook,
  silence,
  stranger,
  vantage,
} from './evidence.ts';
import { sampleMeta } from './rules.ts';
import { foreignCertificate } from '../../../src/checks/foreign-certificate.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { interceptionOf } from '../../../src/engine/intercepted.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { EndpointProbe, TlsFacts } from '../../../src/model/probe.ts';

function tls(chain: TlsFacts['chain'], from: { root?: string; key?: string; issuer?: string }): TlsFacts {
  return {
    version: 'TLSv1.3',
    cipher: 'made up',
    chain,
    ...(from.root !== undefined && { chainRoot: from.root }),
    nameMatches: true,
    inValidity: true,
    certificate: {
      subject: 'CN=apiserver',
      issuer: from.issuer ?? 'CN=ca',
      names: [],
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
      fingerprint: 'made up',
      ...(from.key !== undefined && { issuerKey: from.key }),
    },
  };
}

/** One answer for each cluster, at addresses of their own unless said otherwise. */
function answers(facts: readonly TlsFacts[], address = (index: number) => `192.0.2.${index + 1}`): EndpointProbe[] {
  return facts.map((fact, index) => probe(cluster(`c${index}`), answer({ tls: fact, address: address(index) })));
}

const locally = tls('local-root', { root: 'CN=Proxy' });
const byKey = tls('none', { key: 'ab12' });

function ofAks(key: string): TlsFacts {
  return tls('none', { key, issuer: 'CN=ca' });
}

describe('a vantage is intercepted', () => {
  test.each<[string, readonly EndpointProbe[]]>([
    ['when three leaves chain to one root installed here', answers([locally, locally, locally])],
    ['when three come from one key that no CA vouches for', answers([byKey, byKey, byKey])],
    ['whatever else answers', answers([locally, tls('cluster-ca', {}), locally, byKey, locally])],
  ])('%s', (_, probes) => {
    expect(interceptionOf(probes)?.issue.code).toBe('intercepted');
  });

  test('and one row says who by, and for how many', () => {
    expect(interceptionOf(answers([locally, byKey, locally, byKey, locally, byKey]))?.issue.message).toBe(
      'the certificates of 6 clusters come from CN=Proxy, CN=ca: something on our path answers TLS in their place, so no probe of this run confirms anything',
    );
  });
});

describe('a vantage is not intercepted', () => {
  test.each<[string, readonly EndpointProbe[]]>([
    ['by two clusters', answers([locally, locally])],
    ['at one address', answers([byKey, byKey, byKey], () => '192.0.2.1')],
    ['at two addresses', answers([byKey, byKey, byKey], (index) => `192.0.2.${index % 2}`)],
    ["when issuers share a name, as every AKS cluster's do", answers([ofAks('a1'), ofAks('b2'), ofAks('c3')])],
    ['when the leaves chain to their own CA', answers([1, 2, 3].map(() => tls('cluster-ca', { key: 'ab12' })))],
    [
      'when they chain to a bundled root',
      answers([1, 2, 3].map(() => tls('public-root', { root: 'CN=Public', key: 'ab12' }))),
    ],
    ['by different local roots', answers(['A', 'B', 'C'].map((root) => tls('local-root', { root: `CN=${root}` })))],
    ['when no key is known', answers([1, 2, 3].map(() => tls('none', {})))],
    ['without TLS', [1, 2, 3].map((index) => probe(cluster(`c${index}`), silence()))],
    [
      'by one cluster that answers at three addresses',
      [1, 2, 3].map((index) => probe(cluster('c'), answer({ tls: byKey, address: `192.0.2.${index}` }))),
    ],
  ])('%s', (_, probes) => {
    expect(interceptionOf(probes)).toBeUndefined();
  });
});

test('behind an intercepted vantage nothing is confirmed and nothing contradicts', () => {
  const accesses = { open, closed, list: allowList(), silent: closed };
  const clusters: readonly Cluster[] = Object.entries(accesses).map(([name, access]) =>
    cluster(name, { endpoints: [endpoint({ access })] }),
  );
  const second = secondLook('equal', answer());
  const probes = clusters.map((subject, index) =>
    subject.name === 'silent'
      ? probe(subject, silence())
      : probe(subject, answer({ tls: locally, address: `192.0.2.${index}` }), { secondLook: second }),
  );
  const { clusters: judged, issues, scan } = judgeAll(evidence({ clusters, probes }, { vantage: vantage() }));
  const found = judged.map(({ name, exposure, endpoints }) => `${name} ${exposure} ${endpoints[0]?.confirmed}`);
  expect(found.toSorted()).toEqual([
    'closed unknown false',
    'list unknown false',
    'open exposed false',
    'silent private false',
  ]);
  expect(issues.map(({ code }) => code)).toEqual(['intercepted']);
  expect(scan.vantage.intercepted).toBe(true);
});

test.each([
  [3, 'unknown'],
  [2, 'fail'],
])("%i strangers' certificates of one local root: the check of certificates says %s", (count, status) => {
  const clusters = ['c0', 'c1', 'c2'].slice(0, count).map((name) => cluster(name));
  const probes = clusters.map((subject, index) =>
    probe(subject, stranger({ tls: locally, address: `192.0.2.${index}` })),
  );
  const { findings, scan } = evaluate(evidence({ clusters, probes }), {
    checks: [foreignCertificate],
    providers: [sampleMeta('eks')],
  });
  expect(scan.vantage.intercepted).toBe(status === 'unknown');
  expect(findings.map((finding) => finding.status)).toEqual(clusters.map(() => status));
});
