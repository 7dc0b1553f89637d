import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const cache =
  process.env['KUBEPERIMETER_CACHE'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kubeperimeter');

/** A program that the install script has put into the cache. A missing one fails the test: it is never skipped. */
export function cached(path: string): string {
  if (!isCached(path)) throw new Error(`${path} is not installed: run npm run setup:integration`);
  return join(cache, path);
}

export function isCached(path: string): boolean {
  return existsSync(join(cache, path));
}

export interface Component {
  stop(): Promise<void>;
}

/** On a port of 127.0.0.1. */
export interface Listening extends Component {
  readonly port: number;
}

/** Starts a program and waits until `ready` holds, for at most `seconds`. What it printed stands in the error. */
export async function startComponent(
  program: string,
  args: readonly string[],
  ready: () => Promise<boolean>,
  seconds = 60,
): Promise<Component> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => (printed = (printed + piece).slice(-4000)));
  const deadline = Date.now() + seconds * 1000;
  while (!(await ready().catch(() => false))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${program} did not become ready: ${printed}`);
    }
    await delay(100);
  }
  return { stop: () => stop(child) };
}

/** SIGTERM, and SIGKILL where that is ignored: an API server without its etcd ignores it for minutes. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(killer);
}

/** A port that was free a moment ago, for programs that take no port 0. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
