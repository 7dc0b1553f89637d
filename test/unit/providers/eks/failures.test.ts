import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEks } from '../../../../providers/eks/client.ts';
import { defaultTiming } from '../../../../providers/eks/attempt.ts';
import { eksCluster, type Operation } from '../../../emulators/eks.ts';
import type { Reply, SeenRequest } from '../../../emulators/server.ts';
import { account, context, gather, read, scope, setUp, stubAws } from './setup.ts';

const region = 'eu-west-1';
const html: Reply = { headers: { 'content-type': 'text/html' }, body: '<html>Please sign in</html>' };
const accounts = [{ id: account, regions: { [region]: [eksCluster({ name: 'a' }), eksCluster({ name: 'b' })] } }];
const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };

const servers: http.Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: http.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function insteadOf(wanted: Operation, reply: Reply): (operation: Operation) => Reply | undefined {
  return (operation) => (operation === wanted ? reply : undefined);
}

describe('an endpoint that is not EKS', () => {
  it.each([
    ['a page of HTML', html, /not the AWS API.*HTTP 200/],
    ['a refusal in HTML', { ...html, status: 403 }, /not the AWS API.*HTTP 403/],
    ['JSON that was cut', { body: '{"clusters":["a"' }, /not the AWS API/],
    ['null', { body: 'null' }, /not the AWS API/],
    ['JSON without a list', { body: {} }, /holds no list of clusters/],
    ['a list that is text', { body: { clusters: 'abc' } }, /holds no list of clusters/],
    ['a list with a number', { body: { clusters: ['a', 5] } }, /holds no list of clusters/],
  ] satisfies [string, Reply, RegExp][])(
    'answers a list with %s, and never counts as empty',
    async (_, reply, message) => {
      const { provider } = await setUp({ accounts, instead: insteadOf('ListClusters', reply) });
      await expect(read(provider, scope(region))).rejects.toMatchObject({
        name: 'ProviderError',
        code: 'malformed',
        message: expect.stringMatching(message),
      });
    },
  );

  it.each([
    ['a page of HTML', html],
    ['no cluster', { body: {} }],
    ['a cluster that is text', { body: { cluster: 'a' } }],
  ] satisfies [string, Reply][])('answers a describe with %s', async (_, reply) => {
    const { provider } = await setUp({ accounts, instead: insteadOf('DescribeCluster', reply) });
    const { clusters, issues } = await read(provider, scope(region));
    for (const name of ['a', 'b']) {
      expect(clusters.get(name)).toMatchObject({ id: `eks:${account}/${region}/${name}`, state: 'unknown' });
    }
    expect(issues.map(({ code }) => code)).toEqual(['malformed', 'malformed']);
  });

  it.each([
    ['HTML', html],
    ['nothing', { body: {} }],
  ] satisfies [string, Reply][])('answers STS with %s', async (_, reply) => {
    const { provider } = await setUp({ accounts, instead: insteadOf('GetCallerIdentity', reply) });
    await expect(provider.account(scope(region), context)).rejects.toMatchObject({ code: 'malformed' });
  });

  it('sends the same page again and again', async () => {
    const page = { body: { clusters: ['a'], nextToken: 'again' } };
    const { emulator, provider } = await setUp({ accounts, instead: insteadOf('ListClusters', page) });
    await expect(read(provider, scope(region))).rejects.toMatchObject({ code: 'malformed' });
    expect(emulator.calls('ListClusters')).toBe(2);
  });

  it('sends pages in a circle, of which each is read once', async () => {
    const next: Readonly<Record<string, string>> = { '': 'one', one: 'two', two: 'one' };
    const instead = (operation: Operation, { url }: SeenRequest) => {
      const token = new URL(url, 'http://emulator').searchParams.get('nextToken') ?? '';
      return operation === 'ListClusters' ? { body: { clusters: ['a'], nextToken: next[token] } } : undefined;
    };
    const { emulator, provider } = await setUp({ accounts, instead });
    await expect(read(provider, scope(region))).rejects.toMatchObject({
      code: 'malformed',
      message: 'eks:ListClusters: the pages of the list never end',
    });
    expect(emulator.calls('ListClusters')).toBe(3);
  });

  it('is not there', async () => {
    stubAws({ ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    const provider = createEks(process.env, { ...defaultTiming, retryDelay: () => 1 });
    await expect(read(provider, scope(region))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each(['not a region', 'x.example/', 'a@b'])('is not asked in a region that the SDK refuses: %s', async (name) => {
    stubAws(keys);
    const failure = read(createEks(process.env), scope(name));
    await expect(failure).rejects.toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('check the region'),
    });
  });

  it('is moved for EKS alone', async () => {
    const { emulator, provider } = await setUp({ accounts });
    stubAws({ ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_EKS: emulator.url });
    expect((await read(provider, scope(region))).clusters.size).toBe(2);
  });

  it.each([
    [407, 1],
    [403, 1],
    [502, 4],
  ])('behind a proxy that answers %i is not taken for one of AWS, and is asked for %i times', async (status, times) => {
    const asked: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', ({ url }, socket) => {
      asked.push(url ?? '');
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    });
    const HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
    stubAws({ ...keys, AWS_ENDPOINT_URL: 'https://eks.example', HTTPS_PROXY });
    const provider = createEks(process.env, { ...defaultTiming, retryDelay: () => 1 });
    await expect(read(provider, scope(region))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`(PROXY_HTTP_${status}): check the region, the network and the proxy`),
    });
    expect(asked).toEqual(Array.from({ length: times }, () => 'eks.example:443'));
  });
});

describe('a slow EKS', () => {
  it('runs into the limit of an attempt, and is asked again', async () => {
    const { emulator, provider } = await setUp({ accounts, delayMs: 300 }, {}, { attempt: 50 });
    await expect(read(provider, scope(region))).rejects.toMatchObject({ code: 'timeout' });
    expect(emulator.calls('ListClusters')).toBe(4);
  });

  it('runs into the limit of a call when its body has no end', async () => {
    const endless = http.createServer((_, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    stubAws({ ...keys, AWS_ENDPOINT_URL: `http://127.0.0.1:${await listen(endless)}` });
    const provider = createEks(process.env, { ...defaultTiming, call: 250 });
    await expect(read(provider, scope(region))).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is left at once when the run is stopped', async () => {
    const { provider } = await setUp({ accounts, delayMs: 1500 });
    const before = performance.now();
    const clusters = gather(provider.clusters(scope(region), { signal: AbortSignal.timeout(50) }));
    await expect(clusters).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('stopped') });
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('keeps what was described before the run is stopped, and makes no rows of the rest', async () => {
    const stop = new AbortController();
    const { provider } = await setUp({ accounts });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const item of provider.clusters(scope(region), { signal: stop.signal })) {
        seen.push(item);
        stop.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'timeout' });
    expect(seen).toHaveLength(1);
  });

  it('does not begin when the run is over', async () => {
    const { emulator, provider } = await setUp({ accounts }, { AWS_REGION: region });
    const over = { signal: AbortSignal.abort() };
    await expect(gather(provider.clusters(scope(region), over))).rejects.toMatchObject({ code: 'timeout' });
    const scopes = provider.scopes({ provider: 'eks', accounts: [], locations: [] }, over);
    await expect(gather(scopes)).rejects.toMatchObject({ code: 'timeout' });
    expect(emulator.calls()).toBe(0);
  });

  it('stops asking when nobody reads on', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `c${index}`);
    const lazy = { names, describe: (name: string) => eksCluster({ name }) };
    const { emulator, provider } = await setUp({ accounts: [{ id: account, regions: { [region]: lazy } }] });
    for await (const _ of provider.clusters(scope(region), context)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(emulator.calls('DescribeCluster')).toBeLessThan(60);
  });
});
