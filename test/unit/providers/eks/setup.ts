import { afterEach, vi } from 'vitest';
import type { Timing } from '../../../../providers/eks/attempt.ts';
import { createEks } from '../../../../providers/eks/client.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import type { ScanIssue } from '../../../../src/model/issue.ts';
import type { CallContext, Provider, ScanTarget, Scope } from '../../../../src/model/provider.ts';
import { startEks, type EksEmulator, type EksOptions } from '../../../emulators/eks.ts';

export const account = '111122223333';
export const context: CallContext = { signal: new AbortController().signal };

const quick: Timing = { retryDelay: () => 1, attempt: 2000, call: 8000 };

export interface Setup {
  readonly emulator: EksEmulator;
  readonly provider: Provider;
}

const open: EksEmulator[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((emulator) => emulator.close()));
});

/** Hides what the machine itself has of AWS, and sets what a test wants to be found. */
export function stubAws(env: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  const nowhere = { AWS_CONFIG_FILE: '/nonexistent/config', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials' };
  for (const [name, value] of Object.entries({ ...nowhere, AWS_EC2_METADATA_DISABLED: 'true', ...env })) {
    vi.stubEnv(name, value);
  }
}

/** An emulator, and the provider that finds it through the environment as a user's would. */
export async function setUp(
  options: EksOptions,
  env: Readonly<Record<string, string>> = {},
  timing: Partial<Timing> = {},
): Promise<Setup> {
  const emulator = await startEks(options);
  open.push(emulator);
  stubAws({ ...emulator.env(), ...env });
  return { emulator, provider: createEks(process.env, { ...quick, ...timing }) };
}

export function target(locations: readonly string[] = [], accounts: readonly string[] = []): ScanTarget {
  return { provider: 'eks', accounts, locations };
}

export function scope(location: string): Scope {
  return { provider: 'eks', location };
}

/** A scope's clusters by name, and its issues. */
export async function read(
  provider: Provider,
  where: Scope,
): Promise<{ clusters: ReadonlyMap<string, Cluster>; issues: ScanIssue[] }> {
  const items = await gather(provider.clusters(where, context));
  const clusters = items.filter((item) => 'id' in item);
  return {
    clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
    issues: items.filter((item): item is ScanIssue => !('id' in item)),
  };
}

export async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
