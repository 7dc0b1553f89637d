import { fileURLToPath } from 'node:url';
import { middle, printRatio } from '../measure.ts';
import { runProgram } from '../program.ts';

/** A server of loopback, and the PEM of what signed its certificate, which holds `*.bench.example`. */
export interface Served {
  readonly port: number;
  readonly ca: string;
}

/** Of one look: CPU milliseconds; and how many end in a second of the clock. */
export interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
}

export type Measure = () => Promise<Cost>;

const rounds = 3;

/** One of `looks/*.mjs`, run in a process of its own, so that the server's work is not counted. */
export function lookProgram(name: string): string {
  return fileURLToPath(new URL(`looks/${name}.mjs`, import.meta.url));
}

/** Our whole six-request look, the same six requests by Node's own https with an agent, and a bare handshake plus `GET /`. */
export function nodeLooks({ port, ca }: Served, atOnce: number): Record<'bare' | 'agent' | 'ours', Measure> {
  const measure = (name: string): Measure => {
    const args = [lookProgram(name), String(atOnce), String(port), ca];
    return async () => JSON.parse((await runProgram(process.execPath, args)).output) as Cost;
  };
  return { bare: measure('bare'), agent: measure('agent'), ours: measure('ours') };
}

/** Measures all in turn, so that they see the same machine, and returns the medians of each. */
export async function measureInTurn<Name extends string>(
  measures: Readonly<Record<Name, Measure>>,
): Promise<Readonly<Record<Name, Cost>>> {
  const names = Object.keys(measures) as Name[];
  const seen = names.map(() => [] as Cost[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, name] of names.entries()) seen[index]?.push(await measures[name]());
  }
  return Object.fromEntries(names.map((name, index) => [name, medianOf(seen[index] ?? [])])) as Record<Name, Cost>;
}

function medianOf(costs: readonly Cost[]): Cost {
  return {
    cpuMs: middle(costs.map(({ cpuMs }) => cpuMs)),
    perSecond: middle(costs.map(({ perSecond }) => perSecond)),
  };
}

/** The two ratios that have an aim, and the pace of all. */
export function printCosts(title: string, costs: Readonly<Record<'bare' | 'agent' | 'ours', Cost>>): void {
  printRatio(`${title}, CPU against Node's https and agent`, costs.ours.cpuMs, costs.agent.cpuMs, 'ms', 1);
  printRatio(`${title}, CPU against a bare look`, costs.ours.cpuMs, costs.bare.cpuMs, 'ms', 2.2);
  const paces = Object.entries(costs).map(([name, { perSecond }]) => `${name} ${Math.round(perSecond)}`);
  console.log(`${title}, endpoints a second: ${paces.join(', ')}`);
}
