import { createServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { AddressResult, ProbeResult } from '../../../../src/model/probe.ts';
import { createKnocker } from '../../../../src/probe/ports/index.ts';
import { targetAt } from '../harness.ts';

/** Addresses of loopback that no other run of these tests uses. */
function address(last: number): string {
  return `127.${1 + (process.pid % 250)}.${(process.pid >> 8) % 250}.${last}`;
}

async function listen(at: string, port: number, meet: (socket: Socket) => void): Promise<void> {
  const server = createServer((socket) => meet(socket.on('error', () => undefined).resume()));
  await new Promise<void>((resolve) => server.listen(port, at, resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
}

function answered(at: string, peer: AddressResult['identity']['peer'] = 'this'): AddressResult {
  return {
    outcome: 'anonymous-disabled',
    detail: 'made up',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    address: at,
    connected: true,
    timedOut: false,
    requests: [],
    identity: { peer, signals: [] },
  };
}

function toolsWith(signal: AbortSignal) {
  const context = tls.createSecureContext();
  return { host: 'a', auditId: 'b', userAgent: 'c', context, limits: { connect: 400, handshake: 400 }, signal };
}

function knockAt(seen: ProbeResult, ports: readonly number[], signal = new AbortController().signal) {
  const target = targetAt(1, { ports: ports.map((port) => ({ port })) });
  return createKnocker()(target, seen, toolsWith(signal));
}

test('each machine that the name stands for is tried, where its API server answered', async () => {
  const [first, second, stranger] = [answered(address(1)), answered(address(2)), answered(address(3), 'other')];
  await listen(address(2), 10_250, (socket) => void socket.end('x'));
  await listen(address(3), 10_250, (socket) => void socket.end('x'));
  const ports = await knockAt({ ...first, addresses: [first, second, stranger] }, [10_250]);
  expect(ports).toMatchObject([
    { port: 10_250, address: address(1), state: 'closed' },
    { port: 10_250, address: address(2), state: 'answers' },
  ]);
});

test('of one machine no address is told', async () => {
  const [one, silent] = [answered(address(4)), answered(address(5), 'none')];
  expect((await knockAt({ ...one, addresses: [one, silent] }, [10_250]))?.[0]).not.toHaveProperty('address');
});

test('of a run that ends meanwhile only what could be reached is told', async () => {
  const abort = new AbortController();
  await listen(address(6), 80, (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  await listen(address(6), 9443, () => void setTimeout(() => abort.abort(), 200));
  const ports = await knockAt(answered(address(6)), [10_250, 80, 9443], abort.signal);
  expect(ports?.map(({ port }) => port)).toEqual([80]);
});
