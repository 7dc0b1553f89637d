import { createLimit } from '../lib/limit.ts';
import type { InspectTls, Look, Probe, ProbeResult, ProbeTarget } from '../model/probe.ts';
import type { CallContext } from '../model/provider.ts';
import { startDeadline } from './deadline.ts';
import { defaultLimits, type ProbeLimits } from './limits.ts';
import { takeLook } from './look.ts';
import { sawFault, sawNothing, startClock } from './observation.ts';
import { createBudget, type Budget } from './pace.ts';
import { createKnocker, type KnockAtPorts } from './ports/index.ts';
import { createInspection } from './posture/index.ts';
import { createLookup, type Lookup } from './resolve.ts';
import type { TrustRoots } from './roots.ts';
import type { Run } from './run.ts';
import { createAnchors, type Anchors } from './trust.ts';

export { systemTrustRoots, type TrustRoots } from './roots.ts';
export { sentTo, serviceAt } from './ports/index.ts';
export { requestPaths } from './steps.ts';

export interface ProbeOptions {
  readonly userAgent: string;
  /** We stand inside: private, CGNAT, unique-local and loopback addresses may be dialled. */
  readonly inside: boolean;
  /** Ask, after the ladder, for kube-public/cluster-info; false where absent. */
  readonly bootstrapInfo?: boolean;
  /** DNS servers to ask (`address`, `address:port`, `[address]:port`); empty: the system's resolver. */
  readonly resolvers: readonly string[];
  readonly roots: TrustRoots;
  /** Looks at the same time; 64 where absent. */
  readonly concurrency?: number;
  readonly limits?: Partial<ProbeLimits>;
  readonly now: () => Date;
}

interface Tools {
  readonly options: ProbeOptions;
  readonly limits: ProbeLimits;
  readonly lookup: Lookup;
  readonly anchorsFor: (trust: ProbeTarget['trust']) => Anchors;
  readonly budget: Budget;
  readonly knockAtPorts: KnockAtPorts;
}

/** The two ways of looking at an endpoint. */
export interface Probing {
  readonly probe: Probe;
  readonly inspectTls: InspectTls;
}

/** Both for one run, which share the pace of a name: its limits hold over all that is done by them. What a peer does is never thrown. */
export function createProbing(options: ProbeOptions): Probing {
  const limits = { ...defaultLimits, ...options.limits };
  const tools: Tools = {
    options,
    limits,
    lookup: createLookup(options.resolvers),
    anchorsFor: createAnchors(options.roots),
    budget: createBudget(limits.pace),
    knockAtPorts: createKnocker(),
  };
  const limit = createLimit(options.concurrency ?? 64);
  return {
    probe: (target, look, context) => limit(probeOnce, target, look, context, tools),
    inspectTls: createInspection({ ...tools, inside: options.inside, now: options.now }),
  };
}

/** A probe for one run: its limits (requests an address, pace, looks at a time) hold over all its looks. It never throws. */
export function createProbe(options: ProbeOptions): Probe {
  return createProbing(options).probe;
}

function probeOnce(target: ProbeTarget, look: Look, context: CallContext, tools: Tools): Promise<ProbeResult> {
  const seen = observe(target, look, context, tools);
  if (target.ports === undefined || look === 'second') return seen;
  return seen.then((result) => addPorts(target, result, context, tools));
}

/** Other ports have time limits of their own; a fault of ours there must not cost what the look has found. */
async function addPorts(
  target: ProbeTarget,
  seen: ProbeResult,
  { signal }: CallContext,
  { options, limits, anchorsFor, knockAtPorts }: Tools,
): Promise<ProbeResult> {
  const { host, auditId } = target;
  const { context } = anchorsFor({ kind: 'unverified' });
  const knockTools = { host, auditId, userAgent: options.userAgent, context, limits, signal };
  const ports = await knockAtPorts(target, seen, knockTools).catch(() => []);
  return ports === undefined ? seen : { ...seen, ports };
}

async function observe(target: ProbeTarget, look: Look, context: CallContext, tools: Tools): Promise<ProbeResult> {
  const { options, limits, budget } = tools;
  const stamp = startClock(options.now);
  // After an interrupt thousands may still stand in line: none of them is worth a TLS context.
  if (context.signal.aborted) return stamp(sawNothing('not-probed', 'The run was interrupted.'));
  const deadline = startDeadline(limits.total, context.signal);
  const name = `${target.host.toLowerCase()}:${target.port}`;
  try {
    const run: Run = {
      target,
      look,
      anchors: tools.anchorsFor(target.trust),
      userAgent: options.userAgent,
      inside: options.inside,
      bootstrapInfo: options.bootstrapInfo ?? false,
      lookup: tools.lookup,
      limits,
      deadline,
      now: options.now,
      awaitTurn: () => budget.awaitTurn(name, deadline.signal),
      spend: (address) => budget.spend(`${name} ${address}`, look),
    };
    return await takeLook(run, stamp);
  } catch (error) {
    return stamp(sawFault(error));
  } finally {
    deadline.dispose();
  }
}
