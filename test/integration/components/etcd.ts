import { join } from 'node:path';
import type { KeyPair } from '../../emulators/certificates.ts';
import { createFolder } from './folder.ts';
import { freePort, startComponent, type Listening } from './process.ts';

export interface Etcd extends Listening {
  readonly url: string;
}

export interface EtcdOptions {
  /** Its serving certificate; without one it speaks plain HTTP. */
  readonly tls?: KeyPair;
  /** PEM of the CA whose client certificates alone are let in. */
  readonly clientCa?: string;
}

/** A single etcd on loopback; several API servers may share it by prefix. */
export async function startEtcd({ tls, clientCa }: EtcdOptions = {}): Promise<Etcd> {
  const folder = createFolder('etcd');
  const [port, peerPort, metricsPort] = [await freePort(), await freePort(), await freePort()];
  const [url, peer, metrics] = [
    `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    `http://127.0.0.1:${peerPort}`,
    `http://127.0.0.1:${metricsPort}`,
  ];
  const component = await startComponent(
    'etcd',
    [
      `--data-dir=${join(folder.path, 'data')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      // Answers `/health` without TLS.
      `--listen-metrics-urls=${metrics}`,
      ...(tls
        ? [`--cert-file=${folder.put('leaf.pem', tls.cert)}`, `--key-file=${folder.put('leaf.key', tls.key)}`]
        : []),
      ...(clientCa === undefined ? [] : ['--client-cert-auth', `--trusted-ca-file=${folder.put('ca.pem', clientCa)}`]),
    ],
    async () => (await fetch(`${metrics}/health`)).ok,
  );
  return { ...folder.removeAfter(component), url, port };
}
