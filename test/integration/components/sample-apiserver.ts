import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyPair } from '../../emulators/certificates.ts';
import { ask } from './ask.ts';
import type { KubeApiServer } from './kube-apiserver.ts';
import { cached, freePort, startComponent, type Listening } from './process.ts';

/** Kubernetes' example of an aggregated API server. It asks the cluster's own who somebody is and what they may do. */
export async function startSampleApiServer(cluster: KubeApiServer, etcd: string, leaf: KeyPair): Promise<Listening> {
  const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-sample-'));
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const port = await freePort();
  const component = await startComponent(
    cached('sample-apiserver-0.36.3/sample-apiserver'),
    [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${put('leaf.pem', leaf.cert)}`,
      `--tls-private-key-file=${put('leaf.key', leaf.key)}`,
      ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
        (flag) => `--${flag}=${cluster.kubeconfig}`,
      ),
    ],
    async () => (await ask({ path: '/readyz', port, ca: cluster.authority.pem })).status === 200,
  );
  return { ...component, port };
}
