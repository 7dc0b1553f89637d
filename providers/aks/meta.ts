import type { Cluster } from '../../src/model/cluster.ts';
import type { ProviderMeta, ScanTarget } from '../../src/model/provider.ts';
import { resourceId } from './resource-id.ts';

export const meta: ProviderMeta = {
  id: 'aks',
  title: 'Azure Kubernetes Service',
  cloud: 'azure',
  accountWord: 'subscription',
  locationWord: 'location',
  permissions: [
    {
      name: 'Microsoft.ContainerService/managedClusters/read',
      why:
        'lists the clusters of a subscription with their settings, and reads one again before a contradiction is called; ' +
        'never grant listClusterUserCredential, listClusterAdminCredential, runcommand or commandResults with it, which open the clusters themselves',
    },
    {
      name: 'Microsoft.Resources/subscriptions/read',
      why: 'lists the subscriptions to scan',
      without: 'subscriptions have to be named by --azure-subscription',
    },
    {
      name: 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read',
      why: 'lists which Azure resources may act in a cluster past its network settings, one call a cluster',
      without: 'that way in stays unknown',
      deep: true,
    },
    {
      name: 'Microsoft.ContainerService/managedClusters/privateEndpointConnections/read',
      why: 'lists whose private endpoints lead to a private cluster, one call a private cluster',
      without: 'that way in stays unknown',
      deep: true,
    },
  ],
  notSeen: [
    'clusters that are only connected through Azure Arc, and the way in that cluster connect opens to them',
    'AKS managed Bastion, the hosted AKS MCP server, jump hosts and tunnels',
    'the portal front of a public cluster (azurePortalFQDN), a second name of the same API server',
  ],
  seenDeep: [
    'trusted access role bindings, by which Azure services reach an API server past its network settings',
    'private endpoint connections from other subscriptions and networks',
  ],
  signIn: 'run `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET',
  calls,
  // Changed authorized ranges take up to two minutes to hold (AKS docs, authorized IP ranges).
  settlingSeconds: 130,
  logQuery,
};

function calls({ accounts, deep = false }: ScanTarget): readonly string[] {
  const lists =
    accounts.length > 0
      ? accounts.map(listOf)
      : ['GET /subscriptions (one call per page)', listOf('<each subscription that is listed>')];
  return [...lists, 'GET <a cluster> (again before a contradiction is called)', ...(deep ? deepCalls : [])];
}

const deepCalls = [
  'GET <each cluster>/trustedAccessRoleBindings (one call per page), one at a time in a subscription',
  'GET <each private cluster>/privateEndpointConnections',
];

function listOf(subscription: string): string {
  return `GET /subscriptions/${subscription}/providers/Microsoft.ContainerService/managedClusters (one call per page)`;
}

/** For Log Analytics, resource-specific mode; resource ids are in lower case there. */
function logQuery({ account = '', resourceGroup = '', name }: Cluster, auditId: string): string {
  return [
    'AKSAudit',
    `where _ResourceId =~ ${quote(resourceId(account, { resourceGroup, name }))}`,
    `where AuditId == ${quote(auditId)}`,
    'project TimeGenerated, Stage, Verb, RequestUri, ResponseStatus, SourceIps, User, UserAgent',
  ].join(' | ');
}

/** A string of the Kusto query language is escaped as one of JSON. */
function quote(text: string): string {
  return JSON.stringify(text);
}
