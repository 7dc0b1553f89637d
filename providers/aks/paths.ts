import type { PrivateEndpointConnection, TrustedAccessRoleBinding } from '@azure/arm-containerservice';
import { cut } from '../../src/lib/text.ts';
import type { OtherPath } from '../../src/model/endpoint.ts';
import { textOf } from './field.ts';

/** A resource id holds two names of at most 90 characters and a type. */
const longestId = 400;

/**
 * One path for each binding: the resource that it names gets its roles in the cluster, and Azure carries its requests to the
 * API server whatever the network settings (AKS docs, trusted access). A binding counts from when it is listed.
 */
export function trustedAccessPaths(bindings: readonly TrustedAccessRoleBinding[]): readonly OtherPath[] {
  if (bindings.length === 0) {
    return [{ kind: 'aks-trusted-access', state: 'closed', reason: 'there is no trusted access role binding' }];
  }
  return bindings.map(({ name, sourceResourceId, roles }) => {
    const source = textOf(sourceResourceId);
    const listed = roles.map((role: unknown) => cut(textOf(role) ?? '(not a text)', 100)).join(', ');
    const who = source === undefined ? 'a resource that is not named' : cut(source, longestId);
    return {
      kind: 'aks-trusted-access',
      state: 'open',
      reason: `the role binding ${nameOf(name)} lets ${who} act in the cluster as ${listed || 'a role that is not named'}`,
      ...accountOf(source),
    };
  });
}

/** Whether a connection carries traffic, by its status (Azure Private Link docs, approval workflow); another status tells nothing. */
const carries = new Map<string | undefined, OtherPath['state']>([
  ['approved', 'open'],
  ['pending', 'closed'],
  ['rejected', 'closed'],
  ['disconnected', 'closed'],
]);

/** One path for each connection. The endpoint that AKS makes for the nodes of a private cluster may stand among them: it is of the own subscription. */
export function privateEndpointPaths(
  connections: readonly PrivateEndpointConnection[],
  subscription: string,
): readonly OtherPath[] {
  if (connections.length === 0) {
    return [{ kind: 'aks-private-endpoint', state: 'closed', reason: 'there is no private endpoint connection' }];
  }
  return connections.map(({ name, privateEndpoint, privateLinkServiceConnectionState }) => {
    const id = textOf(privateEndpoint?.id);
    const status = textOf(privateLinkServiceConnectionState?.status);
    const { account } = accountOf(id);
    const whose = account === undefined ? 'an unknown' : account === subscription.toLowerCase() ? 'its own' : 'another';
    const what = id === undefined ? 'an endpoint that is not named' : cut(id, longestId);
    return {
      kind: 'aks-private-endpoint',
      state: carries.get(status?.toLowerCase()) ?? 'unknown',
      reason: `the connection ${nameOf(name)} to ${what}, of ${whose} subscription, is ${cut(status ?? 'without a status', 32)}`,
      ...(account !== undefined && { account }),
    };
  });
}

/** Cluster ids hold subscriptions in lower case. */
function accountOf(resourceId: string | undefined): Pick<OtherPath, 'account'> {
  const [, account] = /^\/subscriptions\/([^/]{1,64})\//i.exec(resourceId ?? '') ?? [];
  return account === undefined ? {} : { account: account.toLowerCase() };
}

function nameOf(name: unknown): string {
  return cut(textOf(name) ?? '(without a name)', 100);
}
