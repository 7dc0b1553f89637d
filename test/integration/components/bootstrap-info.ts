import type { KubeApiServer } from './kube-apiserver.ts';

const namespace = '/api/v1/namespaces/kube-public';
const rbac = 'rbac.authorization.k8s.io';
const name = 'kubeadm:bootstrap-signer-clusterinfo';

/** The one object that kubeadm lets everybody read, so that nodes may join. */
export const bootstrapInfoPath = `${namespace}/configmaps/cluster-info`;

/** Leaves it as kubeadm does: the object, a role that reads it and nothing else, and a binding for anonymous requests. */
export async function shareBootstrapInfo(server: KubeApiServer): Promise<void> {
  const cluster = {
    'certificate-authority-data': Buffer.from(server.authority.pem).toString('base64'),
    server: `https://127.0.0.1:${server.port}`,
  };
  const kubeconfig = JSON.stringify({ apiVersion: 'v1', kind: 'Config', clusters: [{ name: '', cluster }] });
  const objects: readonly (readonly [path: string, object])[] = [
    [`${namespace}/configmaps`, { metadata: { name: 'cluster-info' }, data: { kubeconfig } }],
    [
      `/apis/${rbac}/v1/namespaces/kube-public/roles`,
      {
        metadata: { name },
        rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['cluster-info'], verbs: ['get'] }],
      },
    ],
    [
      `/apis/${rbac}/v1/namespaces/kube-public/rolebindings`,
      {
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: 'Role', name },
        subjects: [{ apiGroup: rbac, kind: 'User', name: 'system:anonymous' }],
      },
    ],
  ];
  for (const [path, object] of objects) {
    const { status, body } = await server.admin('POST', path, object);
    if (status !== 201) throw new Error(`POST ${path} was answered with ${status}: ${body}`);
  }
}
