import { setTimeout as sleep } from 'node:timers/promises';
import { startRelay } from '../../test/emulators/relay.ts';
import { lookProgram, type Served } from './cost.ts';
import { printRatio } from '../measure.ts';
import { runProgram } from '../program.ts';

interface InFlight {
  readonly heapKb: number;
  readonly peakMb: number;
}

/** Memory while so many looks wait at once for their first answer, against a bare client's. */
export async function benchInFlight(title: string, served: Served): Promise<void> {
  for (const count of [1, 100, 1_000]) {
    const ours = await hold('ours', count, served);
    const bare = await hold('bare', count, served);
    printRatio(`${title}, peak memory with ${count} in flight`, ours.peakMb, bare.peakMb, 'MiB', 1.3);
    if (count === 1_000) printRatio(`${title}, heap for each in flight`, ours.heapKb, 16, 'KiB', 1);
  }
}

/** With a relay before the server that holds what comes after the handshake, so that all wait for the same. */
async function hold(kind: 'ours' | 'bare', count: number, { port, ca }: Served): Promise<InFlight> {
  // The second piece that a client of TLS 1.3 sends ends the handshake.
  const relay = await startRelay(port, (_, index) => (index === 0 ? 'pass' : 'hold'));
  const allHeld = async (looks: number): Promise<void> => {
    while (relay.held() < looks) await sleep(20);
    // The request follows the end of the handshake in a piece of its own.
    await sleep(500);
  };
  const args = ['--expose-gc', lookProgram('in-flight'), kind, String(count), String(relay.port), ca];
  const { output } = await runProgram(process.execPath, args, async (input) => {
    await allHeld(1);
    input.write('\n');
    await allHeld(count + 1);
    input.write('\n');
  });
  await relay.close();
  return JSON.parse(output) as InFlight;
}
