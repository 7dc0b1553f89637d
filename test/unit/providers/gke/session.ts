import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, vi } from 'vitest';

import { createProvider } from '../../../../providers/gke/provider.ts';
import { defaultTuning, type Tuning } from '../../../../providers/gke/transport.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import type { ScanIssue } from '../../../../src/model/issue.ts';
import type { Provider, Scope } from '../../../../src/model/provider.ts';
import { startGke, writeServiceAccountKey, type GkeEmulator, type GkeOptions } from '../../../emulators/gke.ts';

export const context = { signal: new AbortController().signal };

export const everyProject = { provider: 'gke', accounts: [], locations: [] } as const;

/** Waits are not slept. */
export const quick: Tuning = { ...defaultTuning, sleep: () => Promise.resolve(), random: () => 1 };

export interface Start {
  readonly tuning?: Partial<Tuning>;
  /** A key that names no project, so that projects are listed. */
  readonly keyWithoutProject?: boolean;
}

/** Gives each test of a file a key file, no other credentials, and emulators that are closed again. */
export function useGke(): {
  readonly folder: () => string;
  /** A provider that is signed in with the key of `example-project` and talks to a new emulator. */
  start(options: GkeOptions, how?: Start): Promise<{ provider: Provider; gke: GkeEmulator }>;
} {
  let folder = '';
  const open: GkeEmulator[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gke-'));
    const key = JSON.parse(await readFile(await writeServiceAccountKey(folder), 'utf8')) as object;
    await writeFile(join(folder, 'no-project.json'), JSON.stringify({ ...key, project_id: undefined }));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(open.splice(0).map((gke) => gke.close()));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    folder: () => folder,
    start: async (options, { tuning = {}, keyWithoutProject = false } = {}) => {
      stubCredentials(join(folder, keyWithoutProject ? 'no-project.json' : 'example-project.json'));
      const gke = await startGke(options);
      open.push(gke);
      return { provider: createProvider(gke.environment, { ...quick, ...tuning }), gke };
    },
  };
}

/** The auth library reads its variables from the process alone; no other credentials of this machine may be found. */
export function stubCredentials(path: string): void {
  const nothing = {
    GOOGLE_CLOUD_PROJECT: '',
    GCLOUD_PROJECT: '',
    HOME: '/nonexistent',
    CLOUDSDK_CONFIG: '',
    APPDATA: '',
  };
  const network = { HTTPS_PROXY: '', HTTP_PROXY: '', https_proxy: '', http_proxy: '' };
  for (const [name, value] of Object.entries({ ...nothing, ...network, GOOGLE_APPLICATION_CREDENTIALS: path })) {
    vi.stubEnv(name, value);
  }
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export function scopeOf(project: string): Scope {
  return { provider: 'gke', account: project, location: '*' };
}

export function isCluster(item: Cluster | ScanIssue): item is Cluster {
  return 'endpoints' in item;
}
