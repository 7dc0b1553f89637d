import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { isNothingFound, rememberToken } from '../../../../providers/aks/credential.ts';
import { createProvider } from '../../../../providers/aks/provider.ts';
import type { Provider } from '../../../../src/model/provider.ts';
import { startArm } from '../../../emulators/arm.ts';
import type { ArmEmulator } from '../../../emulators/arm.ts';
import { context, drain, patience, scopeOf, subscription } from './reading.ts';

type GetToken = TokenCredential['getToken'];

let folder: string;
let emulator: ArmEmulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeperimeter-aks-'));
  emulator = await startArm({ subscriptions: [{ id: subscription }] });
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

function at(minutes: number): number {
  return Date.now() + minutes * 60_000;
}

function named(name: string, message: string, errors: Error[] = []): Error {
  return Object.assign(new Error(message), { name, errors });
}

function providerWith(getToken: GetToken): Provider {
  return createProvider({ endpoint: emulator.url, credential: { getToken }, ca: emulator.caPem, ...patience }, {});
}

describe('a credential', () => {
  test.each([
    [
      'a refused client secret',
      named('AuthenticationError', 'AADSTS7000215: Invalid\nsecret hunter2'),
      'unauthenticated',
    ],
    [
      'a refused one within a chain',
      named('AggregateAuthenticationError', 'x', [
        named('CredentialUnavailableError', 'EnvironmentCredential is unavailable.'),
        named('AuthenticationRequiredError', 'AADSTS50173: expired hunter2'),
      ]),
      'unauthenticated',
    ],
    [
      'an Azure CLI whose own words come through',
      named('AggregateAuthenticationError', 'x', [named('CredentialUnavailableError', 'AADSTS70043: hunter2')]),
      'unauthenticated',
    ],
    [
      'a sign-in service that is not reached',
      named('AggregateAuthenticationError', 'x', [
        named('CredentialUnavailableError', 'endpoints_resolution_error: hunter2'),
      ]),
      'unreachable',
    ],
  ])('with %s is an error without its words', async (_, error, code) => {
    const failure = await providerWith(async () => {
      throw error;
    })
      .available(context())
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ name: 'ProviderError', code });
    expect((failure as Error).message).toMatch(/^Azure: [^\n]+$/);
    expect((failure as Error).message).not.toContain('hunter2');
  });

  test('that gives no token is nothing found', async () => {
    const provider = providerWith(async () => null);
    await expect(provider.available(context())).resolves.toBe(false);
  });

  test('without a folder of the Azure CLI was never used', async () => {
    const error = named('CredentialUnavailableError', "Please run 'az login' from a command prompt.");
    await expect(isNothingFound(error, { AZURE_CONFIG_DIR: join(folder, 'none') })).resolves.toBe(true);
    await writeFile(join(folder, 'azureProfile.json'), '{}');
    await expect(isNothingFound(error, { AZURE_CONFIG_DIR: folder })).resolves.toBe(true);
    vi.stubEnv('HOME', join(folder, 'none'));
    await expect(isNothingFound(error, {})).resolves.toBe(true);
  });

  test('is asked for the scope of the endpoint, not for that of the public cloud', async () => {
    const getToken = vi.fn<GetToken>(async () => ({
      token: 'emulated-token',
      expiresOnTimestamp: at(60),
    }));
    const provider = providerWith(getToken);
    await provider.available(context());
    await drain(provider.scopes({ provider: 'aks', accounts: [], locations: [] }, context()));
    await drain(provider.clusters(scopeOf(), context()));
    const scope = `${emulator.url}/.default`;
    expect(getToken.mock.calls.map(([asked]) => [asked].flat())).toEqual([[scope], [scope], [scope]]);
  });

  test.each([
    ['is asked once while its token holds', 60, 1],
    ['is asked again shortly before its token expires', 4, 2],
  ])('%s', async (_, minutes, times) => {
    const getToken = vi.fn<GetToken>(async () => ({ token: 't', expiresOnTimestamp: at(minutes) }));
    const remembered = rememberToken({ getToken });
    await Promise.all([remembered.getToken('s'), remembered.getToken('s')]);
    await remembered.getToken('s');
    expect(getToken).toHaveBeenCalledTimes(times);
  });

  test('is asked anew where the service wants more of the token', async () => {
    const getToken = vi.fn<GetToken>(async () => ({ token: 't', expiresOnTimestamp: at(60) }));
    const remembered = rememberToken({ getToken });
    await remembered.getToken('s');
    await remembered.getToken('s', { claims: '{}' });
    expect(getToken).toHaveBeenCalledTimes(2);
  });
});
