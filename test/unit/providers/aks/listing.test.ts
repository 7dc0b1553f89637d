import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { ProviderError } from '../../../../src/model/errors.ts';
import { aksCluster, startArm } from '../../../emulators/arm.ts';
import type { ArmEmulator, ArmOptions } from '../../../emulators/arm.ts';
import { startServer } from '../../../emulators/server.ts';
import { createAuthority } from '../../../emulators/certificates.ts';
import { context, drain, isCluster, otherSubscription, providerAt, scopeOf, subscription } from './reading.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function arm(options: ArmOptions): Promise<ArmEmulator> {
  const emulator = await startArm(options);
  open.push(emulator);
  return emulator;
}

const some = (count: number, of = subscription) =>
  Array.from({ length: count }, (_, index) => aksCluster({ name: `shop-${index}`, subscription: of }));

async function foreignServer() {
  const authority = await createAuthority('Foreign');
  const server = await startServer(
    () => ({ body: { value: some(1) } }),
    await authority.issue({ names: ['localhost'] }),
  );
  open.push(server);
  return server;
}

describe('clusters', () => {
  test('come in the wire shape of a whole answer', async () => {
    const text = await readFile(new URL('../../../fixtures/aks/managed-clusters.json', import.meta.url), 'utf8');
    const emulator = await arm({ subscriptions: [{ id: subscription, clusters: JSON.parse(text) as object[] }] });
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(error).toBeUndefined();
    expect(items).toMatchObject([
      {
        id: `aks:${subscription}/westeurope/rg-office/office`,
        state: 'running',
        version: '1.34.4',
        endpoints: [
          {
            role: 'public',
            host: 'Office-0a1b2c3d.hcp.westeurope.azmk8s.example',
            access: { kind: 'allow-list', ranges: ['203.0.113.0/24', '198.51.100.7'], admits: [] },
          },
        ],
        otherPaths: [{ kind: 'aks-run-command', state: 'closed' }],
      },
      {
        id: `aks:${subscription}/northeurope/rg-vault/vault`,
        endpoints: [
          { role: 'public', host: 'vault-0a1b2c3d.hcp.northeurope.azmk8s.example', access: { kind: 'closed' } },
          {
            role: 'private',
            host: 'vault-0a1b2c3e.5f000000-0000-4000-8000-000000000005.privatelink.northeurope.azmk8s.example',
            access: { kind: 'closed' },
          },
        ],
        otherPaths: [{ kind: 'aks-run-command', state: 'open' }],
      },
      {
        id: `aks:${subscription}/swedencentral/rg-auto/auto`,
        endpoints: [
          {
            role: 'public',
            access: { kind: 'allow-list', ranges: [], admits: ['azure-service-tag:AzureCloud'] },
            notes: [expect.stringContaining('VNet integration'), expect.stringContaining('not enforced before')],
          },
          { role: 'private', access: { kind: 'closed' } },
        ],
      },
      { id: `aks:${subscription}/westus2/rg-night/night`, state: 'stopped', endpoints: [{ access: { kind: 'open' } }] },
      { code: 'unsupported', location: '*', account: subscription },
    ]);
  });

  test('cost one call a page', async () => {
    const emulator = await arm({ subscriptions: [{ id: subscription, clusters: some(250) }] });
    const { items } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items.filter(isCluster)).toHaveLength(250);
    expect(emulator.calls()).toEqual({ subscriptions: 0, clusters: 3, cluster: 0, beside: 0 });
  });

  test('that a moving list repeats come once', async () => {
    const [twice = {}, once = {}] = some(2);
    const emulator = await arm({ subscriptions: [{ id: subscription, clusters: [twice, once, twice] }], pageSize: 2 });
    const { items } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items.filter(isCluster).map(({ name }) => name)).toEqual(['shop-0', 'shop-1']);
  });

  test('that cannot be read are told, and cost the others nothing', async () => {
    const clusters = [
      aksCluster({ name: 'first' }),
      aksCluster({ name: 'nameless', top: { id: null } }),
      aksCluster({ name: 'odd', properties: { fqdn: 7, provisioningState: {}, powerState: 'x' } }),
      aksCluster({ name: 'last' }),
    ];
    const emulator = await arm({ subscriptions: [{ id: subscription, clusters }] });
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(error).toBeUndefined();
    expect(items).toMatchObject([
      { name: 'first' },
      { code: 'malformed', location: 'westeurope' },
      { name: 'odd', state: 'unknown' },
      { name: 'last' },
    ]);
  });

  test('of an empty subscription are none', async () => {
    const emulator = await arm({ subscriptions: [{ id: subscription }] });
    expect(await drain(providerAt(emulator).clusters(scopeOf(), context()))).toEqual({ items: [] });
  });

  test('of a scope without a subscription cannot be asked for', async () => {
    const provider = providerAt({ url: 'https://localhost:1', caPem: '' });
    const { error } = await drain(provider.clusters({ provider: 'aks', location: '*' }, context()));
    expect(error).toMatchObject({ name: 'ProviderError', code: 'malformed' });
  });
});

describe('subscriptions', () => {
  const states = ['Enabled', 'Disabled', 'Deleted', 'Warned', 'PastDue', 'Newborn'];

  test('that are named are scopes, once each and without a call', async () => {
    const emulator = await arm({ subscriptions: [] });
    const target = {
      provider: 'aks',
      accounts: ['00000000-0000-4000-8000-00000000ABCD', subscription, subscription],
      locations: [],
    } as const;
    const { items } = await drain(providerAt(emulator).scopes(target, context()));
    expect(items).toEqual([scopeOf('00000000-0000-4000-8000-00000000abcd'), scopeOf()]);
    expect(emulator.requests).toEqual([]);
  });

  test('that are listed are scopes, but for those that are switched off', async () => {
    const id = (state: string) => `00000000-0000-4000-8000-00000000000${states.indexOf(state)}`;
    const emulator = await arm({ subscriptions: states.map((state) => ({ id: id(state), state })), pageSize: 4 });
    const provider = providerAt(emulator);
    const { items } = await drain(provider.scopes({ provider: 'aks', accounts: [], locations: [] }, context()));
    expect(items).toEqual(['Enabled', 'Warned', 'PastDue', 'Newborn'].map((state) => scopeOf(id(state))));
    expect(emulator.calls().subscriptions).toBe(2);
    await expect(provider.account(scopeOf(), context())).resolves.toBe(subscription);
  });

  test('that are listed twice are one scope', async () => {
    const emulator = await arm({ subscriptions: [{ id: subscription }, { id: subscription.toUpperCase() }] });
    const { items } = await drain(
      providerAt(emulator).scopes({ provider: 'aks', accounts: [], locations: [] }, context()),
    );
    expect(items).toEqual([scopeOf()]);
  });

  test.each([
    ['none at all', { subscriptions: [] }, 'forbidden'],
    ['one without an id', { subscriptions: [{ id: '' }] }, 'malformed'],
  ])('with %s are an issue', async (_, options, code) => {
    const emulator = await arm(options);
    const { items } = await drain(
      providerAt(emulator).scopes({ provider: 'aks', accounts: [], locations: [] }, context()),
    );
    expect(items).toEqual([{ code, message: expect.stringMatching(/^Azure: /), provider: 'aks', location: '*' }]);
  });
});

describe('page links', () => {
  test('to another host get no request, and leave what was seen', async () => {
    const foreign = await foreignServer();
    const emulator = await arm({
      subscriptions: [{ id: subscription, clusters: some(4) }],
      pageSize: 2,
      nextLink: (path) => path.replace(emulator.url, foreign.url),
    });
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items.filter(isCluster)).toHaveLength(2);
    expect(error).toMatchObject({ name: 'ProviderError', code: 'malformed' });
    expect((error as Error).message).toBe(
      `Azure: a page link leads to another host (localhost:${foreign.port}) and was not followed`,
    );
    expect(foreign.requests).toEqual([]);
  });

  test('to another host in the list of subscriptions get no request either', async () => {
    const foreign = await foreignServer();
    const emulator = await arm({
      subscriptions: [{ id: subscription }, { id: otherSubscription }],
      pageSize: 1,
      nextLink: () => `${foreign.url}/subscriptions?api-version=2022-12-01`,
    });
    const { items } = await drain(
      providerAt(emulator).scopes({ provider: 'aks', accounts: [], locations: [] }, context()),
    );
    expect(items).toMatchObject([scopeOf(), { code: 'malformed', provider: 'aks' }]);
    expect(foreign.requests).toEqual([]);
  });

  test.each([
    ['a user name that looks like the host', (url: string) => `${url}@localhost:9`],
    ['plain http', (url: string) => url.replace('https:', 'http:')],
    ['an address that is none', (url: string) => `${url}localhost:9`],
  ])('with %s are not followed', async (_, change) => {
    const emulator = await arm({
      subscriptions: [{ id: subscription, clusters: some(2) }],
      pageSize: 1,
      nextLink: () => `${change(emulator.url)}/x?api-version=1`,
    });
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items).toHaveLength(1);
    expect(error).toMatchObject({ code: 'malformed' });
    expect(emulator.requests).toHaveLength(1);
  });

  test('that lead back end the list', async () => {
    const emulator = await arm({
      subscriptions: [{ id: subscription, clusters: some(4) }],
      pageSize: 2,
      nextLink: (path) => `${path}?api-version=2026-06-01`,
    });
    const { items, error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(items).toHaveLength(2);
    expect(error).toMatchObject({ code: 'malformed', message: 'Azure: the pages of the list never end' });
    expect(emulator.requests).toHaveLength(2);
  });

  test('that redirect to another host take the token nowhere', async () => {
    const foreign = await foreignServer();
    const emulator = await arm({
      subscriptions: [{ id: subscription, clusters: some(2) }],
      fault: ({ url }) => ({ status: 302, headers: { location: `${foreign.url}${url}` } }),
    });
    const { error } = await drain(providerAt(emulator).clusters(scopeOf(), context()));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: 'unsupported' });
    expect(foreign.requests).toEqual([]);
  });
});

describe('reading one cluster again', () => {
  test('costs one call and gives what holds now', async () => {
    const before = aksCluster({ name: 'shop' });
    const now = aksCluster({
      name: 'shop',
      properties: { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] } },
    });
    const clusters = [before];
    const emulator = await arm({ subscriptions: [{ id: subscription, clusters }] });
    const provider = providerAt(emulator);
    const [cluster] = (await drain(provider.clusters(scopeOf(), context()))).items.filter(isCluster);
    clusters[0] = now;
    const again = await provider.reread(cluster!, context());
    expect(again.id).toBe(cluster?.id);
    expect(again.endpoints[0]?.access).toMatchObject({ kind: 'allow-list', ranges: ['203.0.113.0/24'] });
    expect(emulator.calls()).toEqual({ subscriptions: 0, clusters: 1, cluster: 1, beside: 0 });
  });

  test.each([
    ['is gone', () => undefined, 'forbidden'],
    ['is no longer one', () => aksCluster({ name: 'shop', top: { type: 'Other/things' } }), 'malformed'],
  ])('fails where it %s', async (_, now, code) => {
    const clusters = [aksCluster({ name: 'shop' })];
    const emulator = await arm({ subscriptions: [{ id: subscription, clusters }] });
    const provider = providerAt(emulator);
    const [cluster] = (await drain(provider.clusters(scopeOf(), context()))).items.filter(isCluster);
    clusters.splice(0, 1, ...[now() ?? []].flat());
    await expect(provider.reread(cluster!, context())).rejects.toMatchObject({ name: 'ProviderError', code });
  });
});
