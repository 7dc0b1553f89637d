import { afterEach, describe, expect, test } from 'vitest';
import type { ArmClient } from '../../../../providers/aks/client.ts';
import { deepReader } from '../../../../providers/aks/deep.ts';
import { aks } from '../../../../providers/aks/index.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { ProviderError } from '../../../../src/model/errors.ts';
import type { OtherPath, OtherPathKind } from '../../../../src/model/endpoint.ts';
import type { Provider } from '../../../../src/model/provider.ts';
import {
  aksCluster,
  armError,
  connection,
  roleBinding,
  startArm,
  type ArmEmulator,
  type ArmOptions,
} from '../../../emulators/arm.ts';
import { context, drain, isCluster, otherSubscription, providerAt, scopeOf, subscription } from './reading.ts';

type Beside = NonNullable<ArmOptions['subscriptions'][number]['beside']>[string];

const open: ArmEmulator[] = [];
afterEach(() => Promise.all(open.splice(0).map((emulator) => emulator.close())));

/** One private cluster `vault` and one public cluster `shop`, with the same beside them. */
async function start(beside: Beside, fault?: ArmOptions['fault'], pageSize = 100): Promise<ArmEmulator> {
  const properties = { apiServerAccessProfile: { enablePrivateCluster: true }, privateFQDN: 'vault.priv.example' };
  const clusters = [aksCluster({ name: 'vault', properties }), aksCluster({ name: 'shop' })];
  const emulator = await startArm({
    subscriptions: [{ id: subscription, clusters, beside: { vault: beside, shop: beside } }],
    pageSize,
    ...(fault && { fault }),
  });
  open.push(emulator);
  return emulator;
}

async function deepPathsOf(provider: Provider, name: string) {
  const { items } = await drain(provider.clusters(scopeOf(), context()));
  const cluster = items.filter(isCluster).find((each) => each.name === name);
  if (cluster === undefined) throw new Error(`${name} is not listed`);
  return provider.deepPaths?.(cluster, scopeOf()) ?? [];
}

async function read(arm: ArmEmulator, kind: OtherPathKind, signal?: AbortSignal): Promise<readonly OtherPath[]> {
  const paths = await deepPathsOf(providerAt(arm), 'vault');
  return paths.find((path) => path.kind === kind)?.read(context(signal)) ?? [];
}

const workspace = `/subscriptions/${otherSubscription.toUpperCase()}/resourceGroups/ml/providers/Example/workspaces/train`;

describe('trusted access', () => {
  const kind = 'aks-trusted-access';
  test('is open by each role binding, with the resource, its roles and its subscription', async () => {
    const arm = await start({
      roleBindings: [
        roleBinding('train', workspace, ['Example/workspaces/reader', 'Example/workspaces/writer']),
        roleBinding('odd', 'not an id', []),
      ],
    });
    expect(await read(arm, kind)).toEqual([
      {
        kind,
        state: 'open',
        reason: `the role binding train lets ${workspace} act in the cluster as Example/workspaces/reader, Example/workspaces/writer`,
        account: otherSubscription,
      },
      {
        kind,
        state: 'open',
        reason: 'the role binding odd lets not an id act in the cluster as a role that is not named',
      },
    ]);
  });
  test('is closed where there is none', async () => {
    expect(await read(await start({}), kind)).toMatchObject([{ state: 'closed' }]);
  });
  test('is read to the last page', async () => {
    const roleBindings = ['a', 'b', 'c'].map((name) => roleBinding(name, workspace, ['Example/workspaces/reader']));
    const arm = await start({ roleBindings }, undefined, 2);
    expect(await read(arm, kind)).toHaveLength(3);
    expect(arm.calls().beside).toBe(2);
  });
});

describe('a private endpoint connection', () => {
  const kind = 'aks-private-endpoint';
  test.each([
    ['Approved', 'open'],
    ['approved', 'open'],
    ['Pending', 'closed'],
    ['Rejected', 'closed'],
    ['Disconnected', 'closed'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('that is %s is %s', async (status, state) => {
    const arm = await start({ connections: [connection('partner', otherSubscription, status)] });
    expect(await read(arm, kind)).toMatchObject([{ kind, state, account: otherSubscription }]);
  });
  test('says whose it is', async () => {
    const nameless = { name: 'nameless', properties: { privateLinkServiceConnectionState: { status: 'Approved' } } };
    const connections = [connection('own', subscription), connection('partner', otherSubscription), nameless];
    const paths = await read(await start({ connections }), kind);
    expect(paths.map(({ account }) => account)).toEqual([subscription, otherSubscription, undefined]);
    expect(paths.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^the connection own to .*, of its own subscription, is Approved$/),
      expect.stringMatching(/^the connection partner to .*, of another subscription, is Approved$/),
      'the connection nameless to an endpoint that is not named, of an unknown subscription, is Approved',
    ]);
  });
  test('is closed where there is none', async () => {
    expect(await read(await start({}), kind)).toMatchObject([{ state: 'closed' }]);
  });
  test('is not asked for where the cluster is public', async () => {
    const arm = await start({});
    expect((await deepPathsOf(providerAt(arm), 'shop')).map((path) => path.kind)).toEqual(['aks-trusted-access']);
  });
});

const isBeside = (url: string): boolean => /trustedAccessRoleBindings|privateEndpointConnections/.test(url);

describe('what cannot be read is thrown', () => {
  const refused = armError(403, 'AuthorizationFailed', "The client 'someone@example.com' has no authorization.");
  test.each<[OtherPathKind, string]>([
    ['aks-trusted-access', 'trustedAccessRoleBindings'],
    ['aks-private-endpoint', 'privateEndpointConnections'],
  ])('%s: a refusal, by the permission that it needs', async (kind, list) => {
    const arm = await start({}, ({ url }) => (isBeside(url) ? refused : undefined));
    const failure = await read(arm, kind).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(`need Microsoft.ContainerService/managedClusters/${list}/read`) as string,
    });
    expect(String(failure)).not.toContain('someone');
  });
  test.each<[OtherPathKind, object]>([
    ['aks-trusted-access', {}],
    ['aks-trusted-access', { value: [{ name: 'a binding without properties' }] }],
    ['aks-private-endpoint', {}],
    ['aks-private-endpoint', { value: 'none' }],
  ])('%s: an answer without a list, %j', async (kind, body) => {
    const arm = await start({}, ({ url }) => (isBeside(url) ? { body } : undefined));
    await expect(read(arm, kind)).rejects.toMatchObject({ code: 'malformed' });
  });
  test('the end of the run', async () => {
    await expect(read(await start({}), 'aks-trusted-access', AbortSignal.abort())).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});

test('one call of a subscription is under way at a time', async () => {
  let underWay = 0;
  let most = 0;
  const connections = async () => {
    most = Math.max(most, (underWay += 1));
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return [];
  };
  const deepPaths = deepReader({ connections } as unknown as ArmClient);
  const endpoints = [{ role: 'private' }];
  const readAll = async (accounts: readonly string[]): Promise<number> => {
    most = 0;
    const paths = accounts.flatMap((account) => deepPaths({ account, name: 'vault', endpoints } as unknown as Cluster));
    const asked = paths.filter(({ kind }) => kind === 'aks-private-endpoint');
    await Promise.all(asked.map((path) => path.read(context())));
    return most;
  };
  expect(await readAll([subscription, subscription, subscription])).toBe(1);
  expect(await readAll([subscription, otherSubscription])).toBe(2);
});

test.each([
  [true, /trustedAccessRoleBindings.*\n.*privateEndpointConnections/],
  [false, /^(?![^]*(?:trustedAccess|privateEndpoint))/],
])('deep %s: a dry run names these calls only when they are asked for', (deep, calls) => {
  const target = { provider: 'aks', accounts: [subscription], locations: [], deep } as const;
  expect(aks.meta.calls(target).join('\n')).toMatch(calls);
});
