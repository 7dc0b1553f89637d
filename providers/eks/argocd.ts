import type { ArgoCdConfigResponse, Capability } from '@aws-sdk/client-eks';
import type { OtherPath } from '../../src/model/endpoint.ts';
import { text } from './field.ts';

type Described = Pick<OtherPath, 'state' | 'reason'>;

/**
 * One path for each hosted Argo CD: it has an address of its own, deploys into the cluster, and a private or restricted API
 * server does not restrict it. Other capabilities that were described are of a kind that is not known.
 */
export function argoCdPaths(capabilities: readonly Capability[]): readonly OtherPath[] {
  if (capabilities.length === 0) {
    return [{ kind: 'eks-argocd', state: 'closed', reason: 'the cluster has no Argo CD capability' }];
  }
  return capabilities.map((capability) => ({ kind: 'eks-argocd', ...describe(capability) }));
}

function describe({ type, capabilityName, status, configuration }: Capability): Described {
  const name = text(capabilityName, 100) ?? '(without a name)';
  const argoCd = configuration?.argoCd;
  if (argoCd === undefined) {
    const kind = text(type, 32) ?? '(not given)';
    return { state: 'unknown', reason: `the capability ${name} is of type ${kind}, and no Argo CD is described` };
  }
  const url = text(argoCd.serverUrl, 253);
  if (url !== undefined) return reachOf(argoCd, `the Argo CD ${name} at ${url}`);
  const state = text(status, 32) ?? '(not given)';
  return { state: 'unknown', reason: `the Argo CD ${name} has no address (yet); its status is ${state}` };
}

/** With VPC endpoints public access is blocked, without any it is open (EKS API reference, ArgoCdNetworkAccessConfigResponse). */
function reachOf({ networkAccess, rbacRoleMappings = [] }: ArgoCdConfigResponse, what: string): Described {
  const endpoints: unknown = networkAccess?.vpceIds ?? [];
  if (!Array.isArray(endpoints)) return { state: 'unknown', reason: `${what} has VPC endpoints that cannot be read` };
  if (endpoints.length > 0) return { state: 'closed', reason: `${what} is reached through VPC endpoints alone` };
  const roles = new Set(rbacRoleMappings.map(({ role }) => text(role, 32) ?? '(not given)'));
  const who = roles.size === 0 ? 'no identity has a role in it' : `identities have the roles ${[...roles].join(', ')}`;
  return {
    state: 'open',
    reason: `${what} is reached from the internet, with the sign-in of IAM Identity Center before it; ${who}`,
  };
}
