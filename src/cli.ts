#!/usr/bin/env node
import { tool } from './model/tool.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// Both are answered before anything else is loaded: version checks run in loops of installers and images, and an older Node
// would fail somewhere inside, which must not pass for a verdict.
if (process.argv.length === 3 && process.argv[2] === '--version') process.stdout.write(`${tool.version}\n`);
else if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`kubeperimeter: exit 2: Node ${process.versions.node} is too old; use 22.12 or newer\n`);
  process.exitCode = 2;
} else process.exitCode = await (await import('./cli/main.ts')).main(process.argv);
