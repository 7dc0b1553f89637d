import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoClusters } from './demo/clusters.ts';
import { startDemo } from './demo/start.ts';

// The real scan, as any user would run it, against emulated clouds and API servers on this machine.
const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const estate = await startDemo();

console.log(`${demoClusters.length} made-up clusters, and what each is there to show:\n`);
for (const { cloud, name, shows } of demoClusters) console.log(`  ${cloud.slice(0, 3)}  ${name.padEnd(17)} ${shows}`);
console.log('  eks  (me-south-1)      a region that refuses us: a gap in coverage, never "no clusters"\n');

// Evidence is kept for the moment between the two commands: the second one renders it as text.
const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-demo-'));
const evidence = join(folder, 'evidence.json');
const outputs = ['--format', 'html', '--output', 'report.html', '--format', 'json', '--output', 'report.json'];
const gate = ['--fail-on', 'none', '--allow-partial'];
const code = await run(['scan', ...estate.args, ...gate, '--save-evidence', evidence, ...outputs]);
if (code === 0) await run(['report', evidence, ...gate]);
await estate.close();
rmSync(folder, { recursive: true });
process.exitCode = code;

function run(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...estate.env }, stdio: 'inherit' });
  return new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
}
