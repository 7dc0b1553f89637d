import type { EksOptions, EksAccount } from '../eks.ts';
import type { Reply, SeenRequest } from '../server.ts';
import type { Failure } from './answer.ts';

/** A capability as `DescribeCapability` gives it; a list has its first fields. */
export interface WireCapability {
  readonly capabilityName: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A hosted Argo CD. Without VPC endpoints it is reached from the internet. */
export function argoCd(capabilityName: string, configuration: object = {}): WireCapability {
  const serverUrl = `https://${capabilityName}.eks-capabilities.eu-west-1.amazonaws.example`;
  const rbacRoleMappings = [{ role: 'ADMIN', identities: [{ id: 'example-group', type: 'SSO_GROUP' }] }];
  const argoCdConfig = { namespace: 'argocd', serverUrl, rbacRoleMappings, ...configuration };
  return { capabilityName, type: 'ARGOCD', status: 'ACTIVE', configuration: { argoCd: argoCdConfig } };
}

/** Pages of one, so that a reader who stops after the first page shows. */
export function answerCapabilities(
  { url }: SeenRequest,
  { capabilities = {} }: EksAccount,
  { refuse }: EksOptions,
  fail: (failure: Failure) => Reply,
): Reply {
  const { pathname, searchParams } = new URL(url, 'http://emulator');
  const [cluster = '', , name] = pathname.slice('/clusters/'.length).split('/').map(decodeURIComponent);
  const refusal = refuse?.capabilities?.[cluster];
  if (refusal) return fail(refusal);
  const listed = capabilities[cluster] ?? [];
  if (name !== undefined) {
    const capability = listed.find(({ capabilityName }) => capabilityName === name);
    return capability ? { body: { capability } } : fail({ status: 404, type: 'ResourceNotFoundException' });
  }
  const start = Number(searchParams.get('nextToken') ?? 0);
  const page = listed.slice(start, start + 1).map(({ capabilityName, type }) => ({ capabilityName, type }));
  return { body: { capabilities: page, ...(start + 1 < listed.length && { nextToken: String(start + 1) }) } };
}
