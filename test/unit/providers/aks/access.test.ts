import { describe, expect, test } from 'vitest';
import type { ManagedCluster } from '@azure/arm-containerservice';
import { publicAccess } from '../../../../providers/aks/access.ts';
import { isServiceTag } from '../../../../providers/aks/service-tags.ts';

const outbound = "0.0.0.0/32 stands for the cluster's own outbound address, which is not shown";

/** Fields as the SDK hands them over; nulls and foreign types come through unchecked. */
function clusterWith(fields: object): ManagedCluster {
  return { location: 'westeurope', ...fields };
}

function ranges(...authorizedIPRanges: unknown[]): object {
  return { apiServerAccessProfile: { authorizedIPRanges } };
}

describe('access of the public endpoint', () => {
  test.each([
    ['no profile', {}, { kind: 'open', ranges: [] }],
    ['a null profile', { apiServerAccessProfile: null }, { kind: 'open', ranges: [] }],
    ['a profile without fields', { apiServerAccessProfile: {} }, { kind: 'open', ranges: [] }],
    ['null ranges', { apiServerAccessProfile: { authorizedIPRanges: null } }, { kind: 'open', ranges: [] }],
    ['an empty list', ranges(), { kind: 'open', ranges: [] }],
    ['public network access null', { publicNetworkAccess: null }, { kind: 'open', ranges: [] }],
    ['public network access enabled', { publicNetworkAccess: 'enabled' }, { kind: 'open', ranges: [] }],
    ['all of IPv4', ranges('0.0.0.0/0'), { kind: 'open', ranges: ['0.0.0.0/0'] }],
    ['two halves', ranges('0.0.0.0/1', '128.0.0.0/1'), { kind: 'open', ranges: ['0.0.0.0/1', '128.0.0.0/1'] }],
    ['a tag beside all of IPv4', ranges('AzureCloud', '0.0.0.0/0'), { kind: 'open', ranges: ['0.0.0.0/0'] }],
    [
      'ranges and a bare address',
      ranges('203.0.113.0/24', '198.51.100.7'),
      { kind: 'allow-list', ranges: ['203.0.113.0/24', '198.51.100.7'], admits: [] },
    ],
    [
      'the sentinel',
      ranges('0.0.0.0/32'),
      { kind: 'allow-list', ranges: ['0.0.0.0/32'], admits: [], reason: outbound },
    ],
    [
      'the sentinel beside a range',
      ranges('203.0.113.0/24', '0.0.0.0/32'),
      { kind: 'allow-list', ranges: ['203.0.113.0/24', '0.0.0.0/32'], admits: [], reason: outbound },
    ],
    [
      'one service tag',
      ranges('AzureCloud'),
      { kind: 'allow-list', ranges: [], admits: ['azure-service-tag:AzureCloud'] },
    ],
    [
      'a service tag of a region and an address',
      ranges('AzureCloud.WestEurope', '198.51.100.7/32'),
      { kind: 'allow-list', ranges: ['198.51.100.7/32'], admits: ['azure-service-tag:AzureCloud.WestEurope'] },
    ],
    ['a word that is no tag', ranges('office'), { kind: 'unknown', ranges: ['office'] }],
    ['a tag that means everybody', ranges('Internet'), { kind: 'unknown', ranges: ['Internet'] }],
    ['an entry that is no text', ranges(7), { kind: 'unknown', ranges: ['(not a text)'] }],
    ['private', { apiServerAccessProfile: { enablePrivateCluster: true } }, { kind: 'closed' }],
    [
      'private, with ranges that then do not apply',
      { apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: ['0.0.0.0/0'] } },
      { kind: 'closed' },
    ],
    [
      'private, with public network access enabled',
      { apiServerAccessProfile: { enablePrivateCluster: true }, publicNetworkAccess: 'Enabled' },
      { kind: 'closed' },
    ],
    ['public network access disabled', { publicNetworkAccess: 'Disabled' }, { kind: 'unknown', ranges: [] }],
    [
      'public network access secured by perimeter, with ranges',
      { ...ranges('203.0.113.0/24'), publicNetworkAccess: 'SecuredByPerimeter' },
      {
        kind: 'unknown',
        ranges: ['203.0.113.0/24'],
        reason: 'publicNetworkAccess has the unknown value SecuredByPerimeter',
      },
    ],
    ['public network access a number', { publicNetworkAccess: 1 }, { kind: 'unknown', ranges: [] }],
    [
      'a private flag that is a text',
      { apiServerAccessProfile: { enablePrivateCluster: 'true' } },
      { kind: 'unknown', ranges: [] },
    ],
  ])('%s', (_, fields, expected) => {
    expect(publicAccess(clusterWith(fields))).toMatchObject(expected);
  });

  test('cuts what the list holds', () => {
    const access = publicAccess(clusterWith(ranges('x'.repeat(10_000))));
    expect(access).toMatchObject({ kind: 'unknown', ranges: [`${'x'.repeat(63)}…`] });
  });
});

describe('service tags', () => {
  test.each(['AzureCloud', 'azurecloud', ' AzureCloud ', 'AzureCloud.centralfrance', 'AzureFrontDoor.Backend', 'Sql'])(
    '%s is one',
    (entry) => expect(isServiceTag(entry)).toBe(true),
  );
  test.each(['', '.', 'AzureCloud.', 'AzureCloud.West.Europe', 'AzureCloud.West Europe', 'Internet', '203.0.113.7'])(
    '%j is none',
    (entry) => expect(isServiceTag(entry)).toBe(false),
  );
});
