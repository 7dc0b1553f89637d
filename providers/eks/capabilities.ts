import {
  DescribeCapabilityCommand,
  ListCapabilitiesCommand,
  type Capability,
  type CapabilitySummary,
  type EKSClient,
} from '@aws-sdk/client-eks';
import { cut } from '../../src/lib/text.ts';
import type { CallContext } from '../../src/model/provider.ts';
import { attempt, type Timing } from './attempt.ts';
import { malformed } from './errors.ts';

/** What is asked about, and by which client. */
export interface CapabilityQuestion {
  readonly client: EKSClient;
  readonly region: string;
  readonly cluster: string;
}

/** Capabilities without an address of their own: controllers that run in AWS and call out (EKS user guide, capabilities). */
const withoutAddress: readonly unknown[] = ['ACK', 'KRO'];

/** The capabilities of a cluster that may have an address, described: one call for the list, and one for each of them. */
export async function readCapabilities(
  question: CapabilityQuestion,
  timing: Timing,
  context: CallContext,
): Promise<readonly Capability[]> {
  const capabilities: Capability[] = [];
  for (const { type, capabilityName } of await listCapabilities(question, timing, context)) {
    if (withoutAddress.includes(type)) continue;
    capabilities.push(await describeCapability(question, capabilityName, timing, context));
  }
  return capabilities;
}

/** An answer without a list is not an empty list. */
async function listCapabilities(
  { client, region, cluster }: CapabilityQuestion,
  timing: Timing,
  context: CallContext,
): Promise<readonly CapabilitySummary[]> {
  const doing = `eks:ListCapabilities of ${cut(cluster, 128)} in ${region}`;
  const listed: CapabilitySummary[] = [];
  let token: string | undefined;
  do {
    const command: ListCapabilitiesCommand = new ListCapabilitiesCommand({
      clusterName: cluster,
      ...(token && { nextToken: token }),
    });
    const answer = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
    if (!Array.isArray(answer.capabilities)) throw malformed(doing, 'the answer holds no list of capabilities');
    if (answer.nextToken && answer.nextToken === token) throw malformed(doing, 'the same page comes again and again');
    listed.push(...answer.capabilities);
    token = answer.nextToken;
  } while (token);
  return listed;
}

async function describeCapability(
  { client, region, cluster }: CapabilityQuestion,
  name: string | undefined,
  timing: Timing,
  context: CallContext,
): Promise<Capability> {
  const doing = `eks:DescribeCapability of ${cut(name ?? '(without a name)', 128)} in ${cut(cluster, 128)} in ${region}`;
  if (!name) throw malformed(doing, 'a capability is listed without a name');
  const command = new DescribeCapabilityCommand({ clusterName: cluster, capabilityName: name });
  const { capability } = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
  if (typeof capability !== 'object') throw malformed(doing, 'the answer holds no capability');
  return capability;
}
