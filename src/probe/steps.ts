/** The requests we may send, in the order of the ladder. Each is a GET. */
export const steps = ['index', 'livez', 'readyz', 'version', 'api', 'pod', 'secret', 'binding'] as const;

export type Step = (typeof steps)[number];

/**
 * The path of a step. Authorization comes before storage in an API server, so a GET of an object that does not exist is
 * answered 404 only where reading it would have been allowed: a test of rights that discloses nothing. `name` is random.
 */
export function pathOf(step: Step, name: string): string {
  switch (step) {
    case 'index':
      return '/';
    case 'livez':
    case 'readyz':
    case 'version':
    case 'api':
      return `/${step}`;
    case 'pod':
      return `/api/v1/namespaces/kube-system/pods/${name}`;
    case 'secret':
      return `/api/v1/namespaces/kube-system/secrets/${name}`;
    case 'binding':
      return `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${name}`;
  }
}

/** All that may be sent to an API server, for `--dry-run`. */
export function requestPaths(): readonly string[] {
  return steps.map((step) => `GET ${pathOf(step, '<random>')}`);
}
