import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component } from './process.ts';

/** What a component reads and writes. An etcd leaves 60 MB behind, so it goes when the component stops. */
export interface Folder {
  readonly path: string;
  /** Writes a file and gives its path. */
  readonly put: (name: string, text: string) => string;
  readonly removeAfter: (component: Component) => Component;
}

export function createFolder(name: string): Folder {
  const path = mkdtempSync(join(tmpdir(), `kubeperimeter-${name}-`));
  return {
    path,
    put: (file, text) => {
      writeFileSync(join(path, file), text);
      return join(path, file);
    },
    removeAfter: (component) => ({
      stop: async () => {
        await component.stop();
        rmSync(path, { recursive: true, force: true });
      },
    }),
  };
}
