import type { KeyPair } from '../emulators/certificates.ts';
import { startEtcd } from './components/etcd.ts';
import type { KubeApiServer } from './components/kube-apiserver.ts';
import { startKubectlProxy } from './components/kubectl-proxy.ts';
import type { Listening } from './components/process.ts';
import { startRelay } from './components/relay.ts';
import { startSampleApiServer } from './components/sample-apiserver.ts';
import type { Expected } from './modes.ts';

export interface Surroundings {
  readonly cluster: KubeApiServer;
  /** URL of the cluster's etcd. */
  readonly etcd: string;
  /** By the cluster's own CA and for its name: the most that can be shown by what is not the cluster. */
  readonly leaf: KeyPair;
}

interface Peer extends Expected {
  readonly name: string;
  readonly start: (around: Surroundings) => Promise<Listening>;
  readonly detail: RegExp;
}

const notTls = { outcome: 'tls-failed', detail: /does not speak TLS/, statuses: [] } as const;

/** Real programs that answer in the cluster's name, and are not the cluster. */
export const peers: readonly Peer[] = [
  {
    name: 'etcd',
    start: ({ leaf }) => startEtcd({ tls: leaf }),
    outcome: 'not-kubernetes',
    detail: /looks like etcd/,
    statuses: [404],
  },
  {
    // With TLS 1.3 the client learns of it after its first request.
    name: 'etcd that asks for client certificates',
    start: ({ cluster, leaf }) => startEtcd({ tls: leaf, clientCa: cluster.authority.pem }),
    outcome: 'tls-failed',
    detail: /requires a client certificate/,
    statuses: [undefined],
  },
  {
    name: 'sample-apiserver',
    start: ({ cluster, etcd, leaf }) => startSampleApiServer(cluster, etcd, leaf),
    outcome: 'not-kubernetes',
    detail: /looks like aggregated API server/,
    statuses: [403, 200, 403, 403, 403, 403],
  },
  { name: 'kubectl proxy', start: ({ cluster }) => startKubectlProxy(cluster), ...notTls },
  {
    // It answers those who ask for localhost.
    name: 'kubectl proxy behind what ends TLS',
    start: ({ cluster, leaf }) => startKubectlProxy(cluster, { front: leaf }),
    outcome: 'not-kubernetes',
    detail: /looks like kubectl proxy/,
    statuses: [403],
  },
  {
    name: 'plain HTTP before the API server',
    start: ({ cluster }) => startRelay({ port: cluster.port, behind: 'tls' }),
    ...notTls,
  },
];
