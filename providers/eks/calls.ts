import type { AccountClientConfig } from '@aws-sdk/client-account';
import {
  DescribeClusterCommand,
  ListClustersCommand,
  type Cluster as EksCluster,
  type EKSClient,
} from '@aws-sdk/client-eks';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { CallContext } from '../../src/model/provider.ts';
import { notePages } from '../lib/pages.ts';
import { attempt, type Timing } from './attempt.ts';
import { malformed } from './errors.ts';
import { isRegion } from './regions.ts';

export interface NamesPage {
  readonly names: readonly string[];
  readonly nextToken?: string;
}

/** One page of names, the external clusters among them. An answer without a list is not an empty list. */
export async function listNames(
  client: EKSClient,
  token: string | undefined,
  timing: Timing,
  context: CallContext,
): Promise<NamesPage> {
  const doing = 'eks:ListClusters';
  const command = new ListClustersCommand({ include: ['all'], maxResults: 100, ...(token && { nextToken: token }) });
  const answer = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
  const { clusters: names, nextToken } = answer;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw malformed(doing, 'the answer holds no list of clusters');
  }
  return { names, ...(nextToken && { nextToken }) };
}

export async function describeCluster(
  client: EKSClient,
  name: string,
  timing: Timing,
  context: CallContext,
): Promise<EksCluster> {
  const doing = 'eks:DescribeCluster';
  const command = new DescribeClusterCommand({ name });
  const { cluster } = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
  if (typeof cluster !== 'object') throw malformed(doing, 'the answer holds no cluster');
  return cluster;
}

/** The regions that are enabled for the account. Its SDK is loaded here, as runs with named regions do without. */
export async function listRegions(
  config: AccountClientConfig,
  timing: Timing,
  context: CallContext,
): Promise<readonly string[]> {
  const { AccountClient, ListRegionsCommand } = await import('@aws-sdk/client-account');
  const doing = 'account:ListRegions';
  const client = new AccountClient(config);
  const regions: string[] = [];
  const notePage = notePages(doing);
  let token: string | undefined;
  do {
    if (token) notePage(token);
    const command: InstanceType<typeof ListRegionsCommand> = new ListRegionsCommand({
      RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
      MaxResults: 50,
      ...(token && { NextToken: token }),
    });
    const answer = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
    const page = Array.isArray(answer.Regions) ? answer.Regions.map(({ RegionName }) => RegionName ?? '') : [];
    if (page.length === 0 || !page.every(isRegion)) throw malformed(doing, 'the answer holds no list of regions');
    regions.push(...page);
    token = answer.NextToken;
  } while (token);
  return regions;
}

export async function askAccount(config: STSClientConfig, timing: Timing, context: CallContext): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const doing = 'sts:GetCallerIdentity';
  const client = new STSClient(config);
  const { Account } = await attempt(doing, timing, context, (abortSignal) =>
    client.send(new GetCallerIdentityCommand(), { abortSignal }),
  );
  if (!/^\d{12}$/.test(Account ?? '')) throw malformed(doing, 'the answer names no account');
  return Account as string;
}
