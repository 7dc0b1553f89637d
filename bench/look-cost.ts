import { fileURLToPath } from 'node:url';
import { middle } from './measure.ts';
import { runProgram } from './program.ts';

/** Runs one of `looks/*.mjs` against a server and returns what it prints. */
export type Run = (program: string, ...args: string[]) => Promise<string>;

/** In processes of their own, so that the server's work is not counted. */
export function createRun(port: number, ca: string): Run {
  return async (name, ...args) => {
    const program = fileURLToPath(new URL(`looks/${name}.mjs`, import.meta.url));
    const { output } = await runProgram(process.execPath, ['--expose-gc', program, ...args, String(port), ca]);
    return output;
  };
}

const rounds = 3;

/** CPU milliseconds of one look. */
export type Measure = () => Promise<number>;

/** Our whole six-request look, the same six requests by Node's own https with an agent, and a bare handshake plus `GET /`. */
export function nodeLooks(run: Run, ...args: string[]): Record<'bare' | 'agent' | 'ours', Measure> {
  const measure = (name: string) => async () => Number(await run(name, ...args));
  return { bare: measure('bare'), agent: measure('agent'), ours: measure('ours') };
}

/** Measures all in turn, so that they see the same machine, and returns the median of each. */
export async function measureInTurn<Name extends string>(
  measures: Readonly<Record<Name, Measure>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(measures) as Name[];
  const seen = names.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, name] of names.entries()) seen[index]?.push(await measures[name]());
  }
  return Object.fromEntries(names.map((name, index) => [name, middle(seen[index] ?? [])])) as Record<Name, number>;
}
