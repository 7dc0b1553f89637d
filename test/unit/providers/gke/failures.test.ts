import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, vi } from 'vitest';

import { createProvider } from '../../../../providers/gke/provider.ts';
import type { ProviderError } from '../../../../src/model/errors.ts';
import { createAuthority } from '../../../emulators/certificates.ts';
import { failure, gkeCluster } from '../../../emulators/gke.ts';
import { startHostile, type Hostility } from '../../../emulators/gke/hostile.ts';
import type { Reply } from '../../../emulators/server.ts';
import { all, context, quick, scopeOf, useGke, type Start } from './session.ts';

const gkeTest = useGke();
const scope = scopeOf('example-project');
const projects = { 'example-project': { clusters: [gkeCluster({ name: 'prod' })] } };

/** What listing the clusters of the project raises. */
async function raised(provider: { clusters: ReturnType<typeof createProvider>['clusters'] }): Promise<ProviderError> {
  return all(provider.clusters(scope, context)).then(
    () => expect.unreachable('it should have raised'),
    (error: unknown) => error as ProviderError,
  );
}

/** What listing raises from such a server, and how often it was asked. */
const withHostile = async (hostility: Hostility, how: Start = {}): Promise<[ProviderError, number]> => {
  const { gke } = await gkeTest.start({ projects: {} });
  const hostile = await startHostile(hostility);
  const environment = { ...gke.environment, CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: hostile.url };
  try {
    return [await raised(createProvider(environment, { ...quick, ...how.tuning })), hostile.count()];
  } finally {
    await hostile.close();
  }
};

describe('throttling and server errors', () => {
  it('loses nothing where every second call is throttled', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `project-${index}`);
    const { provider, gke } = await gkeTest.start({
      projects: Object.fromEntries(ids.map((id) => [id, { clusters: [gkeCluster({ name: 'prod' })] }])),
      throttleEvery: 2,
    });
    const found = [];
    for (const id of ids) found.push(...(await all(provider.clusters(scopeOf(id), context))));
    expect(found).toHaveLength(30);
    expect(gke.requests.length).toBeLessThanOrEqual(60);
  });

  it('waits as long as the server asks', async () => {
    const waits: number[] = [];
    const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
    const busy = { ...failure(429, 'RESOURCE_EXHAUSTED'), headers: { 'retry-after': '7' } };
    const instead = (_: unknown, count: number) => (count === 1 ? busy : undefined);
    const { provider } = await gkeTest.start({ projects, instead }, { tuning: { sleep } });
    expect(await all(provider.clusters(scope, context))).toHaveLength(1);
    expect(waits).toEqual([7000]);
  });

  it.each<[number, string, string]>([
    [
      429,
      'throttled',
      'Google Cloud did not list the clusters: too many requests (HTTP 429), also after waiting; scan again later',
    ],
    [500, 'unreachable', 'Google Cloud did not list the clusters: the service failed (HTTP 500)'],
    [503, 'unreachable', 'Google Cloud did not list the clusters: the service failed (HTTP 503)'],
  ])('gives up on HTTP %i after six attempts', async (status, code, message) => {
    const { provider, gke } = await gkeTest.start({ projects, instead: () => failure(status, 'UNAVAILABLE') });
    expect(await raised(provider)).toMatchObject({ code, message });
    expect(gke.requests).toHaveLength(6);
  });

  it('asks a service that is down less and less often', async () => {
    const { provider, gke } = await gkeTest.start({ projects, instead: () => failure(503, 'UNAVAILABLE') });
    for (let call = 0; call < 40; call += 1) await raised(provider);
    // 40 first attempts and the 100 retries of the budget.
    expect(gke.requests).toHaveLength(140);
  });

  it('does not come back where the server asks for a long wait', async () => {
    const { provider, gke } = await gkeTest.start({ projects, throttleEvery: 1, retryAfter: '3600' });
    expect(await raised(provider)).toMatchObject({ code: 'throttled' });
    expect(gke.requests).toHaveLength(1);
  });
});

describe('answers that are not the API', () => {
  const html = { headers: { 'content-type': 'text/html' }, body: '<html>Please sign in: hunter2</html>' };

  it.each<[string, Reply, string, number]>([
    ['a page of HTML', html, 'malformed', 1],
    ['a refusal in HTML', { ...html, status: 403 }, 'malformed', 1],
    ['a missing page', { ...html, status: 404 }, 'malformed', 1],
    ['a bad gateway', { ...html, status: 502 }, 'unreachable', 6],
    ['an empty answer', { body: '' }, 'malformed', 1],
    ['JSON of another shape', { body: { clusters: { name: 'x' } } }, 'malformed', 1],
    ['no object', { body: 'null' }, 'malformed', 1],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'malformed', 1],
    ['no content', { status: 204 }, 'malformed', 1],
    ['a call that it does not know', failure(501, 'UNIMPLEMENTED'), 'unsupported', 1],
    ['a request that it does not take', failure(400, 'INVALID_ARGUMENT'), 'unsupported', 1],
    ['a token that it does not take', failure(401, 'UNAUTHENTICATED'), 'unauthenticated', 1],
    ['a quota in the old way', failure(403, 'PERMISSION_DENIED', { reason: 'RATE_LIMIT_EXCEEDED' }), 'throttled', 1],
  ])('%s', async (_, reply, code, requests) => {
    const { provider, gke } = await gkeTest.start({ projects, instead: () => reply });
    const error = await raised(provider);
    expect(error).toMatchObject({ name: 'ProviderError', code });
    expect(error.message).toMatch(/^Google Cloud did not list the clusters: [^\n]+$/);
    expect(error.message).not.toContain('hunter2');
    expect(gke.requests).toHaveLength(requests);
  });

  it.each([
    ['IAM_PERMISSION_DENIED', 'the credentials need container.clusters.list'],
    ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'the credentials need the scope cloud-platform'],
    ['USER_PROJECT_DENIED', 'the credentials need serviceusage.services.use on their quota project'],
    ['SECURITY_POLICY_VIOLATED', 'a perimeter of VPC Service Controls has to let this machine in'],
  ])('a refusal for %s says what would help', async (reason, fix) => {
    const instead = () => failure(403, 'PERMISSION_DENIED', { reason });
    const { provider } = await gkeTest.start({ projects, instead });
    expect(await raised(provider)).toMatchObject({
      code: 'forbidden',
      message: `Google Cloud did not list the clusters: it was refused (HTTP 403, ${reason}); ${fix}`,
    });
  });

  it('never repeats what a server says, since it may echo the token', async () => {
    const { provider, gke } = await gkeTest.start({
      projects,
      instead: ({ headers }) => ({
        status: 403,
        body: {
          error: {
            code: 403,
            status: headers.authorization,
            message: `no access for ${headers.authorization}`,
            details: [{ reason: `because of ${headers.authorization}`, metadata: { permission: 'a b' } }],
          },
        },
      }),
    });
    const { message } = await raised(provider);
    expect(message).toBe(
      'Google Cloud did not list the clusters: it was refused (HTTP 403); the credentials need container.clusters.list',
    );
    expect(gke.requests).toHaveLength(1);
  });
});

describe('a server that does not answer as it should', () => {
  it.each<[Hostility, string, number]>([
    ['stalls', 'timeout', 1],
    ['silent', 'timeout', 1],
    ['breaks', 'unreachable', 6],
  ])('%s', async (hostility, code, requests) => {
    const [error, count] = await withHostile(hostility, { tuning: { attemptMs: 150 } });
    expect(error).toMatchObject({ name: 'ProviderError', code });
    expect(count).toBe(requests);
  });

  it('endless: is cut off at 64 MiB', async () => {
    const [error, count] = await withHostile('endless');
    expect(error).toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('longer than 64 MiB') as string,
    });
    expect(count).toBe(1);
  });

  it('ends a call with all its attempts in time', async () => {
    const { provider } = await gkeTest.start(
      { projects, instead: () => failure(503, 'UNAVAILABLE') },
      {
        tuning: {
          callMs: 100,
          sleep: (_, signal) =>
            new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
        },
      },
    );
    expect(await raised(provider)).toMatchObject({ code: 'timeout' });
  });

  it('is not asked for ever where nobody listens', async () => {
    const { gke } = await gkeTest.start({ projects: {} });
    await gke.close();
    const error = await raised(createProvider(gke.environment, quick));
    expect(error).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /the connection failed \(ECONNREFUSED\); check the network and the proxy$/,
      ) as string,
    });
  });

  it('shows a certificate that nobody vouches for, at once', async () => {
    const authority = await createAuthority('an unknown authority');
    const { provider, gke } = await gkeTest.start({ projects, tls: await authority.issue({ names: ['localhost'] }) });
    expect(await raised(provider)).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /the certificate is not trusted \(\w+\); NODE_EXTRA_CA_CERTS adds an authority$/,
      ) as string,
    });
    expect(gke.requests).toEqual([]);
  });
});

describe('an interrupted scan', () => {
  it('stops calls that are under way, and makes no further ones', async () => {
    const stop = new AbortController();
    const { provider, gke } = await gkeTest.start({
      projects,
      instead: () => {
        setTimeout(() => stop.abort(), 20);
        return new Promise((resolve) => setTimeout(() => resolve({ body: {} }), 2000).unref());
      },
    });
    const listing = all(provider.clusters(scope, { signal: stop.signal }));
    await expect(listing).rejects.toMatchObject({ code: 'timeout' });
    await expect(all(provider.clusters(scope, { signal: stop.signal }))).rejects.toMatchObject({ code: 'timeout' });
    expect(gke.requests).toHaveLength(1);
  });
});

describe('a proxy', () => {
  it('is used for calls where HTTPS_PROXY names one', async () => {
    const seen: string[] = [];
    const proxy = http.createServer().on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    await gkeTest.start({ projects });
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const environment = { CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: 'https://container.example/' };
    const error = await raised(createProvider(environment, quick));
    await new Promise((resolve) => proxy.close(resolve));
    expect(new Set(seen)).toEqual(new Set(['container.example:443']));
    expect(error).toMatchObject({ code: 'unreachable' });
  });
});
