import { sampleMeta } from './rules.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Access, Endpoint } from '../../../src/model/endpoint.ts';
import type { Evidence, Vantage } from '../../../src/model/evidence.ts';
import type { EndpointProbe, Outcome, ProbeResult, SecondLook } from '../../../src/model/probe.ts';
import { providerIds } from '../../../src/model/provider.ts';
import type { JudgedCluster, JudgedEndpoint, Report } from '../../../src/model/report.ts';

/** Builders of made-up evidence: each gives a whole, plain value, in which a test changes what it is about. */

const at = '2026-03-01T10:00:00.000Z';

const listed = '203.0.113.0/24';
export const admittedAddress = '203.0.113.9';
const strangeAddress = '198.51.100.7';

export const open: Access = { kind: 'open', ranges: ['0.0.0.0/0'] };
export const closed: Access = { kind: 'closed' };
export const unreadable: Access = { kind: 'unknown', ranges: [], reason: 'the reply lacks it' };

/** A self-managed cluster's: nobody keeps any. */
export const withoutSettings: Access = { kind: 'unknown', ranges: [], reason: 'there are none', settings: 'none' };

export function allowList(ranges: readonly string[] = [listed], admits: readonly string[] = []): Access {
  return { kind: 'allow-list', ranges, admits };
}

export function vantage(changes: Partial<Vantage> = {}): Vantage {
  return {
    name: 'office',
    kind: 'outside',
    addresses: [strangeAddress],
    addressesGiven: false,
    cloud: 'none',
    ...changes,
  };
}

export function endpoint(changes: Partial<Endpoint> = {}): Endpoint {
  return {
    role: 'public',
    host: 'api.example',
    port: 443,
    access: allowList(),
    trust: { kind: 'cluster-ca', pem: 'made up' },
    ...changes,
  };
}

export function dnsEndpoint(access: Access, changes: Partial<Endpoint> = {}): Endpoint {
  return endpoint({ role: 'dns', host: 'gke.example', access, trust: { kind: 'public-roots' }, ...changes });
}

export function cluster(name: string, changes: Partial<Cluster> = {}): Cluster {
  const provider = changes.provider ?? 'eks';
  return {
    id: `${provider}:1234/eu-1/${name}`,
    provider,
    account: '1234',
    location: 'eu-1',
    name,
    auditLog: 'on',
    state: 'running',
    endpoints: [endpoint({ host: `${name}.example` })],
    otherPaths: [],
    anonymous: { documented: 'unknown', reason: 'nothing is promised' },
    ...changes,
  };
}

export function look(outcome: Outcome, changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    outcome,
    detail: `made up: ${outcome}`,
    startedAt: at,
    durationMs: 5,
    connected: false,
    timedOut: false,
    requests: [],
    identity: { peer: 'none', signals: [] },
    ...changes,
  };
}

/** This cluster answered, at a public address. */
export function answer(changes: Partial<ProbeResult> = {}): ProbeResult {
  return look('anonymous-forbidden', {
    address: '192.0.2.10',
    family: 'ipv4',
    connected: true,
    auditId: '7e7d0000-0000-4000-8000-000000000001',
    requests: [{ path: '/', status: 403 }],
    identity: { peer: 'this', signals: ['made up'] },
    ...changes,
  });
}

export function stranger(changes: Partial<ProbeResult> = {}): ProbeResult {
  return answer({ outcome: 'not-this-cluster', requests: [], identity: { peer: 'other', signals: [] }, ...changes });
}

export function silence(changes: Partial<ProbeResult> = {}): ProbeResult {
  return look('filtered', { address: '192.0.2.10', family: 'ipv4', timedOut: true, ...changes });
}

export function secondLook(settings: SecondLook['settings'], result?: ProbeResult): SecondLook {
  return { settings, at, ...(result !== undefined && { result }) };
}

export function probe(
  { id }: Cluster,
  result: ProbeResult,
  changes: Partial<Omit<EndpointProbe, 'clusterId' | 'result'>> = {},
): EndpointProbe {
  return { clusterId: id, role: 'public', result, ...changes };
}

export function evidence(
  changes: Partial<Omit<Evidence, 'scan'>> = {},
  scan: Partial<Evidence['scan']> = {},
): Evidence {
  return {
    kind: 'kubeperimeter-evidence',
    schemaVersion: '1.0',
    tool: { name: 'kubeperimeter', version: '0.0.0' },
    scan: {
      id: '7e7d0000-0000-4000-8000-000000000000',
      startedAt: at,
      finishedAt: '2026-03-01T10:05:00.000Z',
      finished: true,
      vantage: vantage(),
      probe: { enabled: true },
      broad: { ipv4Addresses: 65_536, ipv6Prefix: 32 },
      notSeen: [],
      ...scan,
    },
    coverage: [{ provider: 'eks', account: '1234', location: 'eu-1', status: 'complete', clusters: 1 }],
    clusters: [],
    probes: [],
    issues: [],
    ...changes,
  };
}

export function judgeAll(found: Evidence): Report {
  return evaluate(found, { checks: [], providers: providerIds.map(sampleMeta) });
}

/** Judges one endpoint of one cluster, with other clusters of the same run beside it. */
export function judgeOne(
  subject: Cluster,
  probes: readonly EndpointProbe[],
  from: Partial<Vantage> = {},
  others: readonly Cluster[] = [],
): JudgedEndpoint & { readonly cluster: JudgedCluster } {
  const report = judgeAll(evidence({ clusters: [subject, ...others], probes }, { vantage: vantage(from) }));
  const judged = report.clusters.find(({ id }) => id === subject.id);
  const [first] = judged?.endpoints ?? [];
  if (judged === undefined || first === undefined) throw new Error('the cluster is not in the report');
  return { ...first, cluster: judged };
}
