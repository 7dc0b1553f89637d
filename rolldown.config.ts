import { defineConfig } from 'rolldown';
import manifest from './package.json' with { type: 'json' };

/**
 * The program as users run it. Node takes a third of a millisecond for every file that it loads, so what several commands need is one
 * file; what one command or one cloud needs alone stays apart, and packages stay packages.
 */
export default defineConfig({
  input: { cli: 'src/cli.ts', index: 'src/index.ts', 'probe/index': 'src/probe/index.ts' },
  external: Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(?:/|$)`)),
  platform: 'node',
  transform: { target: 'node22.12' },
  output: {
    dir: 'dist/src',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
    sourcemapExcludeSources: true,
    codeSplitting: {
      groups: [
        // All that `--version` loads.
        { name: 'tool', test: /\/src\/model\/tool\.ts$/, priority: 1 },
        { name: 'shared', test: /\/(?:reports|providers\/lib|src\/(?!probe\/)\w+)\//, minShareCount: 2 },
      ],
    },
  },
});
