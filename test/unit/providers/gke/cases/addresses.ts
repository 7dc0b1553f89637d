import { expect } from 'vitest';

import { closedPaths, dnsName, googleCloud, listed, office, ranges, type Case } from './words.ts';

/** Which addresses there are, by both field families. */
export const addresses: readonly Case[] = [
  [
    'a private address on a public cluster does not make it private',
    { publicAddress: '203.0.113.7', privateAddress: '10.1.2.3' },
    {
      public: { host: '203.0.113.7', port: 443, access: { kind: 'open' } },
      private: { host: '10.1.2.3', port: 443, access: { kind: 'closed' } },
    },
  ],
  [
    'private only',
    { publicAddress: null, privateAddress: '10.1.2.3' },
    { public: { access: { kind: 'closed' } }, private: { host: '10.1.2.3' } },
  ],
  [
    'private only, by the old fields',
    { publicAddress: null, privateAddress: '10.1.2.3', families: 'old' },
    { public: { access: { kind: 'closed' } }, private: { host: '10.1.2.3' } },
  ],
  [
    'private only, with a list that then counts for the private address alone',
    { publicAddress: null, ...listed({ enabled: true, gcpPublicCidrsAccessEnabled: true }) },
    { public: { access: { kind: 'closed' } }, otherPaths: [] },
  ],
  [
    'private only, and only the plain endpoint holds the address',
    {
      families: 'old',
      extra: { endpoint: '10.1.2.3', privateClusterConfig: { enablePrivateEndpoint: true } },
    },
    { public: { access: { kind: 'closed' } }, private: { host: '10.1.2.3' } },
  ],
  [
    'private nodes are not a private control plane',
    { families: 'old', extra: { privateClusterConfig: { enablePrivateNodes: true } } },
    { public: { host: '203.0.113.10', access: { kind: 'open' } }, private: 'none' },
  ],
  [
    'an old cluster with one plain address',
    { families: 'old', extra: { privateClusterConfig: undefined } },
    { public: { host: '203.0.113.10', access: { kind: 'open' } }, private: 'none' },
  ],
  [
    'an Autopilot cluster by the new fields alone',
    { families: 'new', extra: { autopilot: { enabled: true } } },
    { public: { host: '203.0.113.10', access: { kind: 'open' } }, private: { host: '10.0.0.2' } },
  ],
  [
    'access by address off, with IAM in front of the DNS endpoint',
    {
      byAddress: false,
      dns: { endpoint: dnsName, allowExternalTraffic: true, enableK8sTokensViaDns: false, enableK8sCertsViaDns: false },
    },
    {
      public: { access: { kind: 'closed', reason: 'access by address is switched off' } },
      private: 'none',
      dns: { host: dnsName, port: 443, access: { kind: 'open' }, trust: { kind: 'public-roots' } },
      otherPaths: closedPaths,
    },
  ],
  [
    'a list beside access by address that is off',
    { byAddress: false, ...listed(office) },
    { public: { access: { kind: 'closed' } }, otherPaths: [] },
  ],
  [
    'a cluster that is being created, without an address',
    { status: 'PROVISIONING', families: 'old', extra: { endpoint: '', privateClusterConfig: undefined } },
    { public: { access: { kind: 'open' } }, private: 'none', cluster: { state: 'creating' } },
  ],
  [
    'families that disagree about the public address: the new one counts',
    { extra: { privateClusterConfig: { enablePrivateEndpoint: true, privateEndpoint: '10.0.0.2' } } },
    {
      public: {
        access: { kind: 'open' },
        notes: [
          'the older setting enablePrivateEndpoint says that the public address is off, enablePublicEndpoint says that it is on and counts',
        ],
      },
    },
  ],
  [
    'the same the other way round',
    {
      publicAddress: null,
      extra: { privateClusterConfig: { publicEndpoint: '203.0.113.10', privateEndpoint: '10.0.0.2' } },
    },
    {
      public: { access: { kind: 'closed' }, notes: [expect.stringContaining('is on, enablePublicEndpoint') as string] },
    },
  ],
  [
    'families that disagree about the list: the new one counts',
    {
      ...listed(office),
      extra: { masterAuthorizedNetworksConfig: { enabled: true, cidrBlocks: ranges('0.0.0.0/0') } },
    },
    {
      public: {
        access: { kind: 'allow-list', ranges: ['198.51.100.0/24'] },
        notes: [expect.stringContaining('masterAuthorizedNetworksConfig lists other networks') as string],
      },
    },
  ],
  [
    'a list in the old family alone',
    {
      families: 'both',
      extra: { masterAuthorizedNetworksConfig: { ...office, gcpPublicCidrsAccessEnabled: false } },
    },
    { public: { access: { kind: 'allow-list', ranges: ['198.51.100.0/24'] } }, otherPaths: [googleCloud('closed')] },
  ],
  [
    'a private endpoint for every region, with the list in force',
    {
      ...listed({ ...office, privateEndpointEnforcementEnabled: true }),
      families: 'old',
      extra: {
        privateClusterConfig: { privateEndpoint: '10.0.0.2', masterGlobalAccessConfig: { enabled: true } },
      },
    },
    {
      private: {
        notes: [
          'global access is on: every region of its network may connect',
          'the authorized networks hold for it too',
        ],
      },
    },
  ],
  [
    'a private endpoint for its region, with a list that does not hold for it',
    {
      ...listed({ ...office, privateEndpointEnforcementEnabled: false }),
      families: 'old',
      extra: { privateClusterConfig: { privateEndpoint: '10.0.0.2', masterGlobalAccessConfig: {} } },
    },
    {
      private: {
        notes: ['global access is off: only its own region may connect', 'the authorized networks do not hold for it'],
      },
    },
  ],
];
