import { describe, expect, test } from 'vitest';
import type { ManagedCluster } from '@azure/arm-containerservice';
import { mapCluster } from '../../../../providers/aks/map.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { scriptedProvider, silence, startCollecting } from '../../../fixtures/providers.ts';
import { isCluster, subscription } from './reading.ts';

const group = `/subscriptions/${subscription}/resourceGroups/RG-Shop`;
const type = 'Microsoft.ContainerService/ManagedClusters';
const fqdn = 'Shop-a1b2c3d4.hcp.westeurope.azmk8s.example';
const privateFqdn = 'shop-a1b2c3d4.privatelink.westeurope.azmk8s.example';

/** As the SDK hands an entry over: `properties` flattened, its own casing, and no check of any type. */
function item(fields: object = {}): ManagedCluster {
  const id = `${group}/providers/Microsoft.ContainerService/managedClusters/shop`;
  return { id, name: 'shop', type, location: 'westeurope', fqdn, ...fields };
}

function clusterOf(fields: object): Cluster {
  const [cluster] = mapCluster(item(fields), subscription).filter(isCluster);
  if (!cluster) throw new Error('no cluster came of it');
  return cluster;
}

describe('a cluster', () => {
  test('of all defaults is public, open and known by its names', () => {
    expect(mapCluster(item({ provisioningState: 'Succeeded', kubernetesVersion: '1.34' }), subscription)).toEqual([
      {
        id: `aks:${subscription}/westeurope/rg-shop/shop`,
        provider: 'aks',
        account: subscription,
        location: 'westeurope',
        resourceGroup: 'rg-shop',
        name: 'shop',
        version: '1.34',
        auditLog: 'unknown',
        state: 'running',
        endpoints: [
          {
            role: 'public',
            host: fqdn,
            port: 443,
            access: { kind: 'open', ranges: [], reason: 'no authorized ranges are set' },
            trust: { kind: 'none', reason: expect.stringContaining('does not give the certificate authority') },
          },
        ],
        otherPaths: [{ kind: 'aks-run-command', state: 'open', reason: expect.any(String) }],
        anonymous: { documented: 'disabled', reason: expect.stringContaining('CIS') },
        aliases: [
          `/subscriptions/${subscription}/resourcegroups/rg-shop/providers/microsoft.containerservice/managedclusters/shop`,
        ],
      },
    ]);
  });

  test.each([
    ['currentKubernetesVersion first', { currentKubernetesVersion: '1.34.4', kubernetesVersion: '1.34' }, '1.34.4'],
    ['else kubernetesVersion', { currentKubernetesVersion: '', kubernetesVersion: '1.34' }, '1.34'],
    ['else none', { kubernetesVersion: null }, undefined],
  ])('takes as version %s', (_, fields, version) => {
    expect(clusterOf(fields).version).toBe(version);
    expect('version' in clusterOf(fields)).toBe(version !== undefined);
  });

  test('in a location in its display form has the same id', () => {
    expect(clusterOf({ location: 'West Europe' }).id).toBe(`aks:${subscription}/westeurope/rg-shop/shop`);
  });

  test('with an endless name, version and location is cut', () => {
    const endless = 'x'.repeat(10_000);
    const id = `${group}/providers/Microsoft.ContainerService/managedClusters/${endless}`;
    const cluster = clusterOf({ id, location: endless, kubernetesVersion: endless });
    expect([cluster.name.length, cluster.location?.length, cluster.version?.length]).toEqual([63, 64, 64]);
  });
});

describe('states', () => {
  test.each([
    ['Succeeded', 'Running', 'running'],
    ['Canceled', 'Running', 'running'],
    ['Creating', 'Running', 'creating'],
    ['Deleting', 'Running', 'deleting'],
    ['Failed', 'Running', 'failed'],
    ['Updating', 'Running', 'updating'],
    ['Upgrading', 'Running', 'updating'],
    ['Starting', 'Running', 'updating'],
    ['Stopping', 'Running', 'updating'],
    ['RotatingClusterCertificates', 'Running', 'updating'],
    ['succeeded', 'running', 'running'],
    ['Succeeded', 'Stopped', 'stopped'],
    ['Failed', 'Stopped', 'stopped'],
    ['Deleting', 'stopped', 'stopped'],
    ['Succeeded', undefined, 'running'],
    [undefined, 'Running', 'unknown'],
    [null, null, 'unknown'],
    ['', 'Running', 'unknown'],
  ])('provisioning %s and power %s is %s', (provisioningState, code, state) => {
    expect(clusterOf({ provisioningState, powerState: { code } }).state).toBe(state);
  });

  test('no power state at all leaves the provisioning state', () => {
    expect(clusterOf({ provisioningState: 'Succeeded', powerState: null }).state).toBe('running');
  });

  test('a stopped cluster keeps what its settings say', () => {
    const [endpoint] = clusterOf({ powerState: { code: 'Stopped' } }).endpoints;
    expect(endpoint?.access.kind).toBe('open');
  });
});

describe('endpoints', () => {
  test('of a private cluster: a public one, closed and without a host, and the private one', () => {
    const { endpoints } = clusterOf({
      fqdn: null,
      privateFqdn,
      apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFqdn: false },
    });
    expect(endpoints).toEqual([
      {
        role: 'public',
        port: 443,
        access: { kind: 'closed', reason: 'the API server is private' },
        trust: expect.any(Object),
      },
      {
        role: 'private',
        host: privateFqdn,
        port: 443,
        access: { kind: 'closed', reason: expect.any(String) },
        trust: expect.any(Object),
        notes: ['whatever reaches its virtual network reaches it, authorized ranges do not apply'],
      },
    ]);
  });

  test('of a private cluster with a public name: that name stays, to be looked at', () => {
    const [endpoint] = clusterOf({
      privateFqdn,
      apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFqdn: true },
    }).endpoints;
    expect(endpoint).toMatchObject({ host: fqdn, access: { kind: 'closed' } });
    expect(endpoint?.notes).toEqual(['its public name is documented to resolve to the private address']);
  });

  const integrated: unknown = expect.stringContaining('VNet integration');
  const inside = [expect.stringContaining('virtual network'), integrated];

  test.each([
    ['public', { enableVnetIntegration: true }, [[integrated], inside]],
    [
      'public with a service tag alone',
      { enableVnetIntegration: true, authorizedIPRanges: ['AzureCloud'] },
      [[integrated, expect.stringContaining('not enforced before')], inside],
    ],
    [
      'public with a service tag and a range',
      { enableVnetIntegration: true, authorizedIPRanges: ['AzureCloud', '203.0.113.0/24'] },
      [[integrated], inside],
    ],
    [
      'private',
      { enableVnetIntegration: true, enablePrivateCluster: true },
      [[expect.stringContaining('public name'), integrated], inside],
    ],
  ])('of a cluster with VNet integration, %s, say so', (_, apiServerAccessProfile, notes) => {
    expect(clusterOf({ apiServerAccessProfile }).endpoints.map((endpoint) => endpoint.notes)).toEqual(notes);
  });

  test.each([
    ['with a name of its own', { privateFqdn }, privateFqdn],
    ['without one', { privateFqdn: null }, undefined],
  ])('of a public cluster with VNet integration: one inside its network too, %s', (_, names, host) => {
    const { endpoints } = clusterOf({ ...names, apiServerAccessProfile: { enableVnetIntegration: true } });
    expect(endpoints.map(({ role, access }) => [role, access.kind])).toEqual([
      ['public', 'open'],
      ['private', 'closed'],
    ]);
    expect(endpoints.map((endpoint) => endpoint.host)).toEqual([fqdn, host]);
    expect('host' in (endpoints[1] ?? {})).toBe(host !== undefined);
  });

  test.each([false, null, undefined, 'true'])('VNet integration %j gives none', (enableVnetIntegration) => {
    const { endpoints } = clusterOf({ privateFqdn, apiServerAccessProfile: { enableVnetIntegration } });
    expect(endpoints.map(({ role }) => role)).toEqual(['public']);
  });

  test('of a private cluster without a private DNS zone: two roles of one host, which is looked at once', async () => {
    const cluster = clusterOf({
      privateFqdn: fqdn,
      apiServerAccessProfile: { enablePrivateCluster: true, privateDNSZone: 'none' },
    });
    expect(cluster.endpoints.map(({ role, host }) => [role, host])).toEqual([
      ['public', fqdn],
      ['private', fqdn],
    ]);
    for (const kind of ['outside', 'inside'] as const) {
      const providers = [scriptedProvider({ id: 'aks', clusters: () => [cluster] })];
      const { evidence, looks } = startCollecting({ providers, vantage: { kind }, answers: () => silence() });
      await evidence;
      expect(looks.map(({ target }) => [target.role, target.host])).toEqual([['public', fqdn]]);
    }
  });

  test('a service tag alone without VNet integration needs no note', () => {
    const [endpoint] = clusterOf({ apiServerAccessProfile: { authorizedIPRanges: ['AzureCloud'] } }).endpoints;
    expect(endpoint).not.toHaveProperty('notes');
  });

  test.each(['', null, undefined, 5])('a host of %j is none', (host) => {
    expect(mapCluster(item({ fqdn: host }), subscription)).toHaveLength(1);
    expect(clusterOf({ fqdn: host }).endpoints[0]).not.toHaveProperty('host');
  });

  test('a host that is none is dropped, said, and changes nothing of the access', () => {
    const [cluster, ...issues] = mapCluster(
      item({ fqdn: 'evil.example/path?', privateFqdn: 'also wrong', apiServerAccessProfile: null }),
      subscription,
    );
    expect(cluster).toMatchObject({ endpoints: [{ role: 'public', access: { kind: 'open' } }] });
    expect((cluster as Cluster).endpoints[0]).not.toHaveProperty('host');
    const clusterId = `aks:${subscription}/westeurope/rg-shop/shop`;
    expect(issues).toEqual([
      expect.objectContaining({ code: 'malformed', clusterId, message: expect.stringContaining('evil.example/path?') }),
      expect.objectContaining({ code: 'malformed', clusterId, message: expect.stringContaining('also wrong') }),
    ]);
  });
});

test.each([
  ['no profile', undefined, 'open'],
  ['a null profile', null, 'open'],
  ['nothing said', {}, 'open'],
  ['null', { disableRunCommand: null }, 'open'],
  ['false', { disableRunCommand: false }, 'open'],
  ['a text', { disableRunCommand: 'true' }, 'open'],
  ['true', { disableRunCommand: true }, 'closed'],
  ['false on a private cluster', { disableRunCommand: false, enablePrivateCluster: true }, 'open'],
])('run command with %s is %s', (_, apiServerAccessProfile, state) => {
  expect(clusterOf({ apiServerAccessProfile }).otherPaths).toMatchObject([{ kind: 'aks-run-command', state }]);
});

describe('types', () => {
  test.each([undefined, null, '', type, 'microsoft.containerservice/managedclusters'])('%j is a cluster', (given) => {
    expect(clusterOf({ type: given }).name).toBe('shop');
  });

  test('another one is an issue, and no cluster', () => {
    const other = 'Microsoft.ContainerService/OpenShiftManagedClusters';
    expect(mapCluster(item({ type: other }), subscription)).toEqual([
      {
        code: 'unsupported',
        message: `Azure: shop is listed among the clusters, but its type is ${other}`,
        provider: 'aks',
        account: subscription,
        location: '*',
      },
    ]);
  });

  test('another one without a name is an issue too', () => {
    expect(mapCluster(item({ type: 'Other/things', name: null }), subscription)).toMatchObject([
      { code: 'unsupported', message: expect.stringContaining('an object is listed') },
    ]);
  });
});

test.each([
  ['no id', { id: undefined }, 'westeurope'],
  ['an id of something else', { id: `${group}/providers/Microsoft.Compute/disks/shop` }, 'westeurope'],
  [
    'an id with more behind',
    { id: `${group}/providers/Microsoft.ContainerService/managedClusters/shop/x` },
    'westeurope',
  ],
  ['no location', { location: undefined }, 'unknown'],
  ['a location that is no text', { location: {} }, 'unknown'],
])('an entry with %s makes its own place partial', (_, fields, location) => {
  expect(mapCluster(item(fields), subscription)).toEqual([
    expect.objectContaining({ code: 'malformed', provider: 'aks', account: subscription, location }),
  ]);
});
