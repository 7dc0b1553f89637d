import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one process used: CPU of user and system, milliseconds; largest resident memory, MiB. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

export interface Command {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly okCodes?: readonly number[];
}

/** The program as users run it: built. */
export const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));

const preload = fileURLToPath(new URL('usage.mjs', import.meta.url));

/** Runs `node <args>` once, in a folder of its own, and returns what it used. */
export async function measure({ args, env = {}, okCodes = [0] }: Command): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-bench-'));
  const usageFile = join(folder, 'usage.json');
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: folder,
    env: { ...process.env, ...env, BENCH_USAGE: usageFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (piece) => (errors += String(piece)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (!okCodes.includes(Number(code))) throw new Error(`node ${args.join(' ')} ended with ${String(code)}: ${errors}`);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Usage;
  rmSync(folder, { recursive: true });
  return usage;
}

/** Runs two commands in turn, so that both see the same machine, and returns the median of each. */
export async function compare(
  ours: Command,
  baseline: Command,
  rounds: number,
): Promise<{ ours: Usage; baseline: Usage }> {
  const seen = { ours: [] as Usage[], baseline: [] as Usage[] };
  for (let round = 0; round < rounds; round++) {
    seen.baseline.push(await measure(baseline));
    seen.ours.push(await measure(ours));
  }
  return { ours: medianOf(seen.ours), baseline: medianOf(seen.baseline) };
}

function medianOf(usages: readonly Usage[]): Usage {
  return { cpuMs: middle(usages.map(({ cpuMs }) => cpuMs)), peakMb: middle(usages.map(({ peakMb }) => peakMb)) };
}

/** The median. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** One line of the benchmark: a ratio against the baseline of the same run, and whether the aim is met where there is one. */
export function printRatio(title: string, ours: number, baseline: number, unit: string, aim?: number): void {
  const ratio = ours / baseline;
  const verdict = aim === undefined ? 'no aim' : `aim ${aim}, ${ratio <= aim ? 'met' : 'missed'}`;
  const numbers = `${ours.toFixed(1)} ${unit} against ${baseline.toFixed(1)} ${unit}`;
  console.log(`${title}: ratio ${ratio.toFixed(2)} (${verdict}) — ${numbers}`);
}
