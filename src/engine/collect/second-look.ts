import { advance, type LookContext } from './run.ts';
import { isInterruption, untilAborted } from './interruption.ts';
import { issueOf, placeOf } from './issues.ts';
import { isUnsettled, settingsAreEqual } from './settings.ts';
import { notProbed, reasonNotToProbe, targetOf } from './plan.ts';
import { ProviderError } from '../../model/errors.ts';
import { takeLook } from './look.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint, EndpointRole } from '../../model/endpoint.ts';
import type { EndpointProbe, ProbeResult, SecondLook } from '../../model/probe.ts';

export interface FirstLook {
  readonly role: EndpointRole;
  readonly result: ProbeResult;
  /** Of an endpoint that was probed; both looks carry it. */
  readonly auditId?: string;
  /** It contradicts the settings, so it counts only after a second look. */
  readonly isDoubted: boolean;
}

/** The cluster as it was read last, and what became of its settings. */
interface Reading {
  readonly cluster: Cluster;
  readonly settings: SecondLook['settings'];
}

/**
 * Settings take a while to hold on the wire, so a contradiction is reported only when it stands after a wait, with the
 * settings read again. There is no third look.
 */
export async function lookAgain(context: LookContext, cluster: Cluster, firsts: readonly FirstLook[]): Promise<void> {
  const { run } = context;
  const doubted = firsts.filter(({ isDoubted }) => isDoubted).length;
  advance(run, 'probesPlanned', doubted);
  const reading = await readAgain(context, cluster, doubted);
  run.clusters.set(cluster.id, reading.cluster);
  const probes = reading.cluster.endpoints.map((endpoint) => probeOf(context, reading, endpoint, firsts));
  run.probes.set(cluster.id, await Promise.all(probes));
  advance(run, 'probesDone', doubted);
}

async function readAgain(context: LookContext, cluster: Cluster, doubted: number): Promise<Reading> {
  const { run, reread, record, rules } = context;
  const { signal } = run.context;
  const seconds = rules.confirmAfter ?? context.settlingSeconds;
  try {
    await untilAborted(() => run.tools.sleep(seconds * 1000, signal), signal);
    if (reread === undefined) return { cluster, settings: 'not-read-again' };
    const fresh = await reread(cluster);
    if (fresh.undescribed !== undefined) throw new ProviderError('malformed', fresh.undescribed);
    if (isUnsettled(fresh)) return { cluster: fresh, settings: 'unsettled' };
    return { cluster: fresh, settings: settingsAreEqual(cluster, fresh) ? 'equal' : 'changed' };
  } catch (error) {
    if (isInterruption(error, signal)) record.unfinishedProbes += doubted;
    else run.issues.push(issueOf(error, placeOf(cluster)));
    return { cluster, settings: 'unread' };
  }
}

async function probeOf(
  context: LookContext,
  reading: Reading,
  endpoint: Endpoint,
  firsts: readonly FirstLook[],
): Promise<EndpointProbe> {
  const { role } = endpoint;
  const first = firsts.find((look) => look.role === role);
  const now = context.run.tools.now();
  const result = first?.result ?? notProbed('the endpoint appeared after the first look', now);
  const probe = { clusterId: reading.cluster.id, role, result };
  if (first?.auditId === undefined || !first.isDoubted) return probe;
  return { ...probe, secondLook: await lookTwice(context, reading, endpoint, first.auditId) };
}

async function lookTwice(
  context: LookContext,
  { cluster, settings }: Reading,
  endpoint: Endpoint,
  auditId: string,
): Promise<SecondLook> {
  const { run, rules } = context;
  const at = run.tools.now().toISOString();
  if (settings === 'unread' || settings === 'unsettled') return { settings, at };
  // A cluster that was stopped meanwhile, or an endpoint that lost its host, has changed even where its access has not.
  const reason = reasonNotToProbe(cluster, endpoint, run.request.vantage.kind, rules);
  if (reason !== undefined) return { settings: 'changed', at };
  const { result, isFinished } = await takeLook(
    context,
    cluster,
    targetOf(cluster, endpoint, rules, auditId),
    'second',
  );
  return isFinished ? { settings, at, result } : { settings: 'unread', at };
}
