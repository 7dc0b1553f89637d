import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cliPath = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The program that runs it, where not this Node. */
  readonly node?: string;
  /** Called as soon as the process runs, to send it signals. */
  readonly started?: (child: ChildProcess) => void;
}

/** No credentials of the machine, no metadata server, a home without settings. */
const bare = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  METADATA_SERVER_DETECTION: 'none',
  AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
};

/** Runs the built command line as a user does, in an environment that holds nothing but what the test gives. */
export function kubeperimeter(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(options.node ?? process.execPath, [cliPath, ...args], options);
}

/** Runs any program in such an environment. */
export function run(program: string, args: readonly string[], options: Omit<RunOptions, 'node'> = {}): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? emptyFolder(),
    env: { ...bare, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (piece) => (texts[name] += String(piece)));
  options.started?.(child);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, ...texts })));
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kubeperimeter-e2e-'));
}
