import type { ManagedCluster } from '@azure/arm-containerservice';
import { cut } from '../../src/lib/text.ts';
import type { Cluster, ClusterState } from '../../src/model/cluster.ts';
import type { Endpoint, OtherPath, Trust } from '../../src/model/endpoint.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import { parseHost } from '../lib/host.ts';
import { isPrivate, isTagOnly, publicAccess } from './access.ts';
import { textOf } from './field.ts';
import { parseResourceId, resourceId } from './resource-id.ts';
import type { ResourceName } from './resource-id.ts';

const clusterType = 'microsoft.containerservice/managedclusters';
const trust: Trust = {
  kind: 'none',
  reason: 'Azure Resource Manager does not give the certificate authority of the cluster',
};

/** All that goes into a cluster's id. */
interface Identity extends ResourceName {
  readonly account: string;
  readonly location: string;
}

/**
 * Turns one entry of a subscription's list into its cluster, and into issues for what of it cannot be read.
 * An entry of another type, or without a readable resource id or a location, is an issue alone; the latter names a place
 * of its own, so that it shows as partial coverage.
 */
export function mapCluster(item: ManagedCluster, account: string): (Cluster | ScanIssue)[] {
  const type = textOf(item.type) ?? clusterType;
  if (type.toLowerCase() !== clusterType) {
    const fact = `${cut(textOf(item.name) ?? 'an object', 63)} is listed among the clusters, but its type is ${cut(type, 100)}`;
    return [issueOf(account, '*', 'unsupported', fact)];
  }
  const identity = identify(item, account);
  if (!identity) {
    const location = cut(textOf(item.location) ?? 'unknown', 64);
    return [issueOf(account, location, 'malformed', 'an entry of the list has no readable resource id or no location')];
  }
  const cluster = describe(item, identity);
  return [cluster, ...hostIssues(item, cluster)];
}

/** Locations come in two forms: `westeurope` and, for display, `West Europe`. */
function identify(item: ManagedCluster, account: string): Identity | undefined {
  const name = parseResourceId(textOf(item.id) ?? '');
  const location = textOf(item.location)?.toLowerCase().replaceAll(' ', '');
  return name && location ? { account, location: cut(location, 64), ...name } : undefined;
}

function describe(item: ManagedCluster, identity: Identity): Cluster {
  const { account, location, resourceGroup, name } = identity;
  const version = textOf(item.currentKubernetesVersion) ?? textOf(item.kubernetesVersion);
  return {
    id: `aks:${account}/${location}/${resourceGroup}/${name}`,
    provider: 'aks',
    ...identity,
    ...(version ? { version: cut(version, 64) } : {}),
    auditLog: 'unknown',
    state: stateOf(item),
    endpoints: endpointsOf(item),
    otherPaths: [runCommand(item)],
    anonymous: {
      documented: 'disabled',
      reason: 'the CIS notes of AKS say that anonymous authentication is off; Microsoft does not promise it',
    },
    aliases: [resourceId(account, identity)],
  };
}

/** Provisioning states are free text in the API; the contract names those that are not `updating`. */
function stateOf(item: ManagedCluster): ClusterState {
  if (textOf(item.powerState?.code)?.toLowerCase() === 'stopped') return 'stopped';
  switch (textOf(item.provisioningState)?.toLowerCase()) {
    case undefined:
      return 'unknown';
    case 'succeeded':
    case 'canceled':
      return 'running';
    case 'creating':
      return 'creating';
    case 'deleting':
      return 'deleting';
    case 'failed':
      return 'failed';
    default:
      return 'updating';
  }
}

/**
 * A public cluster with VNet integration has a second address inside its network, which its nodes use (AKS docs, API Server
 * VNet Integration). Without a private DNS zone `privateFQDN` repeats `fqdn`: two roles of one host.
 */
function endpointsOf(item: ManagedCluster): Endpoint[] {
  const hasPrivateOne = isPrivate(item) || hasVnetIntegration(item);
  return hasPrivateOne ? [publicEndpoint(item), privateEndpoint(item)] : [publicEndpoint(item)];
}

/** A private cluster may keep a public name, which resolves to the private address; it is probed all the same. */
function publicEndpoint(item: ManagedCluster): Endpoint {
  const notes = [
    ...(isPrivate(item) && textOf(item.fqdn)
      ? ['its public name is documented to resolve to the private address']
      : []),
    ...vnetNotes(item),
    ...(hasVnetIntegration(item) && !isPrivate(item) && isTagOnly(item)
      ? ['with VNet integration a list of service tags alone was not enforced before the AKS release of July 2026']
      : []),
  ];
  return endpoint('public', textOf(item.fqdn), {
    access: publicAccess(item),
    trust,
    ...(notes.length > 0 ? { notes } : {}),
  });
}

function privateEndpoint(item: ManagedCluster): Endpoint {
  return endpoint('private', textOf(item.privateFqdn), {
    access: { kind: 'closed', reason: 'a private endpoint takes nothing from the internet' },
    trust,
    notes: ['whatever reaches its virtual network reaches it, authorized ranges do not apply', ...vnetNotes(item)],
  });
}

function endpoint(
  role: 'public' | 'private',
  host: string | undefined,
  facts: Pick<Endpoint, 'access' | 'trust' | 'notes'>,
): Endpoint {
  return { role, port: 443, ...(host ? parseHost(host) : {}), ...facts };
}

function vnetNotes(item: ManagedCluster): string[] {
  return hasVnetIntegration(item) ? ['API server VNet integration gives it an address in a subnet of the cluster'] : [];
}

function hasVnetIntegration(item: ManagedCluster): boolean {
  return item.apiServerAccessProfile?.enableVnetIntegration === true;
}

/** Runs commands inside the cluster by an Azure Resource Manager action, whatever the network settings; on unless switched off (AKS docs, command invoke). */
function runCommand(item: ManagedCluster): OtherPath {
  return item.apiServerAccessProfile?.disableRunCommand === true
    ? { kind: 'aks-run-command', state: 'closed', reason: 'run command is switched off' }
    : {
        kind: 'aks-run-command',
        state: 'open',
        reason: 'run command is not switched off: who may call that Azure action gets in past all network settings',
      };
}

function hostIssues(item: ManagedCluster, cluster: Cluster): ScanIssue[] {
  return [textOf(item.fqdn), textOf(item.privateFqdn)]
    .filter((host) => host !== undefined)
    .filter((host) => !parseHost(host))
    .map((host) => ({
      ...issueOf(
        cluster.account ?? '',
        '*',
        'malformed',
        `the host ${cut(host, 100)} is neither a name nor an address`,
      ),
      clusterId: cluster.id,
    }));
}

function issueOf(account: string, location: string, code: ScanIssue['code'], fact: string): ScanIssue {
  return { code, message: `Azure: ${fact}`, provider: 'aks', account, location };
}
