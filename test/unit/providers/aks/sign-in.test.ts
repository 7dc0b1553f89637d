import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { defaultCredential } from '../../../../providers/aks/credential.ts';
import { aks } from '../../../../providers/aks/index.ts';
import { createProvider } from '../../../../providers/aks/provider.ts';
import { UsageError } from '../../../../src/model/errors.ts';
import type { ProviderError } from '../../../../src/model/errors.ts';
import { aksCluster, startArm, writeAzureCli } from '../../../emulators/arm.ts';
import type { ArmEmulator } from '../../../emulators/arm.ts';
import { context, drain, otherSubscription, patience, scopeOf, subscription } from './reading.ts';

let folder: string;
let emulator: ArmEmulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeperimeter-aks-'));
  const clusters = [aksCluster({ name: 'shop' })];
  emulator = await startArm({
    subscriptions: [
      { id: subscription, clusters },
      { id: otherSubscription, clusters: [] },
    ],
  });
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

type CliState = Parameters<typeof writeAzureCli>[1];

/** The default chain of the real identity library reads the process's own environment. */
async function cli(name: string, options?: CliState, more: Record<string, string> = {}) {
  const env = { ...(await writeAzureCli(join(folder, name), options)), ...more };
  for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value);
  const settings = { endpoint: emulator.url, credential: defaultCredential(), ...patience, ca: emulator.caPem };
  return { env, provider: createProvider(settings, env) };
}

describe('the default chain with the Azure CLI', () => {
  test('signed in reads clusters, and starts the program once for all subscriptions', async () => {
    const { env, provider } = await cli('signed-in');
    await expect(provider.available(context())).resolves.toBe(true);
    const { items } = await drain(provider.clusters(scopeOf(), context()));
    expect(items).toMatchObject([{ name: 'shop' }]);
    await drain(provider.clusters(scopeOf(otherSubscription), context()));
    const calls = await readFile(join(env['AZURE_CONFIG_DIR'] ?? '', 'calls'), 'utf8');
    expect(calls).toBe(`account get-access-token --output json --resource ${emulator.url}\n`);
  });

  test('expired is refused, in one line that names the cloud and the fix', async () => {
    const { provider } = await cli('expired', { state: 'expired' });
    const failure = await provider.available(context()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ProviderError', code: 'unauthenticated' });
    expect((failure as Error).message).toMatch(/^Azure: the sign-in has expired or was refused; run `az login`[^\n]*$/);
    const { error } = await drain(provider.clusters(scopeOf(), context()));
    expect(error).toMatchObject({ code: 'unauthenticated' });
  });

  test('never signed in is nothing found', async () => {
    const { provider } = await cli('never', { state: 'never' });
    await expect(provider.available(context())).resolves.toBe(false);
  });

  test('not installed is nothing found, whoever signed in here once', async () => {
    const { provider } = await cli('uninstalled');
    vi.stubEnv('PATH', join(folder, 'nowhere'));
    await expect(provider.available(context())).resolves.toBe(false);
  });

  test.each([
    ['expired', 'unauthenticated'],
    ['never', undefined],
  ] as const)("among all of a developer's credentials, %s, is told all the same", async (state, code) => {
    const { env, provider } = await cli(`dev-${state}`, { state }, { AZURE_TOKEN_CREDENTIALS: 'dev' });
    vi.stubEnv('PATH', join(env['AZURE_CONFIG_DIR'] ?? '', 'bin'));
    const outcome = await provider.available(context()).catch((error: ProviderError) => error.code);
    expect(outcome).toBe(code ?? false);
  });

  test('interrupted ends at once', async () => {
    const { provider } = await cli('slow');
    await writeFile(join(folder, 'slow', 'bin', 'az'), '#!/bin/sh\nexec sleep 3\n', { mode: 0o755 });
    await expect(provider.available(context(AbortSignal.timeout(50)))).rejects.toMatchObject({ code: 'timeout' });
    await expect(provider.available(context(AbortSignal.abort()))).rejects.toMatchObject({ code: 'timeout' });
  });
});

test('an environment without credentials is nothing found', async () => {
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
  const provider = await aks.load({});
  await expect(provider.available(context())).resolves.toBe(false);
});

test('a credential that does not exist is refused by name', async () => {
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'hunter2');
  await expect(aks.load({})).rejects.toThrow(UsageError);
  await expect(aks.load({})).rejects.toThrow(/^AZURE_TOKEN_CREDENTIALS must be [^\n]*$/);
  await expect(aks.load({})).rejects.not.toThrow('hunter2');
});

test('a process of its own takes the emulator by the environment alone', async () => {
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, emulator.caPem);
  const program = `
    const { aks } = await import(${JSON.stringify(new URL('../../../../providers/aks/index.ts', import.meta.url).href)});
    const provider = await aks.load(process.env);
    const context = { signal: new AbortController().signal };
    const ids = [];
    for await (const scope of provider.scopes({ provider: 'aks', accounts: [], locations: [] }, context))
      for await (const cluster of provider.clusters(scope, context)) ids.push(cluster.id);
    console.log(JSON.stringify({ available: await provider.available(context), ids }));`;
  const env = {
    ...(await writeAzureCli(join(folder, 'process'))),
    AZURE_RESOURCE_MANAGER_ENDPOINT: `${emulator.url}/`,
    NODE_EXTRA_CA_CERTS: ca,
  };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env,
  });
  expect(JSON.parse(stdout)).toEqual({ available: true, ids: [`aks:${subscription}/westeurope/rg-shop/shop`] });
  expect(stderr).toBe('');
});
