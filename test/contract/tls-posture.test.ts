import { describe, expect, test } from 'vitest';
import { tlsVersions, type TlsPosture } from '../../src/model/posture.ts';
import type { ProbeTarget } from '../../src/model/probe.ts';
import { createProbing, type Probing } from '../../src/probe/index.ts';
import type { ProbeLimits } from '../../src/probe/limits.ts';
import {
  startApiServer,
  startFilteredPort,
  type ApiServerEmulator,
  type ApiServerOptions,
} from '../emulators/apiserver.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { refusals, startLimiter } from '../emulators/limiter.ts';
import { authority, certificate, host, running, targetAt, userAgent } from '../unit/probe/harness.ts';

const limits = { connect: 400, handshake: 400, total: 1_500, pace: 10, posture: 3_000 };

function probing(changes: Partial<ProbeLimits> = {}): Probing {
  return createProbing({
    userAgent,
    inside: false,
    resolvers: [],
    roots: { bundled: [], installed: [] },
    now: () => new Date(),
    limits: { ...limits, ...changes },
  });
}

interface Inspected {
  readonly posture: TlsPosture | undefined;
  readonly server: ApiServerEmulator;
  /** Requests of the look, which came before. */
  readonly requests: number;
}

/** A look at a server, then its posture. */
async function inspect(options: Partial<ApiServerOptions>, changes: Partial<ProbeTarget> = {}): Promise<Inspected> {
  const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate, ...options });
  try {
    const { probe, inspectTls } = probing();
    const target = targetAt(server.port, changes);
    const first = await probe(target, 'full', running);
    const requests = server.requests.length;
    return { posture: await inspectTls(target, first, running), server, requests };
  } finally {
    await server.close();
  }
}

/** Y for offered, n for refused, ? for unknown, from TLS 1.0 on. */
function offered(posture: TlsPosture | undefined): string {
  expect(posture?.versions.map(({ version }) => version)).toEqual(tlsVersions);
  return (posture?.versions ?? []).map((offer) => ({ yes: 'Y', no: 'n', unknown: '?' })[offer.offered]).join('');
}

const legacy = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
const asks = { requestCert: true, rejectUnauthorized: false, ca: authority.pem } as const;

describe('versions offered', () => {
  test.for<[string, Partial<ApiServerOptions>, string]>([
    ['as an API server of today', {}, 'nnYY'],
    ['1.3 alone', { tls: { minVersion: 'TLSv1.3' } }, 'nnnY'],
    ['1.2 alone', { tls: { maxVersion: 'TLSv1.2' } }, 'nnYn'],
    ['all four', { tls: legacy }, 'YYYY'],
    ['1.1 and 1.2', { tls: { ...legacy, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.2' } }, 'nYYn'],
    ['1.0 alone', { tls: { ...legacy, maxVersion: 'TLSv1' } }, 'Ynnn'],
    ['a client certificate required', { tls: { ...asks, rejectUnauthorized: true } }, 'nnYY'],
    ['refuses every handshake', { behaviour: 'refuses-handshake' }, '????'],
    ['closes every connection', { behaviour: 'closes-at-once' }, '????'],
    ['resets every connection', { behaviour: 'resets-at-once' }, '????'],
    ['speaks no TLS', { behaviour: 'plain-http' }, '????'],
    ['says half a hello', { behaviour: 'half-hello' }, '????'],
    ['accepts and is silent', { behaviour: 'silent' }, '????'],
  ])('%s', async ([, options, expected]) => {
    const { posture, server } = await inspect(options);
    expect(offered(posture)).toBe(expected);
    expect(posture?.connections).toBeLessThanOrEqual(6);
    expect(server.connections.length).toBeLessThanOrEqual(6 + 2);
    for (const { offered: told, detail = '' } of posture?.versions ?? []) {
      expect(detail).toMatch(told === 'unknown' ? /^[A-Z].*\.$/ : /^$/);
    }
  });

  test('a port that drops packets is left alone after one more try', async () => {
    const filtered = await startFilteredPort();
    const { probe, inspectTls } = probing();
    const target = targetAt(filtered.port);
    const posture = await inspectTls(target, await probe(target, 'full', running), running);
    await filtered.close();
    expect(offered(posture)).toBe('????');
    expect(posture?.connections).toBe(2);
  });
});

/** The look takes the first connection; then come 1.3, 1.2, 1.1, 1.0 and the weak suites. */
describe('a peer that has had enough of us', () => {
  const kinds = Object.keys(refusals) as (keyof typeof refusals)[];
  const cases = kinds.flatMap((refusal) =>
    (
      [
        [2, '???Y'],
        [3, '??YY'],
        [4, '?nYY'],
      ] as const
    ).map(([admitted, expected]) => ({ refusal, admitted, expected })),
  );
  test.for(cases)('$refusal after $admitted connections: $expected', async ({ refusal, admitted, expected }) => {
    const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate });
    const limiter = await startLimiter(server.port, admitted, refusal);
    const { probe, inspectTls } = probing();
    const target = targetAt(limiter.port);
    const posture = await inspectTls(target, await probe(target, 'full', running), running);
    await Promise.all([limiter.close(), server.close()]);
    expect(offered(posture)).toBe(expected);
    expect(posture?.weakCipher).toEqual({ accepted: 'unknown' });
    expect(posture?.connections).toBeLessThanOrEqual(6);
  });
});

describe('what the handshakes show', () => {
  test('suites, group, protocol and strength', async () => {
    const { posture } = await inspect({});
    expect(posture).toMatchObject({
      keyExchange: { group: 'X25519MLKEM768', postQuantum: 'yes' },
      alpn: 'http/1.1',
      clientCertificate: { requested: 'no', authorities: [] },
      weakCipher: { accepted: 'no' },
      certificate: { keyType: 'ec', keyBits: 256, signature: 'ECDSA-SHA256', selfSigned: false, daysLeft: 364 },
    });
    expect(posture?.versions.slice(2).map(({ cipher }) => cipher)).toEqual([
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
    ]);
  });

  test.for([
    ['a curve by its name', { ecdhCurve: 'X25519' }, 'X25519'],
    ['a curve that takes a second hello', { ecdhCurve: 'P-384' }, 'secp384r1'],
    ['a curve of TLS 1.2', { ecdhCurve: 'P-256', maxVersion: 'TLSv1.2' }, 'secp256r1'],
  ] as const)('%s', async ([, tls, group]) => {
    const { posture } = await inspect({ tls });
    expect(posture?.keyExchange).toEqual({ group, postQuantum: 'no' });
  });

  test('a client certificate that is asked for, and of whom', async () => {
    const front = await createAuthority('front-proxy-ca');
    const { posture } = await inspect({ tls: { ...asks, ca: [authority.pem, front.pem] } });
    expect(posture?.clientCertificate).toEqual({
      requested: 'yes',
      authorities: ['CN=kubernetes', 'CN=front-proxy-ca'],
    });
  });

  test('one that is asked for of nobody in particular', async () => {
    const { posture } = await inspect({ tls: { requestCert: true, rejectUnauthorized: false } });
    expect(posture?.clientCertificate).toEqual({ requested: 'yes', authorities: [] });
  });

  test('whether one is asked for stays unknown by TLS 1.3 alone', async () => {
    const { posture } = await inspect({ tls: { ...asks, minVersion: 'TLSv1.3' } });
    expect(posture?.clientCertificate).toEqual({ requested: 'unknown', authorities: [] });
    expect(posture).toMatchObject({ weakCipher: { accepted: 'no' }, connections: 4 });
  });

  test('suites without authentication', async () => {
    const { posture } = await inspect({ tls: { ciphers: 'aNULL:ALL:@SECLEVEL=0' } });
    expect(posture?.weakCipher).toEqual({ accepted: 'yes', cipher: expect.stringContaining('_anon_') });
    expect(posture?.versions[2]?.cipher, 'what a client of today gets').toMatch(/^TLS_ECDHE_ECDSA_/);
  });

  test('h2 where the server prefers it', async () => {
    const { posture } = await inspect({ behaviour: 'mute', tls: { ALPNProtocols: ['h2', 'http/1.1'] } });
    expect(posture?.alpn).toBe('h2');
  });
});

describe('conduct', () => {
  test('not one request, the name as it is asked for, and six connections at most', async () => {
    const { server, requests, posture } = await inspect({ tls: legacy });
    expect(server.requests).toHaveLength(requests);
    expect(new Set(server.serverNames)).toEqual(new Set([host.toLowerCase()]));
    expect(server.connections).toHaveLength(1 + (posture?.connections ?? 0));
    expect(posture?.connections).toBe(5);
  });

  test('the server name of a kubeconfig is asked for in place of the host', async () => {
    const { server, posture } = await inspect({}, { host: '127.0.0.1', serverName: host });
    expect(new Set(server.serverNames)).toEqual(new Set([host.toLowerCase()]));
    expect(offered(posture)).toBe('nnYY');
  });

  test('one connection at a time, the pace apart, the look among them', async () => {
    const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate });
    const { probe, inspectTls } = probing({ pace: 100 });
    const target = targetAt(server.port);
    await inspectTls(target, await probe(target, 'full', running), running);
    await server.close();
    const [first = 0, ...others] = server.connections;
    expect(others).toHaveLength(5);
    // A loaded machine notes a connection late, the first one too; none is noted early.
    for (const [index, at] of others.entries()) expect(at - first).toBeGreaterThan((index + 1) * 100 - 50);
  });

  test('an interrupt ends it at once; what was not asked is unknown', async () => {
    const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate });
    const { probe, inspectTls } = probing({ pace: 500 });
    const target = targetAt(server.port);
    const first = await probe(target, 'full', running);
    const start = performance.now();
    const posture = await inspectTls(target, first, { signal: AbortSignal.timeout(900) });
    await server.close();
    expect(performance.now() - start).toBeLessThan(1_400);
    expect(offered(posture)).toBe('???Y');
  });

  test('so does its own time limit', async () => {
    const server = await startApiServer({ behaviour: 'silent', certificate });
    const start = performance.now();
    const target = targetAt(server.port);
    const { probe, inspectTls } = probing({ posture: 500 });
    const posture = await inspectTls(target, await probe(target, 'full', running), running);
    await server.close();
    expect(performance.now() - start).toBeLessThan(2_500);
    expect(offered(posture)).toBe('????');
  });

  test('what another certificate answered is not counted for this cluster', async () => {
    const stranger = await (await createAuthority('stranger')).issue({ names: [host.toLowerCase()] });
    const [own, other] = await Promise.all([
      startApiServer({ behaviour: 'anonymous-disabled', certificate }),
      startApiServer({ behaviour: 'anonymous-disabled', certificate: stranger, tls: { ...legacy, ...asks } }),
    ]);
    const { probe, inspectTls } = probing();
    const first = await probe(targetAt(own.port), 'full', running);
    const posture = await inspectTls(targetAt(other.port), first, running);
    await Promise.all([own.close(), other.close()]);
    expect(offered(posture)).toBe('????');
    expect(posture?.versions[0]?.detail).toContain('Another certificate');
    expect(posture?.certificate).toBeUndefined();
    expect(posture?.clientCertificate).toEqual({ requested: 'unknown', authorities: [] });
    expect(posture?.weakCipher).toEqual({ accepted: 'unknown' });
  });

  test("another leaf of the cluster's own CA is: several API servers may share a name", async () => {
    const [own, second] = await Promise.all([
      startApiServer({ behaviour: 'anonymous-disabled', certificate }),
      startApiServer({
        behaviour: 'anonymous-disabled',
        certificate: await authority.issue({ names: [host.toLowerCase()] }),
      }),
    ]);
    const { probe, inspectTls } = probing();
    const first = await probe(targetAt(own.port), 'full', running);
    const posture = await inspectTls(targetAt(second.port), first, running);
    await Promise.all([own.close(), second.close()]);
    expect(offered(posture)).toBe('nnYY');
  });

  test('the address of the look is dialled, and never one that may not be', async () => {
    const { inspectTls, probe } = probing();
    const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate });
    const named = targetAt(server.port);
    const first = await probe(named, 'full', running);
    const { connectTo: _, ...unnamed } = named;
    expect(await inspectTls({ ...unnamed, port: server.port }, first, running)).toBeUndefined();
    const { address: __, ...nowhere } = first;
    expect(await inspectTls(unnamed, nowhere, running)).toBeUndefined();
    expect(server.connections).toHaveLength(1);
    await server.close();
  });
});
