import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startApiServer, type Behaviour } from '../test/emulators/apiserver.ts';
import { createAuthority } from '../test/emulators/certificates.ts';
import { middle, printRatio } from './measure.ts';

const rounds = 5;
const kinds = ['bare', 'agent', 'ours'] as const;

/** What the probe costs: CPU, memory in flight, and whether anything stays. Looks run in processes of their own, so that the server's work is not counted. */
export async function benchLooks(): Promise<void> {
  await withServer('anonymous-forbidden', benchCpu);
  await withServer('mute', benchInFlight);
  await withServer('anonymous-forbidden', benchLeak);
}

type Run = (program: string, ...args: string[]) => Promise<string>;

async function withServer(behaviour: Behaviour, use: (run: Run) => Promise<void>): Promise<void> {
  const authority = await createAuthority('kubernetes');
  const certificate = await authority.issue({ names: ['*.bench.example'] });
  const server = await startApiServer({ behaviour, certificate });
  await use((program, ...args) => runLooks(program, [...args, String(server.port), authority.pem]));
  await server.close();
}

/**
 * Our whole six-request look against the same six requests by Node's own https with an agent, and against a bare handshake plus
 * `GET /`. CPU per endpoint.
 */
async function benchCpu(run: Run): Promise<void> {
  const seen = { ours: [] as number[], agent: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) seen[kind].push(Number(await run(kind)));
  }
  printRatio("six-request look, CPU against Node's https and agent", middle(seen.ours), middle(seen.agent), 'ms', 1);
  printRatio('six-request look, CPU against a bare look', middle(seen.ours), middle(seen.bare), 'ms', 2.2);
}

interface InFlight {
  readonly heapKb: number;
  readonly rssMb: number;
}

/** While so many looks wait at once for an answer. */
async function benchInFlight(run: Run): Promise<void> {
  for (const count of [1, 100, 1_000]) {
    const ours = JSON.parse(await run('in-flight', 'ours', String(count))) as InFlight;
    const bare = JSON.parse(await run('in-flight', 'bare', String(count))) as InFlight;
    printRatio(`${count} looks in flight, resident memory`, ours.rssMb, bare.rssMb, 'MiB', 1.3);
    if (count === 1_000) printRatio('heap for each look in flight', ours.heapKb, 16, 'KiB', 1);
  }
}

async function benchLeak(run: Run): Promise<void> {
  const { before, after, perSecond } = JSON.parse(await run('leak')) as Record<string, number>;
  printRatio('heap after 10,000 endpoints', after ?? 0, before ?? 0, 'MiB', 1.1);
  console.log(`endpoints a second: ${Math.round(perSecond ?? 0)}, 64 at once`);
}

/** Runs one of `looks/*.mjs` and returns what it prints. */
async function runLooks(name: string, args: readonly string[]): Promise<string> {
  const program = fileURLToPath(new URL(`looks/${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (piece) => (text += String(piece)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return text;
}
