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
} as const;

export type Step = keyof typeof paths;

export function pathOf(step: Step, name: string): string {
  return paths[step](name);
}

/** All that may be sent to an API server, one line each, for `--dry-run`. */
export function requestPaths(): readonly string[] {
  return Object.values(paths).map((path) => `GET ${path('<random>')}`);
}
