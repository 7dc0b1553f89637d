import { describe, expect, test } from 'vitest';

import type { ProbeTarget } from '../../src/model/probe.ts';
import type { TrustRoots } from '../../src/probe/index.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { authority, certificate, host, lookAt } from '../unit/probe/harness.ts';

const rotated = await createAuthority('kubernetes-2');
const day = 86_400_000;
const longAgo = { notBefore: new Date(Date.now() - 30 * day), notAfter: new Date(Date.now() - day) };
const ranOut = await createAuthority('kubernetes', longAgo);
const certificates = {
  ofRotated: await rotated.issue({ names: [host] }),
  ofRanOut: await ranOut.issue({ names: [host] }),
  expired: await authority.issue({ names: [host], ...longAgo }),
  usurped: await authority.usurp({ names: [host], ...longAgo }),
  expiredClient: await authority.issue({ names: [host], ...longAgo, clientGroup: 'system:masters' }),
  future: await authority.issue({ names: [host], notBefore: new Date(Date.now() + day) }),
  wrongName: await authority.issue({ names: ['kubernetes.default.svc', 'other.example'] }),
  nameOnlyInSubject: await authority.issue({ names: ['192.0.2.1'], commonName: host.toLowerCase() }),
  forAddress: await authority.issue({ names: ['127.0.0.1', 'kubernetes.default.svc'] }),
};

const noCa: Partial<ProbeTarget> = { trust: { kind: 'none', reason: 'The platform gives no CA.' } };
const caOf = (...pems: string[]): Partial<ProbeTarget> => ({ trust: { kind: 'cluster-ca', pem: pems.join('\n') } });
const behaviour = 'anonymous-forbidden';

describe('with the cluster CA', () => {
  test('facts of the handshake', async () => {
    const { result, server } = await lookAt({ behaviour });
    expect(result.tls).toMatchObject({
      version: 'TLSv1.3',
      alpn: 'http/1.1',
      chain: 'cluster-ca',
      nameMatches: true,
      inValidity: true,
      certificate: { issuer: 'CN=kubernetes' },
    });
    expect(server.serverNames).toEqual([host.toLowerCase()]);
  });

  test.for([
    [certificate, 'kubernetes'],
    [certificates.ofRotated, 'kubernetes-2'],
  ] as const)('either of two blocks vouches, and says which', async ([leaf, issuer]) => {
    const { result } = await lookAt({ behaviour, certificate: leaf }, caOf(authority.pem, rotated.pem));
    expect(result).toMatchObject({ outcome: behaviour, tls: { certificate: { issuer: `CN=${issuer}` } } });
  });

  // As while a cluster's CA is being replaced. OpenSSL tries the first of a name that may have signed, and no other.
  test.for(['old', 'new'] as const)('either of two of the same name vouches: the %s one', async (signer) => {
    const old = await createAuthority('kubernetes', { lacksKeyId: true });
    const leaf = await (signer === 'old' ? old : authority).issue({ names: [host] });
    for (const bundle of [caOf(old.pem, authority.pem), caOf(authority.pem, old.pem)]) {
      const { result } = await lookAt({ behaviour, certificate: leaf }, bundle);
      expect(result).toMatchObject({ outcome: behaviour, tls: { chain: 'cluster-ca', inValidity: true } });
    }
  });

  test('neither does for a client of theirs', async () => {
    const old = await createAuthority('kubernetes', { lacksKeyId: true });
    const leaf = await authority.issue({ names: [host], clientGroup: 'system:masters' });
    const { result } = await lookAt({ behaviour, certificate: leaf }, caOf(old.pem, authority.pem));
    expect(result).toMatchObject({ outcome: 'not-this-cluster', tls: { chain: 'none' } });
  });

  test('a CA that another one signed vouches all the same', async () => {
    const { result } = await lookAt({ behaviour }, caOf(certificate.cert));
    expect(result).toMatchObject({ outcome: behaviour, tls: { chain: 'cluster-ca' } });
  });

  test.for([
    ['another CA', certificates.ofRotated, { chain: 'none' }],
    ['another name', certificates.wrongName, { chain: 'cluster-ca', nameMatches: false, inValidity: true }],
    ['the name in the subject alone', certificates.nameOnlyInSubject, { chain: 'cluster-ca', nameMatches: false }],
  ] as const)('%s ends the look after TLS', async ([, leaf, facts]) => {
    const { result, server } = await lookAt({ behaviour, certificate: leaf });
    expect(result).toMatchObject({ outcome: 'not-this-cluster', identity: { peer: 'other' }, tls: facts });
    expect(server.requests).toEqual([]);
    expect(server.connections).toHaveLength(1);
  });

  // The API server serves on, to whoever does not look at the dates.
  test.for([
    ['an expired leaf', certificates.expired, authority.pem],
    ['an expired leaf, and a second CA', certificates.expired, `${rotated.pem}\n${authority.pem}`],
    ['a leaf of tomorrow', certificates.future, authority.pem],
    ['a leaf in order by a CA that has expired', certificates.ofRanOut, ranOut.pem],
  ] as const)('%s belongs to the cluster all the same', async ([, leaf, ca]) => {
    const { result } = await lookAt({ behaviour, certificate: leaf }, caOf(ca));
    expect(result).toMatchObject({ outcome: behaviour, identity: { peer: 'this' } });
    expect(result.tls).toMatchObject({ chain: 'cluster-ca', nameMatches: true, inValidity: false });
  });

  test('an expired leaf of a stranger is not taken for an expired one of ours', async () => {
    const leaf = await rotated.issue({ names: [host], ...longAgo });
    const { result } = await lookAt({ behaviour, certificate: leaf });
    expect(result.tls).toMatchObject({ chain: 'none', inValidity: false });
  });

  test('one that was forged, with our CA sent along, is not either', async () => {
    const leaf = await authority.forge({ names: [host], ...longAgo });
    const { result } = await lookAt({ behaviour, certificate: leaf });
    expect(result.tls).toMatchObject({ chain: 'none', inValidity: false });
    expect(result.detail).toBe("The certificate does not chain to the cluster's CA.");
  });

  test.for([
    ['signed by a leaf of our CA', certificates.usurped],
    ['for a client', certificates.expiredClient],
  ] as const)('nor is one that is %s', async ([, leaf]) => {
    const { result, server } = await lookAt({ behaviour, certificate: leaf });
    expect(result).toMatchObject({ outcome: 'not-this-cluster', tls: { chain: 'none', inValidity: false } });
    expect(server.requests).toEqual([]);
  });

  test('an interceptor is named', async () => {
    const roots: TrustRoots = { bundled: [], installed: [rotated.pem] };
    const { result } = await lookAt({ behaviour, certificate: certificates.ofRotated }, {}, { roots });
    expect(result.tls).toMatchObject({ chain: 'local-root', chainRoot: 'CN=kubernetes-2' });
    expect(result.tls?.certificate.issuerKey).toMatch(/^[\da-f]{64}$/);
    expect(result.detail).toContain('CN=kubernetes-2');
  });

  test('an address is dialled without SNI and checked as an address', async () => {
    const changes = { host: '127.0.0.1' };
    const { result, server } = await lookAt({ behaviour, certificate: certificates.forAddress }, changes);
    expect(result.outcome).toBe(behaviour);
    expect(server.serverNames).toEqual([false]);
    expect((await lookAt({ behaviour }, changes)).result).toMatchObject({ outcome: 'not-this-cluster' });
  });
});

describe('without a CA', () => {
  const broken = '-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----';

  test('the name and a CA of its own are enough to ask', async () => {
    const { result } = await lookAt({ behaviour }, noCa);
    expect(result).toMatchObject({ outcome: behaviour, identity: { peer: 'this' }, tls: { chain: 'none' } });
    // The leaf comes alone here: what it says of its issuer's key has to do.
    expect(result.tls?.certificate.issuerKey).toMatch(/^[\da-f]{40}$/);
  });

  test('nobody can tell what an expired leaf is worth, so it is asked', async () => {
    const { result } = await lookAt({ behaviour, certificate: certificates.expired }, noCa);
    expect(result).toMatchObject({ outcome: behaviour, tls: { chain: 'none', inValidity: false } });
  });

  test('a CA that cannot be read is none', async () => {
    expect((await lookAt({ behaviour }, caOf('bm90IGEgY2VydGlmaWNhdGU='))).result.outcome).toBe(behaviour);
    expect((await lookAt({ behaviour }, caOf(broken))).result.outcome).toBe(behaviour);
    expect((await lookAt({ behaviour }, caOf(broken, rotated.pem))).result).toMatchObject({
      outcome: behaviour,
      tls: { chain: 'none' },
    });
  });

  test('the part of a CA that can be read vouches all the same', async () => {
    for (const parts of [caOf(broken, authority.pem), caOf(authority.pem, broken)])
      expect((await lookAt({ behaviour }, parts)).result.tls?.chain).toBe('cluster-ca');
  });

  test.for([
    ['a public root', { bundled: [authority.pem], installed: [] }, 'public-root'],
    ['an installed root', { bundled: [], installed: [authority.pem] }, 'local-root'],
  ] as const)('%s speaks against the cluster', async ([, roots, chain]) => {
    const { result, server } = await lookAt({ behaviour }, noCa, { roots });
    expect(result).toMatchObject({ outcome: 'not-this-cluster', tls: { chain, chainRoot: 'CN=kubernetes' } });
    expect(server.requests).toEqual([]);
  });

  test('an expired leaf of an installed root does so too', async () => {
    const roots: TrustRoots = { bundled: [], installed: [authority.pem] };
    const { result } = await lookAt({ behaviour, certificate: certificates.expired }, noCa, { roots });
    expect(result).toMatchObject({ outcome: 'not-this-cluster', tls: { chain: 'local-root' } });
  });

  test('another name gets no request', async () => {
    const { result, server } = await lookAt({ behaviour, certificate: certificates.wrongName }, noCa);
    expect(result.outcome).toBe('not-this-cluster');
    expect(server.requests).toEqual([]);
  });

  test('the answers must be an API server’s', async () => {
    const { result } = await lookAt({ behaviour: 'kubelet' }, noCa);
    expect(result).toMatchObject({ outcome: 'not-kubernetes', identity: { peer: 'other', guess: 'kubelet' } });
  });
});

describe('with the roots of this machine, as kubectl where a kubeconfig names no CA', () => {
  const system: Partial<ProbeTarget> = { trust: { kind: 'system-roots' } };
  const trusted: TrustRoots = { bundled: [], installed: [authority.pem] };

  test.for([
    ['a public root', { bundled: [authority.pem], installed: [] }, 'public-root'],
    ['an installed root', trusted, 'local-root'],
  ] as const)('%s vouches', async ([, roots, chain]) => {
    const { result } = await lookAt({ behaviour }, system, { roots });
    expect(result).toMatchObject({ outcome: behaviour, identity: { peer: 'this' }, tls: { chain } });
  });

  test.for([
    ['a CA that nobody here knows', certificates.ofRotated, 'a root that this machine trusts'],
    ['another name', certificates.wrongName, 'not valid for the name'],
    ['an expired leaf', certificates.expired, 'outside its validity'],
  ] as const)('%s ends the look after TLS', async ([, leaf, detail]) => {
    const { result, server } = await lookAt({ behaviour, certificate: leaf }, system, { roots: trusted });
    expect(result).toMatchObject({ outcome: 'not-this-cluster', identity: { peer: 'other' } });
    expect(result.detail).toContain(detail);
    expect(server.requests).toEqual([]);
  });
});

test.for([
  ['the public roots', 'public-roots', { bundled: [authority.pem], installed: [] }],
  ['the roots of this machine', 'system-roots', { bundled: [authority.pem], installed: [] }],
  ['the roots of this machine, its own', 'system-roots', { bundled: [], installed: [authority.pem] }],
] as const)('by %s a leaf that only claims its issuer is a stranger', async ([, kind, roots]) => {
  const leaf = await authority.forge({ names: [host] });
  const { result, server } = await lookAt({ behaviour, certificate: leaf }, { trust: { kind } }, { roots });
  expect(result).toMatchObject({ outcome: 'not-this-cluster', tls: { chain: 'none', nameMatches: true } });
  expect(server.requests).toEqual([]);
});

describe('with verification skipped', () => {
  const skipped: Partial<ProbeTarget> = { trust: { kind: 'unverified' } };

  test.for([
    ['a CA of its own', certificate],
    ['another name', certificates.wrongName],
    ['an expired leaf', certificates.expired],
  ] as const)('%s counts neither way: the answers do', async ([, leaf]) => {
    const { result } = await lookAt({ behaviour, certificate: leaf }, skipped);
    expect(result).toMatchObject({ outcome: behaviour, identity: { peer: 'this' } });
    expect(result.tls?.inValidity).toBe(leaf !== certificates.expired);
  });

  test.for(['kubelet', 'etcd', 'rancher'] as const)('%s is still told apart', async (stranger) => {
    const { result } = await lookAt({ behaviour: stranger }, skipped);
    expect(result).toMatchObject({ outcome: 'not-kubernetes', identity: { peer: 'other' } });
  });
});

describe("a kubeconfig's tls-server-name", () => {
  test('is asked for and looked for in the certificate, and the Host header stays', async () => {
    const named = { host: '203.0.113.9', port: 6443, serverName: 'Kubernetes.default.svc' };
    const { result, server } = await lookAt({ behaviour }, named);
    expect(result).toMatchObject({ outcome: behaviour, tls: { nameMatches: true } });
    expect(server.serverNames).toEqual(['kubernetes.default.svc']);
    expect(server.requests[0]?.headers.host).toBe('203.0.113.9:6443');
  });

  test('replaces the host: a certificate for the host alone does not do', async () => {
    const { result, server } = await lookAt({ behaviour }, { serverName: 'other.example' });
    expect(result).toMatchObject({ outcome: 'not-this-cluster', tls: { nameMatches: false } });
    expect(server.requests).toEqual([]);
  });
});
