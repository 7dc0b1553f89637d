import { addressesOf } from '../observation.ts';
import { isInterruption } from './interruption.ts';
import { issueOf, placeOf } from './issues.ts';
import { lookOnce } from './doors.ts';
import { notProbed } from './plan.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Look, Outcome, ProbeResult, ProbeTarget } from '../../model/probe.ts';
import type { LookContext, Run } from './run.ts';

/** What a probe says of a look that the end of the run cut short. */
const cutShort: readonly Outcome[] = ['not-probed', 'inconclusive'];

interface TakenLook {
  readonly result: ProbeResult;
  /** False makes the scope partial. */
  readonly isFinished: boolean;
}

/** One look at one endpoint. Never rejects. What was observed before an interrupt stays, since a byte that came is a fact. */
export async function takeLook(
  { run, record }: LookContext,
  cluster: Cluster,
  target: ProbeTarget,
  look: Look,
): Promise<TakenLook> {
  const { signal } = run.context;
  const result = signal.aborted ? undefined : await observe(run, cluster, target, look);
  for (const { localAddress } of result === undefined ? [] : addressesOf(result)) {
    if (localAddress !== undefined) run.ownAddresses.add(localAddress);
  }
  if (result !== undefined && !(signal.aborted && cutShort.includes(result.outcome))) {
    return { result, isFinished: true };
  }
  record.unfinishedProbes += 1;
  const detail = signal.aborted ? 'interrupted before the look was over' : 'the probe failed, see the issues';
  return { result: unfinished(result, detail, run.tools.now()), isFinished: false };
}

async function observe(run: Run, cluster: Cluster, target: ProbeTarget, look: Look): Promise<ProbeResult | undefined> {
  try {
    const probe = (): Promise<ProbeResult> => run.tools.probe(target, look, run.context);
    return await (look === 'full' ? lookOnce(run.doors, cluster, target, probe) : probe());
  } catch (error) {
    if (!isInterruption(error, run.context.signal)) run.issues.push(issueOf(error, placeOf(cluster)));
    return undefined;
  }
}

function unfinished(result: ProbeResult | undefined, detail: string, now: Date): ProbeResult {
  if (result === undefined) return notProbed(detail, now);
  return result.identity.peer === 'none' ? { ...result, outcome: 'not-probed', detail } : result;
}
