import { closedPaths, dnsName, type Case } from './words.ts';

/** The DNS endpoint, its credentials, and the fleet. */
export const otherWays: readonly Case[] = [
  ['no DNS endpoint', {}, { dns: 'none', otherPaths: [] }],
  [
    'a name that refuses external traffic',
    { dns: { endpoint: dnsName, allowExternalTraffic: false, enableK8sTokensViaDns: true } },
    { dns: { host: dnsName, access: { kind: 'closed' } }, otherPaths: closedPaths },
  ],
  [
    'a name whose external traffic is unset',
    { dns: { endpoint: dnsName } },
    { dns: { access: { kind: 'closed' } }, otherPaths: closedPaths },
  ],
  [
    'external traffic with Kubernetes tokens',
    { dns: { endpoint: dnsName, allowExternalTraffic: true, enableK8sTokensViaDns: true } },
    {
      dns: { access: { kind: 'open' }, credentialsBeyondIam: true },
      otherPaths: [
        { kind: 'gke-dns-tokens', state: 'open' },
        { kind: 'gke-dns-certificates', state: 'unknown' },
      ],
    },
  ],
  [
    'external traffic with client certificates',
    {
      dns: { endpoint: dnsName, allowExternalTraffic: true, enableK8sTokensViaDns: false, enableK8sCertsViaDns: true },
    },
    {
      dns: { access: { kind: 'open' }, credentialsBeyondIam: true },
      otherPaths: [
        { kind: 'gke-dns-tokens', state: 'closed' },
        { kind: 'gke-dns-certificates', state: 'open' },
      ],
    },
  ],
  [
    'a member of a fleet',
    { extra: { fleet: { membership: 'projects/1/locations/global/memberships/prod' } } },
    { otherPaths: [{ kind: 'gke-connect-gateway', state: 'unknown' }] },
  ],
  ['a fleet that it has not joined', { extra: { fleet: { project: 'other-project' } } }, { otherPaths: [] }],
];

/** States and the rest of the facts. */
export const facts: readonly Case[] = [
  ...(
    [
      ['PROVISIONING', 'creating'],
      ['RUNNING', 'running'],
      ['RECONCILING', 'updating'],
      ['STOPPING', 'deleting'],
      ['ERROR', 'failed'],
      ['DEGRADED', 'running'],
      ['STATUS_UNSPECIFIED', 'unknown'],
      ['A_NEW_STATUS', 'unknown'],
      [2, 'running'],
      [99, 'unknown'],
    ] as const
  ).map(([status, state]) => [`status ${status}`, { status }, { cluster: { state } }] as const),
  ['no status', { extra: { status: undefined } }, { cluster: { state: 'unknown' } }],
  ['anonymous limited', { anonymous: 'LIMITED' }, { cluster: { anonymous: { documented: 'health-only' } } }],
  ['anonymous enabled', { anonymous: 'ENABLED' }, { cluster: { anonymous: { documented: 'public-info' } } }],
  ['anonymous not said', {}, { cluster: { anonymous: { documented: 'unknown' } } }],
  [
    'anonymous by a mode of the future',
    { extra: { anonymousAuthenticationConfig: { mode: 7 } } },
    { cluster: { anonymous: { documented: 'unknown' } } },
  ],
  [
    'bindings allowed',
    { extra: { rbacBindingConfig: { enableInsecureBindingSystemUnauthenticated: true } } },
    { cluster: { unauthenticatedBindings: 'allowed' } },
  ],
  [
    'bindings blocked',
    { extra: { rbacBindingConfig: { enableInsecureBindingSystemUnauthenticated: false } } },
    { cluster: { unauthenticatedBindings: 'blocked' } },
  ],
  ['bindings not said', { extra: { rbacBindingConfig: {} } }, { cluster: { unauthenticatedBindings: 'unknown' } }],
  ['no bindings block', {}, { cluster: { unauthenticatedBindings: 'unknown', auditLog: 'unknown' } }],
  [
    'a zone in the deprecated field',
    { extra: { location: '', zone: 'europe-west1-b' } },
    { cluster: { location: 'europe-west1-b' } },
  ],
];
