import type { Outcome } from '../../src/model/probe.ts';
import type { Binding } from './components/rbac.ts';

interface Start {
  readonly flags: readonly string[];
  /** That part of an `--authentication-config` file. */
  readonly anonymous?: string;
  /** The minor version that alone has these flags; every one where absent. */
  readonly only?: string;
}

export type ServerName =
  | 'as it comes'
  | 'anonymous off'
  | 'health only'
  | 'AlwaysAllow'
  | 'AlwaysAllow with a file'
  | 'hybrid key exchange';

const rbac = '--authorization-mode=Node,RBAC';
const alwaysAllow = '--authorization-mode=AlwaysAllow';

export const servers: Readonly<Record<ServerName, Start>> = {
  'as it comes': { flags: [rbac] },
  'anonymous off': { flags: [rbac, '--anonymous-auth=false'] },
  // As EKS has it from 1.32 on.
  'health only': {
    flags: [rbac],
    anonymous: '{ enabled: true, conditions: [{ path: /livez }, { path: /readyz }, { path: /healthz }] }',
  },
  AlwaysAllow: { flags: [alwaysAllow] },
  'AlwaysAllow with a file': { flags: [alwaysAllow], anonymous: '{ enabled: true }' },
  // X25519MLKEM768 and nothing else, by its number in IANA's TLS registry.
  'hybrid key exchange': { flags: [rbac, '--tls-curve-preferences=4588'], only: '1.36' },
};

export interface Expected {
  readonly outcome: Outcome;
  /** Of the requests, in order; undefined where no answer came. */
  readonly statuses: readonly (number | undefined)[];
}

/** What a look shows of each server. */
export const looks: Readonly<Record<ServerName, Expected>> = {
  'as it comes': { outcome: 'anonymous-forbidden', statuses: [403, 200, 403, 403, 403, 403] },
  'anonymous off': { outcome: 'anonymous-disabled', statuses: [401, 401] },
  'health only': { outcome: 'anonymous-health-only', statuses: [401, 200] },
  // The API server turns anonymous requests off beside it: from outside the two are one.
  AlwaysAllow: { outcome: 'anonymous-disabled', statuses: [401, 401] },
  'hybrid key exchange': { outcome: 'anonymous-forbidden', statuses: [403, 200, 403, 403, 403, 403] },
  // The file says what the flag beside `AlwaysAllow` may not.
  'AlwaysAllow with a file': { outcome: 'admin-exposed', statuses: [200, 200, 200, 404, 404, 404] },
};

/** The same servers once their etcd is gone: rights are still known from memory, objects are not. */
export const looksWithoutEtcd: Readonly<Record<ServerName, Expected>> = {
  ...looks,
  'health only': { outcome: 'anonymous-health-only', statuses: [401, 500] },
  // Each read of an object waits for the store until the look's time is over; what was proven before stands.
  'AlwaysAllow with a file': { outcome: 'discovery-exposed', statuses: [200, 200, 200, undefined] },
};

interface Bound extends Expected {
  readonly name: string;
  readonly bindings: readonly Binding[];
}

const unauthenticated = ['authenticated', 'unauthenticated'] as const;

/** What anonymous requests get once something is bound to them on the server as it comes. */
export const boundLooks: readonly Bound[] = [
  {
    name: 'not even the version',
    bindings: [{ name: 'system:public-info-viewer', role: 'system:public-info-viewer', subjects: ['authenticated'] }],
    outcome: 'anonymous-forbidden',
    statuses: [403, 403, 403, 403, 403, 403],
  },
  {
    name: 'discovery, as on clusters that were born before 1.14',
    bindings: [
      { name: 'system:discovery', role: 'system:discovery', subjects: unauthenticated },
      { name: 'system:basic-user', role: 'system:basic-user', subjects: unauthenticated },
    ],
    outcome: 'discovery-exposed',
    statuses: [403, 200, 200, 403, 403, 403],
  },
  {
    // What `view` gathers: without a controller manager `view` itself is empty.
    name: 'system:aggregate-to-view',
    bindings: [{ name: 'test', role: 'system:aggregate-to-view', subjects: ['anonymous'] }],
    outcome: 'data-exposed',
    statuses: [403, 200, 403, 404, 403, 403],
  },
  {
    name: 'cluster-admin',
    bindings: [{ name: 'test', role: 'cluster-admin', subjects: ['anonymous'] }],
    outcome: 'admin-exposed',
    statuses: [200, 200, 200, 404, 404, 404],
  },
];
