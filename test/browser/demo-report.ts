import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo } from '../demo/start.ts';
import { emptyFolder, kubeperimeter } from '../e2e/cli.ts';

/** The HTML report of the demo, as the built program writes it. */
export async function demoReport(): Promise<string> {
  const folder = emptyFolder();
  const estate = await startDemo();
  const args = [
    'scan',
    ...estate.args,
    '--format',
    'html',
    '--output',
    'report.html',
    '--fail-on',
    'none',
    '--allow-partial',
  ];
  const { code, stderr } = await kubeperimeter(args, { env: estate.env, cwd: folder });
  await estate.close();
  if (code !== 0) throw new Error(`the demo's scan ended with ${code}: ${stderr}`);
  return readFileSync(join(folder, 'report.html'), 'utf8');
}
