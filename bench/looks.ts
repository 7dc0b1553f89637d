import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startApiServer } from '../test/emulators/apiserver.ts';
import { createAuthority } from '../test/emulators/certificates.ts';
import { middle, printRatio } from './measure.ts';

const rounds = 5;

/**
 * Our whole six-request look, on the same server, against the same six requests by Node's own https with an agent, and against a
 * bare handshake plus `GET /`. CPU per endpoint.
 */
export async function benchLooks(): Promise<void> {
  const authority = await createAuthority('kubernetes');
  const certificate = await authority.issue({ names: ['*.bench.example'] });
  const server = await startApiServer({ behaviour: 'anonymous-forbidden', certificate });
  const seen = { ours: [] as number[], agent: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) seen[kind].push(await look(kind, server.port, authority.pem));
  }
  await server.close();
  printRatio("six-request look, CPU against Node's https and agent", middle(seen.ours), middle(seen.agent), 'ms', 1);
  printRatio('six-request look, CPU against a bare look', middle(seen.ours), middle(seen.bare), 'ms', 2.2);
}

const kinds = ['bare', 'agent', 'ours'] as const;

/** Runs one of `looks/*.mjs` in a process of its own, so that the server's work is not counted; CPU per look in milliseconds. */
async function look(kind: (typeof kinds)[number], port: number, ca: string): Promise<number> {
  const program = fileURLToPath(new URL(`looks/${kind}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [program, String(port), ca], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (piece) => (text += String(piece)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return Number(text);
}
