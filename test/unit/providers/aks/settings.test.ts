import { describe, expect, test } from 'vitest';
import { aks, assertSubscription } from '../../../../providers/aks/index.ts';
import { armEndpoint } from '../../../../providers/aks/endpoint.ts';
import { UsageError } from '../../../../src/model/errors.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { otherSubscription, subscription } from './reading.ts';

describe('a subscription id', () => {
  test.each([subscription, '0000ABCD-0000-4000-8000-00000000000F'])('is %s', (text) => {
    expect(() => assertSubscription(text)).not.toThrow();
  });
  test.each(['', 'Production', subscription.slice(1), `${subscription}0`, `${subscription}/x`, ` ${subscription}`])(
    'is not %j',
    (text) => {
      expect(() => assertSubscription(text)).toThrow(UsageError);
      expect(() => assertSubscription(text)).toThrow(/^"[^\n]*" is not a subscription id; `az account list/);
    },
  );
});

describe('the endpoint of Azure Resource Manager', () => {
  test.each([
    [undefined, 'https://management.azure.com'],
    ['', 'https://management.azure.com'],
    ['https://management.usgovcloudapi.net', 'https://management.usgovcloudapi.net'],
    ['https://management.chinacloudapi.cn/', 'https://management.chinacloudapi.cn'],
    [' https://Localhost:8443/ ', 'https://localhost:8443'],
    ['https://gateway.example/arm/', 'https://gateway.example/arm'],
    ['https://gateway.example/arm', 'https://gateway.example/arm'],
  ])('set to %j is %s', (text, endpoint) => {
    expect(armEndpoint(text === undefined ? {} : { AZURE_RESOURCE_MANAGER_ENDPOINT: text })).toBe(endpoint);
  });
  test.each([
    'http://localhost:8080',
    'localhost',
    'ftp://a.example',
    'https://user:hunter2@a.example',
    'https://a.example/?x=1',
    'https://a.example/#x',
  ])('set to %s is refused by name', async (text) => {
    const env = { AZURE_RESOURCE_MANAGER_ENDPOINT: text };
    expect(() => armEndpoint(env)).toThrow(UsageError);
    await expect(aks.load(env)).rejects.toThrow(/^AZURE_RESOURCE_MANAGER_ENDPOINT must be an https address[^\n]*$/);
    await expect(aks.load(env)).rejects.not.toThrow('hunter2');
  });
});

const list = (id: string): unknown =>
  expect.stringContaining(`/subscriptions/${id}/providers/Microsoft.ContainerService`);

describe('the static facts', () => {
  test('name the calls, with subscriptions given and without', () => {
    const target = { provider: 'aks', locations: [] } as const;
    const again = 'GET <a cluster> (again before a contradiction is called)';
    expect(aks.meta.calls({ ...target, accounts: [subscription, otherSubscription] })).toEqual([
      list(subscription),
      list(otherSubscription),
      again,
    ]);
    expect(aks.meta.calls({ ...target, accounts: [] })).toEqual([
      expect.stringContaining('GET /subscriptions '),
      list('<each subscription that is listed>'),
      again,
    ]);
  });

  test('hold a log query that keeps to the one cluster and quotes what is foreign', () => {
    const cluster = { account: subscription, resourceGroup: 'rg-shop', name: 'a" or 1 == 1' } as Cluster;
    expect(aks.meta.logQuery(cluster, '0b7e')).toBe(
      `AKSAudit | where _ResourceId =~ "/subscriptions/${subscription}/resourcegroups/rg-shop/providers/` +
        'microsoft.containerservice/managedclusters/a\\" or 1 == 1" | where AuditId == "0b7e" | ' +
        'project TimeGenerated, Stage, Verb, RequestUri, ResponseStatus, SourceIps, User, UserAgent',
    );
  });

  test('ask for reads alone', () => {
    const { permissions } = aks.meta;
    expect(permissions.filter(({ deep }) => deep !== true).map(({ name }) => name)).toEqual([
      'Microsoft.ContainerService/managedClusters/read',
      'Microsoft.Resources/subscriptions/read',
    ]);
    expect(permissions.filter(({ deep }) => deep === true).map(({ name }) => name)).toEqual([
      'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read',
      'Microsoft.ContainerService/managedClusters/privateEndpointConnections/read',
    ]);
  });
});
