import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

export interface Printed {
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end and returns what it printed; `talk` may write to it meanwhile. Raises an error where it failed. */
export async function runProgram(
  program: string,
  args: readonly string[],
  talk?: (input: Writable) => void,
): Promise<Printed> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (piece) => (output += String(piece)));
  child.stderr.on('data', (piece) => (errors += String(piece)));
  if (talk === undefined) child.stdin.end();
  else talk(child.stdin);
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${errors}`);
  return { output, errors };
}
