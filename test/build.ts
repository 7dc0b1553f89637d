import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** The command line is tested as users run it: built. Building takes half a second. */
export default function build(): void {
  const compiler = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
