import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askOwnAddress } from '../../../src/cli/vantage-address.ts';

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const never = new AbortController().signal;

describe('the service that tells our own address', () => {
  it.each(['52.95.110.7', '52.95.110.7\n', ' 2a00:1450:4001:80b::200e '])(
    'is believed when it answers %j',
    async (text) => {
      expect(await askOwnAddress(await serve((_, response) => response.end(text)), never)).toBe(text.trim());
    },
  );

  it('is sent nothing but a request for its page', async () => {
    const seen: [string | undefined, string | undefined, string[]][] = [];
    const service = await serve(({ method, url, rawHeaders }, response) => {
      seen.push([method, url, rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())]);
      response.end('52.95.110.7');
    });
    await askOwnAddress(service, never);
    expect(seen).toEqual([['GET', '/', ['accept', 'host', 'connection']]]);
  });

  it.each<[string, RequestListener, string, RegExp]>([
    [
      'a private address',
      (_, response) => response.end('10.1.2.3'),
      'malformed',
      /answered "10\.1\.2\.3", which is no public/,
    ],
    ['two addresses', (_, response) => response.end('52.95.110.7, 52.95.110.8'), 'malformed', /no public address/],
    ['a page', (_, response) => response.end('<html>\u001b[31m'), 'malformed', /"<html>\\u001b\[31m"/],
    ['nothing', (_, response) => response.end(), 'malformed', /answered ""/],
    [
      'a redirect',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'unreachable',
      /status 302/,
    ],
    ['an error', (_, response) => response.writeHead(503).end('52.95.110.7'), 'unreachable', /status 503/],
    ['too much', (_, response) => response.end(`52.95.110.7${' '.repeat(300)}`), 'unreachable', /more than 256 bytes/],
    [
      'endlessly',
      (_, response) => void setInterval(() => response.write('x'.repeat(200)), 5).unref(),
      'unreachable',
      /more than 256/,
    ],
    ['by hanging up', ({ socket }) => void socket.destroy(), 'unreachable', /socket hang up/],
  ])('is not believed when it answers with %s', async (_, answer, code, message) => {
    const told = await askOwnAddress(await serve(answer), never);
    expect(told).toEqual({ code, message: expect.stringMatching(message) as string });
    expect((told as { message: string }).message).toMatch(/^our own address could not be told by 127\.0\.0\.1:\d+: /);
  });

  it('is given up when the run ends', async () => {
    const end = new AbortController();
    const service = await serve(() => end.abort());
    expect(await askOwnAddress(service, end.signal)).toMatchObject({ code: 'timeout' });
  });

  it('is given up after five seconds', async () => {
    const before = performance.now();
    expect(await askOwnAddress(await serve(() => undefined), never)).toMatchObject({ code: 'timeout' });
    expect(performance.now() - before).toBeGreaterThan(4_500);
  }, 10_000);

  it('is told to be out of reach when nobody listens', async () => {
    const service = await serve(() => undefined);
    const [server] = running.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    expect(await askOwnAddress(service, never)).toMatchObject({ code: 'unreachable' });
  });
});
