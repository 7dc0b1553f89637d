const name = '0c6ef9e0-0f4c-4d3a-9b7e-6f3f6f0f9c11';

/** The six requests of a look. */
export const paths: readonly string[] = [
  '/',
  '/version',
  '/api',
  `/api/v1/namespaces/kube-system/pods/${name}`,
  `/api/v1/namespaces/kube-system/secrets/${name}`,
  `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${name}`,
];
