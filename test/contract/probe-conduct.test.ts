import { getEventListeners, once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { requestPaths } from '../../src/probe/index.ts';
import { startApiServer, startFilteredPort, type ApiServerEmulator } from '../emulators/apiserver.ts';
import { createAuthority } from '../emulators/certificates.ts';
import {
  authority,
  certificate,
  host,
  lookAt,
  probeWith,
  running,
  targetAt,
  userAgent,
} from '../unit/probe/harness.ts';

const uuid = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;
const generic = (server: ApiServerEmulator): readonly string[] =>
  server.requests.map(({ method, url }) => `${method} ${url.replaceAll(uuid, '<random>')}`);

afterEach(() => vi.unstubAllEnvs());

/** A way to several servers: each connection leads to the next of these ports. Closing waits until each has ended of itself. */
async function startTurns(ports: readonly number[]): Promise<{ readonly port: number; close(): Promise<unknown> }> {
  const left = [...ports];
  const relay = createServer((inward) => {
    const outward = connect(left.shift() ?? 0, '127.0.0.1');
    pipeline(inward, outward, inward, () => undefined);
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  return { port: (relay.address() as AddressInfo).port, close: () => once(relay.close(), 'close') };
}

async function withServer(
  options: Parameters<typeof startApiServer>[0],
  use: (server: ApiServerEmulator) => Promise<void>,
): Promise<void> {
  const server = await startApiServer({ certificate, ...options });
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

describe('what is sent', () => {
  test('six requests on one connection after 403, all of them announced', async () => {
    const { server, result } = await lookAt({ behaviour: 'anonymous-forbidden' });
    expect(generic(server)).toEqual([
      'GET /',
      'GET /version',
      'GET /api',
      'GET /api/v1/namespaces/kube-system/pods/<random>',
      'GET /api/v1/namespaces/kube-system/secrets/<random>',
      'GET /apis/rbac.authorization.k8s.io/v1/clusterrolebindings/<random>',
    ]);
    expect(server.connections).toHaveLength(1);
    expect(requestPaths()).toEqual(expect.arrayContaining([...generic(server), 'GET /livez', 'GET /readyz']));
    expect(requestPaths()).toHaveLength(8);
    expect(result.requests.map(({ path }) => `GET ${path}`)).toEqual(server.requests.map(({ url }) => `GET ${url}`));
    expect(new Set(server.requests.flatMap(({ url }) => url.match(uuid) ?? [])).size).toBe(3);
  });

  test('two requests after 401, three where /livez is odd', async () => {
    const odd = { '/livez': () => ({ status: 404, body: 'default backend - 404' }) };
    expect(generic((await lookAt({ behaviour: 'anonymous-disabled' })).server)).toEqual(['GET /', 'GET /livez']);
    const { server, result } = await lookAt({ behaviour: 'anonymous-disabled', overrides: odd });
    expect(generic(server)).toEqual(['GET /', 'GET /livez', 'GET /readyz']);
    expect(result.outcome).toBe('anonymous-disabled');
  });

  test('five headers and no more', async () => {
    const { server, target } = await lookAt({ behaviour: 'anonymous-forbidden' });
    for (const { headers } of server.requests) {
      expect(headers).toEqual({
        host,
        accept: 'application/json',
        'user-agent': userAgent,
        'audit-id': target.auditId,
        connection: 'keep-alive',
      });
    }
  });

  test('the Host header names another port than 443, and brackets an address', async () => {
    const leaf = await authority.issue({ names: ['::1', '127.0.0.1'] });
    const { server } = await lookAt(
      { behaviour: 'anonymous-disabled', certificate: leaf },
      { host: '::1', port: 6443 },
    );
    expect(server.requests[0]?.headers.host).toBe('[::1]:6443');
  });

  test('cookies are not kept, and proxies of the environment are not used', async () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'ALL_PROXY'])
      vi.stubEnv(name, 'http://127.0.0.1:1');
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    const cookie = { '/': () => ({ status: 200, headers: { 'Set-Cookie': 'a=b' }, body: { paths: [] } }) };
    const { server } = await lookAt({ behaviour: 'admin', overrides: cookie });
    expect(server.requests).toHaveLength(6);
    expect(server.requests.filter(({ headers }) => headers.cookie !== undefined)).toEqual([]);
  });
});

describe('limits', () => {
  test('a second look is one request, and a run sends eight at most to one address', async () => {
    await withServer({ behaviour: 'anonymous-forbidden' }, async (server) => {
      const probe = probeWith();
      const target = targetAt(server.port);
      expect((await probe(target, 'full', running)).requests).toHaveLength(6);
      expect(await probe(target, 'full', running)).toMatchObject({
        outcome: 'inconclusive',
        requests: [{ path: '/' }],
      });
      expect((await probe(target, 'full', running)).requests).toEqual([]);
      // Of the same name, however it is written. What other looks took must not leave a contradiction unconfirmed.
      const second = await probe({ ...target, host: host.toLowerCase() }, 'second', running);
      expect(second).toMatchObject({
        outcome: 'inconclusive',
        identity: { peer: 'this' },
        requests: [{ path: '/', status: 403 }],
      });
      expect((await probe(target, 'second', running)).requests).toEqual([]);
      expect(server.requests).toHaveLength(8);
    });
  });

  test('a peer that closes gets new connections, paced', async () => {
    const limits = { pace: 60 };
    const { result, server } = await lookAt({ behaviour: 'anonymous-forbidden', closes: 'announced' }, {}, { limits });
    expect(result.outcome).toBe('anonymous-forbidden');
    expect(server.requests).toHaveLength(6);
    expect(server.connections).toHaveLength(6);
    const [first = 0] = server.connections;
    // Five turns of 60; the first connection may be noted some milliseconds late. Four turns would be 240.
    expect((server.connections.at(-1) ?? 0) - first).toBeGreaterThan(255);
  });

  test('neither the connection nor what waits for an interrupt outlives the look', async () => {
    const { signal } = new AbortController();
    await withServer({ behaviour: 'anonymous-forbidden' }, async ({ port }) => {
      const relay = await startTurns([port]);
      expect((await probeWith()(targetAt(relay.port), 'full', { signal })).outcome).toBe('anonymous-forbidden');
      await relay.close();
    });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('a stranger behind a further connection gets no request either, and no open connection', async () => {
    const stranger = await createAuthority('kubernetes');
    const strangers = await stranger.issue({ names: [host] });
    await withServer({ behaviour: 'anonymous-forbidden', closes: 'announced' }, async (ours) => {
      await withServer({ behaviour: 'admin', certificate: strangers }, async (other) => {
        const relay = await startTurns([ours.port, other.port]);
        const result = await probeWith()(targetAt(relay.port), 'full', running);
        expect(result).toMatchObject({ outcome: 'inconclusive', identity: { peer: 'this' } });
        expect(result.requests).toEqual([{ path: '/', status: 403 }]);
        expect(other.connections).toHaveLength(1);
        expect(other.requests).toEqual([]);
        await relay.close();
      });
    });
  });

  test('a request that is lost with a kept connection is asked once more, and both are reported', async () => {
    const { result, server } = await lookAt({ behaviour: 'anonymous-forbidden', closes: 'silently' });
    expect(result.outcome).toBe('anonymous-forbidden');
    expect(result.requests.map(({ path }) => path)).toEqual(server.requests.map(({ url }) => url));
    expect(result.requests.map(({ status }) => status)).toEqual([403, undefined, 200, 403, 403, 403, 403]);
    expect(server.connections).toHaveLength(6);
  });

  test('a body beyond 64 KiB is not read, and hides nothing that is worse', async () => {
    const filler = { kind: 'APIVersions', filler: 'x'.repeat(64 * 1024) };
    const overrides = { '/api': () => ({ body: filler }) };
    const inconclusive = await lookAt({ behaviour: 'discovery', overrides });
    expect(inconclusive.result).toMatchObject({ outcome: 'inconclusive', anonymous: { version: true } });
    expect(inconclusive.result.requests[2]).toEqual({ path: '/api' });
    expect((await lookAt({ behaviour: 'admin', overrides })).result.outcome).toBe('admin-exposed');
  });

  test('a body of exactly 64 KiB is read', async () => {
    const frame = JSON.stringify({ kind: 'APIVersions', filler: '' }).length;
    const filler = { kind: 'APIVersions', filler: 'x'.repeat(64 * 1024 - frame) };
    const { result } = await lookAt({
      behaviour: 'forbidden-hardened',
      overrides: { '/api': () => ({ body: filler }) },
    });
    expect(result.outcome).toBe('discovery-exposed');
  });

  test('headers beyond 16 KiB are no answer', async () => {
    const overrides = {
      '/version': () => ({ headers: { 'X-Filler': 'x'.repeat(17_000) }, body: { major: '1', gitVersion: 'v1' } }),
    };
    expect((await lookAt({ behaviour: 'anonymous-forbidden', overrides })).result.outcome).toBe('inconclusive');
  });

  test.for(['endless-information', 'upgrades'] as const)('%s ends at once', async (behaviour) => {
    const { result } = await lookAt({ behaviour });
    expect(result.outcome).toBe('inconclusive');
    expect(result.durationMs).toBeLessThan(1_000);
  });

  test('looks at the same time', async () => {
    await withServer({ behaviour: 'mute' }, async (server) => {
      const probe = probeWith({ concurrency: 2, limits: { total: 400 } });
      const looks = [1, 2, 3].map((port) => probe(targetAt(server.port, { port }), 'full', running));
      await Promise.all(looks);
      const [first = 0, second = 0, third = 0] = server.connections;
      expect(second - first).toBeLessThan(300);
      expect(third - first).toBeGreaterThan(350);
    });
  });

  test('one retry of a connect that timed out, and of a connection dropped before its first byte', async () => {
    const filtered = await startFilteredPort();
    const result = await probeWith({ limits: { connect: 150 } })(targetAt(filtered.port), 'full', running);
    await filtered.close();
    expect(result.durationMs).toBeGreaterThanOrEqual(298);
    expect(result.durationMs).toBeLessThan(430);
    expect((await lookAt({ behaviour: 'closes-at-once' })).server.connections).toHaveLength(2);
    expect((await lookAt({ behaviour: 'half-hello' })).server.connections).toHaveLength(1);
    // The second one offers more.
    expect((await lookAt({ behaviour: 'refuses-handshake' })).server.connections).toHaveLength(2);
  });
});

describe('interrupts', () => {
  test('before anything: not probed', async () => {
    await withServer({ behaviour: 'admin' }, async (server) => {
      const context = { signal: AbortSignal.abort() };
      expect(await probeWith()(targetAt(server.port), 'full', context)).toMatchObject({
        outcome: 'not-probed',
        requests: [],
      });
      expect(server.connections).toEqual([]);
    });
  });

  test('while connecting: not probed; while waiting for an answer: inconclusive', async () => {
    const filtered = await startFilteredPort();
    const connecting = await probeWith()(targetAt(filtered.port), 'full', { signal: AbortSignal.timeout(50) });
    await filtered.close();
    expect(connecting).toMatchObject({ outcome: 'not-probed', timedOut: false });
    await withServer({ behaviour: 'mute' }, async (server) => {
      const waiting = await probeWith()(targetAt(server.port), 'full', { signal: AbortSignal.timeout(150) });
      expect(waiting).toMatchObject({ outcome: 'inconclusive', connected: true });
      expect(waiting.durationMs).toBeLessThan(1_000);
    });
  });

  test('a host that fits in no header costs its own result only', async () => {
    const { result } = await lookAt(
      { behaviour: 'admin' },
      { host: 'bad\r\nhost', serverName: host, trust: { kind: 'unverified' } },
    );
    expect(result).toMatchObject({ outcome: 'inconclusive', address: '127.0.0.1', requests: [] });
    expect(result.detail).toContain('The probe failed');
  });
});

test('nothing of a body is kept but the version, cut', async () => {
  const secret = 'hunter2-is-the-password';
  const overrides = {
    '/version': () => ({ body: { major: '1', gitVersion: `v${'9'.repeat(500)}`, note: secret } }),
    '/api': () => ({ headers: { 'X-Note': secret }, body: { kind: 'APIVersions', note: secret } }),
  };
  const { result } = await lookAt({ behaviour: 'admin', overrides });
  expect(result.outcome).toBe('admin-exposed');
  expect(result.gitVersion).toHaveLength(64);
  expect(JSON.stringify(result)).not.toContain('hunter2');
});
