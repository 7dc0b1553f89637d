import type { KeyPair } from '../../emulators/certificates.ts';
import { ask } from './ask.ts';
import { createFolder } from './folder.ts';
import type { KubeApiServer } from './kube-apiserver.ts';
import { cached, freePort, startComponent, type Listening } from './process.ts';

/** Kubernetes' example of an aggregated API server. It asks the cluster's own who somebody is and what they may do. */
export async function startSampleApiServer(cluster: KubeApiServer, etcd: string, leaf: KeyPair): Promise<Listening> {
  const folder = createFolder('sample');
  const port = await freePort();
  const component = await startComponent(
    cached('sample-apiserver-0.36.3/sample-apiserver'),
    [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${folder.put('leaf.pem', leaf.cert)}`,
      `--tls-private-key-file=${folder.put('leaf.key', leaf.key)}`,
      ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
        (flag) => `--${flag}=${cluster.kubeconfig}`,
      ),
    ],
    async () => (await ask({ path: '/readyz', port, ca: cluster.authority.pem })).status === 200,
  );
  return { ...folder.removeAfter(component), port };
}
