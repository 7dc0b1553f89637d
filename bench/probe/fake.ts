import { startApiServer } from '../../test/emulators/apiserver.ts';
import { createAuthority } from '../../test/emulators/certificates.ts';
import { benchInFlight } from './in-flight.ts';
import { lookProgram, measureInTurn, nodeLooks, printCosts, type Served } from './cost.ts';
import { printRatio } from '../measure.ts';
import { runProgram } from '../program.ts';

const title = 'six-request look';

/** What the probe costs: CPU, memory in flight, and whether anything stays. */
export async function benchLooks(): Promise<void> {
  const authority = await createAuthority('kubernetes');
  const certificate = await authority.issue({ names: ['*.bench.example'] });
  const server = await startApiServer({ behaviour: 'anonymous-forbidden', certificate });
  const served = { port: server.port, ca: authority.pem };
  printCosts(title, await measureInTurn(nodeLooks(served, 16)));
  await benchInFlight(title, served);
  await benchLeak(served);
  await server.close();
}

async function benchLeak({ port, ca }: Served): Promise<void> {
  const { output } = await runProgram(process.execPath, ['--expose-gc', lookProgram('leak'), String(port), ca]);
  const { before, after } = JSON.parse(output) as { before: number; after: number };
  printRatio('heap after 10,000 endpoints', after, before, 'MiB', 1.1);
}
