import {
  DescribeCapabilityCommand,
  ListCapabilitiesCommand,
  type Capability,
  type CapabilitySummary,
  type EKSClient,
} from '@aws-sdk/client-eks';
import type { CallContext } from '../../src/model/provider.ts';
import { notePages } from '../lib/pages.ts';
import { attempt, type Timing } from './attempt.ts';
import { malformed } from './errors.ts';

/** What is asked about, and by which client. */
export interface CapabilityQuestion {
  readonly client: EKSClient;
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
  { client, cluster }: CapabilityQuestion,
  timing: Timing,
  context: CallContext,
): Promise<readonly CapabilitySummary[]> {
  const doing = 'eks:ListCapabilities';
  const listed: CapabilitySummary[] = [];
  const notePage = notePages(doing);
  let token: string | undefined;
  do {
    if (token) notePage(token);
    const command: ListCapabilitiesCommand = new ListCapabilitiesCommand({
      clusterName: cluster,
      ...(token && { nextToken: token }),
    });
    const answer = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
    if (!Array.isArray(answer.capabilities)) throw malformed(doing, 'the answer holds no list of capabilities');
    listed.push(...answer.capabilities);
    token = answer.nextToken;
  } while (token);
  return listed;
}

async function describeCapability(
  { client, cluster }: CapabilityQuestion,
  name: string | undefined,
  timing: Timing,
  context: CallContext,
): Promise<Capability> {
  const doing = 'eks:DescribeCapability';
  if (!name) throw malformed(doing, 'a capability is listed without a name');
  const command = new DescribeCapabilityCommand({ clusterName: cluster, capabilityName: name });
  const { capability } = await attempt(doing, timing, context, (abortSignal) => client.send(command, { abortSignal }));
  if (typeof capability !== 'object') throw malformed(doing, 'the answer holds no capability');
  return capability;
}
