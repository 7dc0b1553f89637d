import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from '../../test/integration/components/folder.ts';
import { cached } from '../../test/integration/components/process.ts';
import type { Cost } from './cost.ts';
import { paths } from './looks/paths.ts';
import { runProgram } from '../program.ts';

/** Where the install script puts it, in the cache. */
export const vegeta = 'vegeta-12.13.0/vegeta';

export interface Attack {
  readonly port: number;
  /** PEM. */
  readonly ca: string;
  /** Names that each get the six requests. */
  readonly looks: number;
  readonly atOnce: number;
}

/**
 * What vegeta takes for six requests, its start included. As in a look, each name has one connection of its own and its
 * certificate is checked; unlike in one, nothing is read out of certificate and answers, and no answer decides what is asked next.
 */
export async function attack(options: Attack): Promise<Cost> {
  const folder = createFolder('vegeta');
  const results = join(folder.path, 'results');
  const flags = attackFlags(options, folder.put('ca.pem', options.ca), folder.put('targets', listTargets(options)));
  const { cpu, clock } = await timeProgram([cached(vegeta), 'attack', ...flags, '-output', results]);
  const { output } = await runProgram(cached(vegeta), ['report', '-type', 'json', results]);
  rmSync(folder.path, { recursive: true });
  expectAnswers(output, options.looks);
  return { cpuMs: (cpu * 1000) / options.looks, perSecond: options.looks / clock };
}

/** Seconds: CPU of user and system, by the kernel's own count of the child, which Node does not tell and bash does; and the clock's. */
async function timeProgram(command: readonly string[]): Promise<{ readonly cpu: number; readonly clock: number }> {
  const script = 'LC_ALL=C TIMEFORMAT="%U %S %R"; time "$@"';
  const { errors } = await runProgram('bash', ['-c', script, 'bash', ...command]);
  const [user = NaN, system = NaN, clock = NaN] = errors.trim().split(' ').map(Number);
  if (Number.isNaN(user + system + clock)) throw new Error(`no times, but ${errors}`);
  return { cpu: user + system, clock };
}

function hostOf(index: number): string {
  return `c${index}.bench.example:443`;
}

/** Path by path over as many names as there are workers, so that these do not queue for one name's connection. */
function listTargets({ looks, atOnce }: Attack): string {
  const lines: string[] = [];
  for (let first = 0; first < looks; first += atOnce) {
    const hosts = Array.from({ length: Math.min(atOnce, looks - first) }, (_, index) => hostOf(first + index));
    lines.push(...paths.flatMap((path) => hosts.map((host) => `GET https://${host}${path}\n`)));
  }
  return lines.join('\n');
}

function attackFlags({ port, looks, atOnce }: Attack, ca: string, targets: string): readonly string[] {
  const asALook = ['-http2=false', '-max-connections', '1', '-header', 'Accept: application/json'];
  // As fast as answers come, until the list ends: only a lazily read one does.
  const bounded = ['-lazy', '-rate', '0', '-workers', `${atOnce}`, '-max-workers', `${atOnce}`, '-duration', '60s'];
  // So that no name is ever resolved.
  const loopback = Array.from({ length: looks }, (_, index) => ['-connect-to', `${hostOf(index)}:127.0.0.1:${port}`]);
  return ['-root-certs', ca, '-targets', targets, ...asALook, ...bounded, ...loopback.flat()];
}

/** Each worker adds one result without a status once the list is over. */
function expectAnswers(report: string, looks: number): void {
  const { status_codes: seen } = JSON.parse(report) as { status_codes: Readonly<Record<string, number>> };
  if (seen['200'] !== looks || seen['403'] !== looks * (paths.length - 1)) {
    throw new Error(`vegeta got other answers than a look: ${JSON.stringify(seen)}`);
  }
}
