import { isIP } from 'node:net';
import { isHost } from '../../src/lib/host.ts';
import { cut } from '../../src/lib/text.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { Access, Endpoint } from '../../src/model/endpoint.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import { parseHost } from '../lib/host.ts';
import type { HostAndPort } from '../lib/host.ts';
import type { ClusterEntry } from './files.ts';
import { isPrivateHost, noteOnOwnMachine } from './private-host.ts';
import { trustOf } from './trust.ts';

const access: Access = {
  kind: 'unknown',
  ranges: [],
  reason: 'a self-managed cluster has no settings to read',
  settings: 'none',
};

/** One cluster under its context's name, and what of its entry could not be used. Reads the certificate authority's file. */
export function mapCluster(context: string, entry: ClusterEntry): readonly (Cluster | ScanIssue)[] {
  const place = placeOf(entry);
  const cluster = typeof place === 'string' ? undescribed(context, entry, place) : described(context, entry, place);
  const [endpoint] = cluster.endpoints;
  const problem = cluster.undescribed ?? (endpoint?.trust.kind === 'none' ? endpoint.trust.reason : undefined);
  if (problem === undefined) return [cluster];
  return [cluster, { code: 'malformed', message: problem, provider: 'kubeconfig', clusterId: cluster.id }];
}

/** Where the entry leads, or why nowhere. What it says is not repeated: a URL that is read by nobody may hold a password. */
function placeOf({ server, tlsServerName }: ClusterEntry): HostAndPort | string {
  if (/^http:/i.test(server)) return 'its server in the kubeconfig is plain HTTP, and the probe speaks TLS only';
  if (tlsServerName && !isHost(tlsServerName)) return 'its tls-server-name in the kubeconfig is no name of a host';
  return (
    parseHost(server) ??
    'its server in the kubeconfig is not https://host:port: a path or anything else in it leads to no API server of its own'
  );
}

function described(context: string, entry: ClusterEntry, { host, port }: HostAndPort): Cluster {
  const serverName = entry.tlsServerName ?? '';
  const notes = notesOf(entry, host, serverName);
  const endpoint: Endpoint = {
    role: isPrivateHost(host) ? 'private' : 'public',
    host,
    port,
    ...(serverName !== '' && { serverName }),
    access,
    trust: trustOf(entry),
    ...(notes.length > 0 && { notes }),
  };
  return clusterOf(context, entry, `${isIP(host) === 6 ? `[${host}]` : host}:${port}`, endpoint);
}

function undescribed(context: string, entry: ClusterEntry, reason: string): Cluster {
  const endpoint: Endpoint = { role: 'public', port: 443, access, trust: { kind: 'none', reason }, notes: [reason] };
  return { ...clusterOf(context, entry, 'unreadable', endpoint), undescribed: reason };
}

function clusterOf(context: string, { name }: ClusterEntry, where: string, endpoint: Endpoint): Cluster {
  return {
    id: `kubeconfig:${cut(name, 256)}@${where}`,
    provider: 'kubeconfig',
    name: cut(context, 256),
    auditLog: 'unknown',
    state: 'unknown',
    endpoints: [endpoint],
    otherPaths: [],
    anonymous: { documented: 'unknown', reason: 'what anonymous requests get is up to its owner' },
  };
}

function notesOf({ proxyUrl, skipTLSVerify }: ClusterEntry, host: string, serverName: string): readonly string[] {
  const onOwnMachine = noteOnOwnMachine(host);
  return [
    ...(onOwnMachine === undefined ? [] : [onOwnMachine]),
    ...(proxyUrl ? ['its kubeconfig names a proxy, and probes use none'] : []),
    ...(serverName === '' ? [] : [`its certificate is looked up under ${serverName}`]),
    ...(skipTLSVerify ? ['its kubeconfig skips certificate verification, so its answers alone identify it'] : []),
  ];
}
