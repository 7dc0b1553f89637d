import type { ClusterSubject, EndpointSubject } from '../../../src/model/check.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Endpoint, EndpointRole, OtherPath, OtherPathKind } from '../../../src/model/endpoint.ts';
import type { ProviderId } from '../../../src/model/provider.ts';
import type { EndpointProbe, Outcome, ProbeResult, TlsFacts } from '../../../src/model/probe.ts';
import type { JudgedAccess, JudgedCluster, JudgedEndpoint } from '../../../src/model/report.ts';

const host = 'ABC123.gr7.eu-west-1.example.com';

/** The same, looked at again. */
export function lookedAgain(first: EndpointProbe, second: Outcome): EndpointProbe {
  const { result } = probed(second, { address: '203.0.113.8' });
  return { ...first, secondLook: { settings: 'equal', at: '2026-01-01T00:00:10.000Z', result } };
}

/** A running public EKS cluster, with whatever a case changes. */
function cluster(changes: Partial<Cluster> = {}): Cluster {
  return {
    id: 'eks:123456789012/eu-west-1/prod',
    provider: 'eks',
    account: '123456789012',
    location: 'eu-west-1',
    name: 'prod',
    auditLog: 'off',
    state: 'running',
    endpoints: [settings('public')],
    otherPaths: [],
    anonymous: { documented: 'health-only', reason: 'EKS says so from 1.32 on.' },
    ...changes,
  };
}

/** One endpoint's settings; checks read `trust` and `credentialsBeyondIam` from here and the rest from the judged endpoint. */
export function settings(role: EndpointRole, changes: Partial<Endpoint> = {}): Endpoint {
  const access = { kind: 'open', ranges: [] } as const;
  return { role, host, port: 443, access, trust: { kind: 'cluster-ca', pem: '' }, ...changes };
}

export const access = {
  open: { kind: 'open', ranges: ['0.0.0.0/0'] },
  list: list(['203.0.113.0/24'], { ipv4: '256', ipv6: '0' }),
  closed: { kind: 'closed' },
  unknown: { kind: 'unknown', ranges: [], reason: 'publicAccess was not in the reply.' },
} as const satisfies Record<string, JudgedAccess>;

export function list(ranges: string[], addressCount = { ipv4: '0', ipv6: '0' }, admits: string[] = []): JudgedAccess {
  return { kind: 'allow-list', ranges, admits, addressCount };
}

/** An endpoint as judged; `exposure` and `reason` are the engine's words, which checks repeat and never work out. */
export function judgedEndpoint(changes: Partial<JudgedEndpoint> = {}): JudgedEndpoint {
  return {
    role: 'public',
    host,
    port: 443,
    access: access.open,
    vantageAdmitted: 'not-applicable',
    exposure: 'exposed',
    confirmed: false,
    reason: 'the reason.',
    ...changes,
  };
}

function judgedCluster(from: Cluster, endpoints: readonly JudgedEndpoint[]): JudgedCluster {
  return { ...from, exposure: endpoints[0]?.exposure ?? 'not-applicable', endpoints };
}

export function clusterSubject(
  changes: Partial<Cluster> = {},
  endpoints: readonly JudgedEndpoint[] = [judgedEndpoint()],
): ClusterSubject {
  const from = cluster(changes);
  return { cluster: from, judged: judgedCluster(from, endpoints) };
}

/** The account of the clusters of `otherPaths`, which give it in upper case. */
export const account = '00000000-0000-4000-8000-00000000000a';

/** Builds clusters with these other paths of one kind; each has a reason of its own, with a full stop as some have. */
export function otherPaths(provider: ProviderId, kind: OtherPathKind) {
  return (...paths: readonly Omit<OtherPath, 'kind' | 'reason'>[]): ClusterSubject => {
    const beside = { kind: 'aks-run-command', state: 'open', reason: 'of another kind' } as const;
    const listed = paths.map((path, index) => ({ kind, reason: `the reason ${index + 1}.`, ...path }));
    return clusterSubject({ provider, account: account.toUpperCase(), otherPaths: [beside, ...listed] });
  };
}

interface EndpointCase {
  readonly cluster?: Partial<Cluster>;
  readonly endpoint?: Partial<JudgedEndpoint>;
  /** Absent: the probe is off, or the endpoint has nothing to dial. */
  readonly probe?: EndpointProbe;
}

export function endpointSubject(from: EndpointCase = {}): EndpointSubject {
  const endpoint = judgedEndpoint(from.endpoint);
  const subject = clusterSubject(from.cluster, [endpoint]);
  return { ...subject, endpoint, ...(from.probe && { probe: from.probe }) };
}

const peers: Partial<Record<Outcome, 'other' | 'none'>> = {
  'not-probed': 'none',
  unresolved: 'none',
  closed: 'none',
  filtered: 'none',
  'tls-failed': 'other',
  'not-this-cluster': 'other',
  'not-kubernetes': 'other',
};

/** One look with this outcome; the peer is the one that goes with it. */
export function probed(outcome: Outcome, changes: Partial<ProbeResult> = {}): EndpointProbe {
  const result: ProbeResult = {
    outcome,
    detail: `the detail of ${outcome}.`,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 40,
    address: '203.0.113.7',
    connected: true,
    timedOut: false,
    requests: [],
    identity: { peer: peers[outcome] ?? 'this', signals: [] },
    ...changes,
  };
  return { clusterId: 'eks:123456789012/eu-west-1/prod', role: 'public', result };
}

export function tls(changes: Partial<TlsFacts> = {}): TlsFacts {
  return {
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    chain: 'cluster-ca',
    nameMatches: true,
    inValidity: true,
    certificate: {
      subject: 'CN=kube-apiserver',
      issuer: 'CN=example-ca',
      names: [host],
      notBefore: '2025-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
      fingerprint: 'ab'.repeat(32),
    },
    ...changes,
  };
}
