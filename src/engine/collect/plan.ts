import { findRule } from './connect-to.ts';
import { portsOf } from './ports.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { CollectRequest, ProbeRules } from './request.ts';
import type { Endpoint } from '../../model/endpoint.ts';
import type { ProbeResult, ProbeTarget } from '../../model/probe.ts';

/** Why an endpoint gets no probe (one sentence), undefined where it gets one: whatever has a host, also when its access is closed. */
export function reasonNotToProbe(
  cluster: Cluster,
  endpoint: Endpoint,
  kind: CollectRequest['vantage']['kind'],
  rules: ProbeRules,
): string | undefined {
  if (rules.excluded(cluster)) return 'the cluster is excluded from probing';
  if (cluster.state === 'stopped' || cluster.state === 'creating') return `the cluster's state is ${cluster.state}`;
  if (endpoint.host === undefined) return 'the endpoint has no host';
  if (endpoint.role !== 'private') return undefined;
  if (cluster.endpoints.some((other) => other.role === 'public' && sameDoor(other, endpoint))) {
    return 'it has the host and port of the public endpoint, which is probed for both';
  }
  return kind === 'inside' ? undefined : 'a private endpoint is probed from inside only';
}

function sameDoor(a: Endpoint, b: Endpoint): boolean {
  return a.host?.toLowerCase() === b.host?.toLowerCase() && a.port === b.port;
}

/** What the probe is told of an endpoint: the inventory's words, and the address that the user named for it, if any. */
export function targetOf(cluster: Cluster, endpoint: Endpoint, rules: ProbeRules, auditId: string): ProbeTarget {
  const { role, host = '', port, serverName, trust } = endpoint;
  const rule = findRule(endpoint, rules.connectTo);
  const ports = portsOf(cluster, endpoint, rules);
  return {
    clusterId: cluster.id,
    role,
    host,
    port,
    ...(serverName !== undefined && { serverName }),
    trust,
    ...(rule && { connectTo: { address: rule.address, port: rule.port } }),
    auditId,
    ...(ports !== undefined && { ports }),
  };
}

export function notProbed(detail: string, now: Date): ProbeResult {
  return {
    outcome: 'not-probed',
    detail,
    startedAt: now.toISOString(),
    durationMs: 0,
    connected: false,
    timedOut: false,
    requests: [],
    identity: { peer: 'none', signals: [] },
  };
}
