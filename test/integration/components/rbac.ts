import type { Answer } from './ask.ts';
import type { KubeApiServer } from './kube-apiserver.ts';

const group = 'rbac.authorization.k8s.io';

const subjects = {
  anonymous: { apiGroup: group, kind: 'User', name: 'system:anonymous' },
  unauthenticated: { apiGroup: group, kind: 'Group', name: 'system:unauthenticated' },
  authenticated: { apiGroup: group, kind: 'Group', name: 'system:authenticated' },
} as const;

/** A cluster role, bound under a name. */
export interface Binding {
  readonly name: string;
  readonly role: string;
  readonly subjects: readonly (keyof typeof subjects)[];
}

/** Sets bindings, new ones and the server's own; resolves with what puts everything back. */
export async function bind(server: KubeApiServer, bindings: readonly Binding[]): Promise<() => Promise<void>> {
  const before: [Binding, Answer][] = [];
  for (const binding of bindings) {
    before.push([binding, await server.admin('GET', pathOf(binding))]);
    // RBAC objects are created by PUT too.
    await must(server, 'PUT', pathOf(binding), {
      metadata: { name: binding.name },
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: binding.role },
      subjects: binding.subjects.map((subject) => subjects[subject]),
    });
  }
  return async () => {
    for (const [binding, { status, body }] of before) {
      if (status === 404) await must(server, 'DELETE', pathOf(binding));
      else await must(server, 'PUT', pathOf(binding), restored(body));
    }
  };
}

/** An empty revision stands for any: to the one that was read, the server would refuse to go back. */
function restored(text: string): object {
  const object = JSON.parse(text) as { readonly metadata: object };
  return { ...object, metadata: { ...object.metadata, resourceVersion: '' } };
}

function pathOf({ name }: Binding): string {
  return `/apis/${group}/v1/clusterrolebindings/${name}`;
}

async function must(server: KubeApiServer, method: string, path: string, body?: object): Promise<void> {
  const { status } = await server.admin(method, path, body);
  if (status !== 200 && status !== 201) throw new Error(`${method} ${path} was answered with ${status}`);
}
