import { startApiServer, type Behaviour } from '../test/emulators/apiserver.ts';
import { createAuthority } from '../test/emulators/certificates.ts';
import { createRun, measureInTurn, nodeLooks, type Run } from './look-cpu.ts';
import { printRatio } from './measure.ts';

/** What the probe costs: CPU, memory in flight, and whether anything stays. */
export async function benchLooks(): Promise<void> {
  await withServer('anonymous-forbidden', benchCpu);
  await withServer('mute', benchInFlight);
  await withServer('anonymous-forbidden', benchLeak);
}

async function withServer(behaviour: Behaviour, use: (run: Run) => Promise<void>): Promise<void> {
  const authority = await createAuthority('kubernetes');
  const certificate = await authority.issue({ names: ['*.bench.example'] });
  const server = await startApiServer({ behaviour, certificate });
  await use(createRun(server.port, authority.pem));
  await server.close();
}

async function benchCpu(run: Run): Promise<void> {
  const { ours, agent, bare } = await measureInTurn(nodeLooks(run, '16'));
  printRatio("six-request look, CPU against Node's https and agent", ours, agent, 'ms', 1);
  printRatio('six-request look, CPU against a bare look', ours, bare, 'ms', 2.2);
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
