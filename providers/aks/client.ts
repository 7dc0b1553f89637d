import { ContainerServiceClient } from '@azure/arm-containerservice';
import type { ManagedCluster, PrivateEndpointConnection, TrustedAccessRoleBinding } from '@azure/arm-containerservice';
import type { Subscription } from '@azure/arm-resources-subscriptions';
import type { TokenCredential } from '@azure/identity';
import { ProviderError } from '../../src/model/errors.ts';
import { tool } from '../../src/model/tool.ts';
import { notePages } from '../lib/pages.ts';
import { toProviderError } from './errors.ts';
import { limitRequests } from './policies.ts';
import type { RequestLimits } from './policies.ts';

export const permissions = {
  clusters: 'Microsoft.ContainerService/managedClusters/read',
  subscriptions: 'Microsoft.Resources/subscriptions/read',
  roleBindings: 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read',
  connections: 'Microsoft.ContainerService/managedClusters/privateEndpointConnections/read',
} as const;

/** `endpoint` is without a trailing slash. */
export interface ArmSettings extends RequestLimits {
  readonly credential: TokenCredential;
  /** A certificate authority beside those that Node trusts, PEM. */
  readonly ca?: string;
}

/** The reads of Azure Resource Manager. Throws ProviderError only. */
export interface ArmClient {
  subscriptions(signal: AbortSignal): AsyncIterable<Subscription>;
  clusters(subscription: string, signal: AbortSignal): AsyncIterable<ManagedCluster>;
  cluster(name: ClusterName, signal: AbortSignal): Promise<ManagedCluster>;
  roleBindings(name: ClusterName, signal: AbortSignal): AsyncIterable<TrustedAccessRoleBinding>;
  connections(name: ClusterName, signal: AbortSignal): Promise<readonly PrivateEndpointConnection[]>;
}

export interface ClusterName {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

export function createArmClient(settings: ArmSettings): ArmClient {
  const containerService = (subscription: string, signal: AbortSignal): ContainerServiceClient => {
    const client = new ContainerServiceClient(settings.credential, subscription, sdkOptions(settings));
    limitRequests(client.pipeline, settings, signal);
    return client;
  };
  return {
    subscriptions: (signal) => listSubscriptions(settings, signal),
    clusters: (subscription, signal) =>
      itemsOf(
        () => containerService(subscription, signal).managedClusters.list().byPage(),
        permissions.clusters,
        signal,
      ),
    cluster: ({ subscription, resourceGroup, name }, signal) =>
      translated(
        () => containerService(subscription, signal).managedClusters.get(resourceGroup, name),
        permissions.clusters,
        signal,
      ),
    roleBindings: ({ subscription, resourceGroup, name }, signal) =>
      itemsOf(
        () => containerService(subscription, signal).trustedAccessRoleBindings.list(resourceGroup, name).byPage(),
        permissions.roleBindings,
        signal,
      ),
    connections: async ({ subscription, resourceGroup, name }, signal) => {
      const { value } = await translated(
        () => containerService(subscription, signal).privateEndpointConnections.list(resourceGroup, name),
        permissions.connections,
        signal,
      );
      // An answer without a list is not an empty list.
      if (!Array.isArray(value)) throw new ProviderError('malformed', 'Azure: the answer holds no list of connections');
      return value;
    },
  };
}

async function translated<T>(send: () => Promise<T>, permission: string, signal: AbortSignal): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toProviderError(error, permission, signal);
  }
}

/** Named subscriptions are the usual case, and need no second SDK. */
async function* listSubscriptions(settings: ArmSettings, signal: AbortSignal): AsyncGenerator<Subscription> {
  const { SubscriptionClient } = await import('@azure/arm-resources-subscriptions');
  const client = new SubscriptionClient(settings.credential, sdkOptions(settings));
  limitRequests(client.pipeline, settings, signal);
  yield* itemsOf(() => client.subscriptions.list().byPage(), permissions.subscriptions, signal);
}

/** Token scopes are set with the endpoint: left alone they stay those of the public cloud, whatever the endpoint is. */
function sdkOptions({ endpoint, retryDelayInMs, ca }: ArmSettings) {
  return {
    endpoint,
    credentials: { scopes: [`${endpoint}/.default`] },
    retryOptions: { maxRetries: 3, retryDelayInMs },
    userAgentOptions: { userAgentPrefix: `${tool.name}/${tool.version}` },
    ...(ca ? { tlsOptions: { ca } } : {}),
  };
}

type Page<T> = T[] & { readonly continuationToken?: string };

/** The items of all pages. */
export async function* itemsOf<T>(
  pages: () => AsyncIterable<Page<T>>,
  permission: string,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const notePage = notePages('Azure');
  try {
    for await (const page of pages()) {
      yield* page;
      if (page.continuationToken !== undefined) notePage(page.continuationToken);
    }
  } catch (error) {
    throw toProviderError(error, permission, signal);
  }
}
