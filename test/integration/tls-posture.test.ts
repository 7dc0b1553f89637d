import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tlsVersions, type TlsPosture } from '../../src/model/posture.ts';
import { tlsLegacyVersion } from '../../src/checks/tls-legacy-version.ts';
import { weakCipher } from '../../src/checks/weak-cipher.ts';
import { fill } from '../../src/lib/text.ts';
import { createProbing } from '../../src/probe/index.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { startEtcd, type Etcd } from './components/etcd.ts';
import { startKubeApiServer } from './components/kube-apiserver.ts';
import type { Listening } from './components/process.ts';
import { askSslscan, askTestssl } from './components/second-opinions.ts';
import { selfSigned, startOpensslServer } from './components/tls-servers.ts';

const host = 'tls.example';
const authority = await createAuthority('kubernetes');

/** Looks, then handshakes, as a scan does it; only the pace is that of a test. */
async function inspect(port: number, caPem: string): Promise<TlsPosture> {
  const { probe, inspectTls } = createProbing({
    userAgent: 'kubeperimeter/0.0.0 (read-only exposure check)',
    inside: false,
    resolvers: [],
    roots: { bundled: [], installed: [] },
    now: () => new Date(),
    limits: { pace: 20 },
  });
  const target = {
    clusterId: 'eks:111122223333/eu-west-1/real',
    role: 'public',
    host,
    port: 443,
    trust: { kind: 'cluster-ca', pem: caPem },
    connectTo: { address: '127.0.0.1', port },
    auditId: randomUUID(),
  } as const;
  const context = { signal: new AbortController().signal };
  const posture = await inspectTls(target, await probe(target, 'full', context), context);
  if (posture === undefined) throw new Error('there was nothing to inspect');
  return posture;
}

/** Holds the posture to what the two other tools say of the same server, and stops it. */
async function compare(server: Listening, caPem = authority.pem): Promise<TlsPosture> {
  try {
    const posture = await inspect(server.port, caPem);
    const ours = Object.fromEntries(posture.versions.map((offer) => [offer.version, offer.offered]));
    for (const opinion of [await askSslscan(server.port), await askTestssl(server.port)]) {
      expect(ours).toEqual(
        Object.fromEntries(tlsVersions.map((version) => [version, opinion[version] ? 'yes' : 'no'])),
      );
    }
    expect(posture.connections).toBeLessThanOrEqual(6);
    return posture;
  } finally {
    await server.stop();
  }
}

/** Y for offered and n for refused, from TLS 1.0 on: that the tools agree must not hide that none of them saw anything. */
function offered({ versions }: TlsPosture): string {
  return versions.map((offer) => ({ yes: 'Y', no: 'n', unknown: '?' })[offer.offered]).join('');
}

const old = ['-cipher', 'ALL:@SECLEVEL=0', '-min_protocol', 'TLSv1'];
const p384 = ['-pkeyopt', 'ec_paramgen_curve:P-384'];

describe('OpenSSL servers', () => {
  const rsa = selfSigned('rsa:2048');
  const ec = selfSigned('ec', ...p384);

  it.each([
    ['new, RSA', rsa, [], 'nnYY', 'yes'],
    ['new, ECDSA', ec, [], 'nnYY', 'no'],
    ['old, RSA', rsa, old, 'YYYY', 'yes'],
    ['old, ECDSA', ec, old, 'YYYY', 'yes'],
    ['1.1 and 1.2', rsa, [...old, '-min_protocol', 'TLSv1.1', '-max_protocol', 'TLSv1.2'], 'nYYn', 'yes'],
    ['1.0 alone', rsa, [...old, '-max_protocol', 'TLSv1'], 'Ynnn', 'no'],
    ['1.3 alone', ec, ['-tls1_3'], 'nnnY', 'no'],
    ['1.2 without forward secrecy', rsa, ['-tls1_2', '-cipher', 'kRSA'], 'nnYn', 'yes'],
  ] as const)('%s', async (_, pair, flags, expected, weak) => {
    const posture = await compare(await startOpensslServer(pair, flags));
    expect(offered(posture)).toBe(expected);
    expect(posture.certificate).toMatchObject({ selfSigned: true, daysLeft: expect.toSatisfy((days) => days > 88) });
    expect(posture.weakCipher.accepted).toBe(weak);
  });

  it('a weak key and signature', async () => {
    const weak = selfSigned('rsa:1024', '-sha1');
    const posture = await compare(await startOpensslServer(weak, ['-cipher', 'DEFAULT:@SECLEVEL=0']));
    expect(posture.certificate).toMatchObject({ keyType: 'rsa', keyBits: 1024, signature: 'RSA-SHA1' });
  });

  it('expired, and of another name', async () => {
    const day = 86_400_000;
    const expired = await authority.issue({
      names: [host],
      notAfter: new Date(Date.now() - 3 * day + 60_000),
      notBefore: new Date(Date.now() - 9 * day),
    });
    const posture = await compare(await startOpensslServer(expired, []));
    expect(posture.certificate).toMatchObject({ keyType: 'ec', keyBits: 256, selfSigned: false, daysLeft: -3 });
    const other = await authority.issue({ names: ['other.example'] });
    expect(offered(await compare(await startOpensslServer(other, [])))).toBe('nnYY');
  });
});

describe('the command that a finding shows', () => {
  it.each([
    ['TLS 1.0', tlsLegacyVersion, [...old, '-max_protocol', 'TLSv1']],
    ['TLS 1.1', tlsLegacyVersion, [...old, '-min_protocol', 'TLSv1.1', '-max_protocol', 'TLSv1.1']],
    ['no authentication', weakCipher, ['-tls1_2', '-cipher', 'aNULL:@SECLEVEL=0']],
    ['no encryption', weakCipher, ['-tls1_2', '-cipher', 'eNULL:@SECLEVEL=0']],
  ] as const)('shows %s', async (_, { meta }, flags) => {
    const server = await startOpensslServer(selfSigned('rsa:2048'), flags);
    const [command = ''] = meta.remediation.kubeconfig?.commands ?? [];
    const shown = execFileSync('sh', ['-c', `${fill(command, { host: '127.0.0.1', port: server.port })} 2>&1 || true`]);
    await server.stop();
    expect(String(shown)).toMatch(/Cipher is [A-Z]/);
  });
});

describe('etcd', () => {
  it('asks nobody for a certificate', async () => {
    const posture = await compare(await startEtcd({ tls: await authority.issue({ names: [host] }) }));
    expect(offered(posture)).toBe('nnYY');
    expect(posture.clientCertificate).toEqual({ requested: 'no', authorities: [] });
  });

  it('demands one', async () => {
    const posture = await compare(
      await startEtcd({ tls: await authority.issue({ names: [host] }), clientCa: authority.pem }),
    );
    expect(offered(posture)).toBe('nnYY');
    expect(posture.clientCertificate).toEqual({ requested: 'yes', authorities: ['CN=kubernetes'] });
  });
});

describe('a real kube-apiserver', () => {
  let etcd: Etcd;
  beforeAll(async () => {
    etcd = await startEtcd();
  });
  afterAll(() => etcd.stop());

  const rbac = '--authorization-mode=Node,RBAC';
  const start = (...flags: readonly string[]) =>
    startKubeApiServer({ etcd: etcd.url, names: [host], version: '1.36.3', flags: [rbac, ...flags] });

  it('as it comes: 1.2 and 1.3, a hybrid key exchange, and client certificates of its own CA', async () => {
    const server = await start();
    const posture = await compare(server, server.authority.pem);
    expect(offered(posture)).toBe('nnYY');
    expect(posture).toMatchObject({
      keyExchange: { group: 'X25519MLKEM768', postQuantum: 'yes' },
      alpn: 'h2',
      clientCertificate: { requested: 'yes', authorities: ['CN=kubernetes'] },
      weakCipher: { accepted: 'no' },
      certificate: { keyType: 'ec', keyBits: 256, signature: 'ECDSA-SHA256', selfSigned: false },
    });
  });

  it.each([
    ['VersionTLS10', 'YYYY'],
    ['VersionTLS11', 'nYYY'],
    ['VersionTLS13', 'nnnY'],
  ])('--tls-min-version=%s', async (version, expected) => {
    const server = await start(`--tls-min-version=${version}`);
    expect(offered(await compare(server, server.authority.pem))).toBe(expected);
  });

  it('with suites that have no forward secrecy, over an RSA key', async () => {
    const suites = 'TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
    const flags = [rbac, `--tls-cipher-suites=${suites}`];
    const server = await startKubeApiServer({ etcd: etcd.url, names: [host], version: '1.36.3', key: 'rsa', flags });
    const posture = await compare(server, server.authority.pem);
    expect(offered(posture)).toBe('nnYY');
    expect(posture.weakCipher).toEqual({ accepted: 'yes', cipher: 'TLS_RSA_WITH_AES_128_GCM_SHA256' });
  });
});
