import type { TrustedAccessRoleBinding } from '@azure/arm-containerservice';
import { createLimit, type Limit } from '../../src/lib/limit.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { CallContext, DeepPath } from '../../src/model/provider.ts';
import type { ArmClient, ClusterName } from './client.ts';
import { privateEndpointPaths, trustedAccessPaths } from './paths.ts';

/**
 * Reads what leads into a cluster beside its endpoints. One call at a time in a subscription: Azure lets 60 of these calls through at once
 * and one more each second (AKS quotas), and workers that were refused together would be refused together again.
 */
export function deepReader(arm: ArmClient): (cluster: Cluster) => readonly DeepPath[] {
  const limits = new Map<string, Limit>();
  return (cluster) => {
    const { account = '' } = cluster;
    const limit = limits.get(account) ?? createLimit(1);
    limits.set(account, limit);
    const isPrivate = cluster.endpoints.some(({ role }) => role === 'private');
    return [trustedAccess(arm, cluster), ...(isPrivate ? [privateEndpoint(arm, cluster)] : [])].map((path) => ({
      kind: path.kind,
      read: (context) => limit(() => path.read(context)),
    }));
  };
}

function trustedAccess(arm: ArmClient, cluster: Cluster): DeepPath {
  const read = async ({ signal }: CallContext) => {
    const bindings: TrustedAccessRoleBinding[] = [];
    for await (const binding of arm.roleBindings(nameOf(cluster), signal)) bindings.push(binding);
    return trustedAccessPaths(bindings);
  };
  return { kind: 'aks-trusted-access', read };
}

function privateEndpoint(arm: ArmClient, cluster: Cluster): DeepPath {
  const read = async ({ signal }: CallContext) =>
    privateEndpointPaths(await arm.connections(nameOf(cluster), signal), cluster.account ?? '');
  return { kind: 'aks-private-endpoint', read };
}

function nameOf({ account = '', resourceGroup = '', name }: Cluster): ClusterName {
  return { subscription: account, resourceGroup, name };
}
