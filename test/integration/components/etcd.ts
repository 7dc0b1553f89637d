import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startComponent, type Component } from './process.ts';

/** A single etcd on loopback; several API servers may share it by prefix. */
export async function startEtcd(): Promise<Component & { readonly url: string }> {
  const [client, peer] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const component = await startComponent(
    'etcd',
    [
      `--data-dir=${mkdtempSync(join(tmpdir(), 'kubeperimeter-etcd-'))}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ],
    async () => (await fetch(`${client}/health`)).ok,
  );
  return { ...component, url: client };
}
