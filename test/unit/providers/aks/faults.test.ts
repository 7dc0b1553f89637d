import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { itemsOf } from '../../../../providers/aks/client.ts';
import { createProvider } from '../../../../providers/aks/provider.ts';
import { createAuthority } from '../../../emulators/certificates.ts';
import { ProviderError } from '../../../../src/model/errors.ts';
import type { Reply } from '../../../emulators/server.ts';
import { aksCluster, armError, htmlPage, startArm, throttled } from '../../../emulators/arm.ts';
import type { ArmEmulator, ArmOptions } from '../../../emulators/arm.ts';
import { context, drain, providerAt, scopeOf, subscription } from './reading.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function arm(fault: ArmOptions['fault'], options: Partial<ArmOptions> = {}): Promise<ArmEmulator> {
  const clusters = [aksCluster({ name: 'shop' }), aksCluster({ name: 'bank' })];
  const subscriptions = [{ id: subscription, clusters }];
  const emulator = await startArm({ subscriptions, ...options, ...(fault ? { fault } : {}) });
  open.push(emulator);
  return emulator;
}

/** The first so many requests get the reply, the others the service. */
function atFirst(times: number, reply: Reply): ArmOptions['fault'] {
  return (_, nth) => (nth <= times ? reply : undefined);
}

describe('are asked again', () => {
  test.each([
    ['429 with a wait', throttled(0)],
    ['429 without a wait', throttled()],
    ['429 with a wait in milliseconds', { status: 429, headers: { 'x-ms-retry-after-ms': '3' }, body: {} }],
    ['429 with a wait that is none', { status: 429, headers: { 'retry-after-ms': 'soon' }, body: {} }],
    ['429 with a date that has passed', { ...throttled(), headers: { 'retry-after': new Date(0).toUTCString() } }],
    ['500', armError(500, 'InternalServerError', 'x')],
    ['502', { status: 502, body: 'bad gateway' }],
    ['503 with a wait', { ...armError(503, 'ServerBusy', 'x'), headers: { 'retry-after': '0' } }],
  ])('%s', async (_, reply) => {
    const emulator = await arm(atFirst(2, reply));
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(error).toBeUndefined();
    expect(items).toHaveLength(2);
    expect(emulator.requests).toHaveLength(3);
  });

  test('waits as long as it is told', async () => {
    const emulator = await arm(atFirst(1, throttled(1)));
    const start = performance.now();
    await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(performance.now() - start).toBeGreaterThan(950);
  });
});

const hostile = `secret-${'x'.repeat(50)}\nsecond line`;

describe('fail with', () => {
  test.each<[string, Reply, string, number, string]>([
    ['throttled, after a few tries', throttled(0), 'throttled', 4, 'too many requests (429 TooManyRequests)'],
    ['throttled, at once where the wait is too long', throttled(3600), 'throttled', 1, 'asked again in 3600 s'],
    ['unreachable after a few 5xx', armError(503, 'ServerBusy', 'x'), 'unreachable', 4, '(503 ServerBusy)'],
    ['timeout after a few 504', armError(504, 'GatewayTimeout', 'x'), 'timeout', 4, '(504 GatewayTimeout)'],
    ['forbidden', armError(403, 'AuthorizationFailed', 'x'), 'forbidden', 1, 'managedClusters/read'],
    ['forbidden, not found', armError(404, 'SubscriptionNotFound', 'x'), 'forbidden', 1, '(404 SubscriptionNotFound)'],
    ['unauthenticated', armError(401, 'ExpiredAuthenticationToken', 'x'), 'unauthenticated', 1, '`az login`'],
    ['unsupported', armError(400, 'InvalidApiVersionParameter', 'x'), 'unsupported', 1, '(400 Invalid'],
    ['a plain status where the code is foreign text', armError(403, hostile, 'x'), 'forbidden', 1, 'refused (403);'],
    ['malformed for HTML', htmlPage, 'malformed', 1, 'not Azure Resource Manager'],
    [
      'malformed for HTML said to be JSON',
      { ...htmlPage, headers: { 'content-type': 'application/json' } },
      'malformed',
      1,
      'not Azure',
    ],
    ['malformed for no list', { body: { value: { a: 1 } } }, 'malformed', 1, 'not Azure'],
    ['malformed for an entry that is null', { body: { value: [null] } }, 'malformed', 1, 'not Azure'],
    ['malformed for an empty body', { body: '' }, 'malformed', 1, 'not Azure'],
    ['malformed for a link that is no text', { body: { value: [], nextLink: 7 } }, 'malformed', 1, 'not Azure'],
  ])('%s', async (_, reply, code, requests, message) => {
    const emulator = await arm(() => reply);
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items).toEqual([]);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect((error as Error).message).toMatch(/^Azure: [^\n]+$/);
    expect((error as Error).message).not.toMatch(/emulated-token|secret/);
    expect(emulator.requests).toHaveLength(requests);
  });

  test('what was seen before stays, when a later page fails', async () => {
    const emulator = await arm((_, nth) => (nth === 2 ? armError(403, 'AuthorizationFailed', 'x') : undefined), {
      pageSize: 1,
    });
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items).toMatchObject([{ name: 'shop' }]);
    expect(error).toMatchObject({ code: 'forbidden' });
  });

  test('a refused list of subscriptions is an issue, and names what it takes', async () => {
    const emulator = await arm(() => armError(403, 'AuthorizationFailed', 'x'));
    const target = { provider: 'aks', accounts: [], locations: [] } as const;
    const { items, error } = await drain(providerAt(emulator).scopes(target, context()));
    expect(error).toBeUndefined();
    expect(items).toMatchObject([{ code: 'forbidden', message: expect.stringContaining('subscriptions/read') }]);
  });

  test('one refused subscription costs the next nothing', async () => {
    const refused = '00000000-0000-4000-8000-000000000002';
    const emulator = await arm(undefined, {
      subscriptions: [
        { id: refused, refused: true },
        { id: subscription, clusters: [aksCluster({ name: 'shop' })] },
      ],
    });
    const provider = providerAt(emulator);
    const first = await drain(provider.clusters(scopeOf(refused), context()));
    const second = await drain(provider.clusters(scopeOf(), context()));
    expect(first.error).toMatchObject({ code: 'forbidden' });
    expect(second.items).toHaveLength(1);
  });

  test('a token that the service does not take', async () => {
    const emulator = await arm(undefined);
    const { error } = await drain(providerAt(emulator, 'a-stale-token').clusters(scopeOf(), context()));
    expect(error).toMatchObject({ code: 'unauthenticated' });
    expect((error as Error).message).not.toContain('a-stale-token');
  });
});

describe('nobody there', () => {
  test('ends after a few tries', async () => {
    const emulator = await arm(undefined);
    await emulator.close();
    const { error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
  });

  test('a certificate of an authority that is not known says which variable adds it', async () => {
    const emulator = await arm(undefined);
    const stranger = await arm(undefined);
    const provider = providerAt({ url: emulator.url, caPem: stranger.caPem });
    const { error } = await drain(provider.clusters(scopeOf(), context()));
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
    expect(emulator.requests).toEqual([]);
  });

  test('a server that takes the connection and is silent ends with the signal', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const signal = AbortSignal.timeout(50);
    const { error } = await drain(
      providerAt({ url: `https://127.0.0.1:${port}`, caPem: '' }).clusters(scopeOf(), context(signal)),
    );
    expect(error).toMatchObject({ code: 'timeout', message: 'Azure: stopped before the answer came' });
    silent.close();
  });
});

test.each([
  ['never begins', () => {}],
  ['drips', (socket: ServerResponse) => void setInterval(() => socket.write(' '), 20)],
])('an answer that %s ends with the time for one attempt', async (_, answer) => {
  const authority = await createAuthority('Slow');
  const { cert, key } = await authority.issue({ names: ['127.0.0.1'] });
  const server = createHttpsServer({ cert, key }, (_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const settings = { endpoint: url, credential, ca: authority.pem, retryDelayInMs: 5, attemptTimeoutInMs: 100 };
  const { error } = await drain(createProvider(settings, {}).clusters(scopeOf(), context()));
  expect(error).toMatchObject({ code: 'timeout', message: 'Azure: Azure Resource Manager did not answer in time' });
  server.closeAllConnections();
  server.close();
});

describe('an interrupt', () => {
  test('before anything asks nothing', async () => {
    const emulator = await arm(undefined);
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context(AbortSignal.abort())));
    expect([items, emulator.requests]).toEqual([[], []]);
    expect(error).toMatchObject({ code: 'timeout' });
  });

  test('between pages stops before the next', async () => {
    const stop = new AbortController();
    const emulator = await arm(undefined, { pageSize: 1 });
    const entries = providerAt(emulator).clusters(scopeOf(), context(stop.signal))[Symbol.asyncIterator]();
    expect((await entries.next()).value).toMatchObject({ name: 'shop' });
    stop.abort();
    await expect(entries.next()).rejects.toMatchObject({ code: 'timeout' });
    expect(emulator.requests).toHaveLength(1);
  });

  test('ends a wait for the next try', async () => {
    const stop = new AbortController();
    const emulator = await arm(() => {
      setTimeout(() => stop.abort(), 20);
      return throttled(30);
    });
    const start = performance.now();
    const { error } = await drain(providerAt(emulator).clusters(scopeOf(), context(stop.signal)));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

async function* endlessPages() {
  for (let page = 0; ; page += 1) yield Object.assign([page], { continuationToken: `to ${page}` });
}

test('a list whose pages never end is ended', async () => {
  const { items, error } = await drain(itemsOf(endlessPages, 'x', context().signal));
  expect(items).toHaveLength(5001);
  expect(error).toMatchObject({ code: 'malformed', message: 'Azure: the pages of the list never end' });
});
