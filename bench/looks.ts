import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startApiServer } from '../test/emulators/apiserver.ts';
import { createAuthority } from '../test/emulators/certificates.ts';
import { middle, printRatio } from './measure.ts';

const rounds = 5;

/** Our whole six-request look against a bare handshake plus `GET /`, both from Node, on the same server. CPU per endpoint. */
export async function benchLooks(): Promise<void> {
  const authority = await createAuthority('kubernetes');
  const certificate = await authority.issue({ names: ['*.bench.example'] });
  const server = await startApiServer({ behaviour: 'anonymous-forbidden', certificate });
  const seen = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    seen.bare.push(await look('bare', server.port, authority.pem));
    seen.ours.push(await look('ours', server.port, authority.pem));
  }
  await server.close();
  printRatio('six-request look, CPU per endpoint', middle(seen.ours), middle(seen.bare), 'ms', 2.5);
}

/** Runs one of `looks/*.mjs` in a process of its own, so that the server's work is not counted; CPU per look in milliseconds. */
async function look(kind: 'ours' | 'bare', port: number, ca: string): Promise<number> {
  const program = fileURLToPath(new URL(`looks/${kind}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [program, String(port), ca], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (piece) => (text += String(piece)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return Number(text);
}
