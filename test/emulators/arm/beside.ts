import type { Reply } from '../server.ts';

/** In wire shape: `roleBinding` and `connection`, or whatever a test wants to be listed. */
export interface Beside {
  readonly roleBindings?: readonly object[];
  readonly connections?: readonly object[];
}

export const besidePath =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)\/(trustedAccessRoleBindings|privateEndpointConnections)$/;

/** Role bindings come in pages, connections in one piece. */
export function answerBeside(
  beside: Beside | undefined,
  list: string | undefined,
  paged: (items: readonly object[]) => Reply,
): Reply {
  if (list === 'trustedAccessRoleBindings') return paged(beside?.roleBindings ?? []);
  return { body: { value: beside?.connections ?? [] } };
}

/** A trusted access role binding as Azure Resource Manager lists it. */
export function roleBinding(name: string, sourceResourceId: string, roles: readonly string[]): object {
  const type = 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings';
  return { name, type, properties: { provisioningState: 'Succeeded', sourceResourceId, roles } };
}

/** A private endpoint connection; the endpoint is in the subscription that is given. */
export function connection(name: string, subscription: string, status = 'Approved'): object {
  const id = `/subscriptions/${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/privateEndpoints/${name}`;
  const privateLinkServiceConnectionState = { status, description: 'made up' };
  return {
    name,
    type: 'Microsoft.ContainerService/managedClusters/privateEndpointConnections',
    properties: { provisioningState: 'Succeeded', privateEndpoint: { id }, privateLinkServiceConnectionState },
  };
}
