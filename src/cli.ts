#!/usr/bin/env node
import { tool } from './model/tool.ts';

// Answered before anything else is loaded: version checks run in loops of installers and images.
if (process.argv.length === 3 && process.argv[2] === '--version') process.stdout.write(`${tool.version}\n`);
else process.exitCode = await (await import('./cli/main.ts')).main(process.argv);
