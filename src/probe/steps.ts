/**
 * The requests we may send, in the order of the ladder. Each is a GET. Authorization comes before storage in an API server,
 * so a GET of an object that does not exist is answered 404 only where reading it would have been allowed: a test of rights
 * that discloses nothing. `name` is random.
 */
const paths = {
  index: () => '/',
  livez: () => '/livez',
  readyz: () => '/readyz',
  version: () => '/version',
  api: () => '/api',
  pod: (name: string) => `/api/v1/namespaces/kube-system/pods/${name}`,
  secret: (name: string) => `/api/v1/namespaces/kube-system/secrets/${name}`,
  binding: (name: string) => `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${name}`,
  /** No part of the ladder: asked for by `--bootstrap-info` alone. */
  bootstrap: () => '/api/v1/namespaces/kube-public/configmaps/cluster-info',
} as const;

export type Step = keyof typeof paths;

export function pathOf(step: Step, name: string): string {
  return paths[step](name);
}

/** All that may be sent to an API server, one line each, for `--dry-run`. */
export function requestPaths(bootstrapInfo = false): readonly string[] {
  return Object.entries(paths)
    .filter(([step]) => bootstrapInfo || step !== 'bootstrap')
    .map(([, path]) => `GET ${path('<random>')}`);
}
