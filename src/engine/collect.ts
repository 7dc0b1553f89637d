import { collectCloud } from './collect/cloud.ts';
import { createRun } from './collect/run.ts';
import { evidenceOf } from './collect/evidence.ts';
import { UsageError } from '../model/errors.ts';
import type { CallContext, Provider } from '../model/provider.ts';
import type { CollectRequest, CollectTarget, CollectTools } from './collect/request.ts';
import type { Evidence } from '../model/evidence.ts';

export type {
  CollectProgress,
  CollectRequest,
  CollectTarget,
  CollectTools,
  ConnectToRule,
  LookTools,
  ProbeRules,
} from './collect/request.ts';

/**
 * Enumerates, probes as clusters come in, and takes the second looks. What a cloud or a peer does is never thrown: it is an
 * issue and a coverage row. When the signal is aborted, the evidence of what was covered is returned.
 *
 * @throws {UsageError} where a provider refuses the user's settings while it is loaded; nothing was asked then.
 */
export async function collect(request: CollectRequest, tools: CollectTools, context: CallContext): Promise<Evidence> {
  const startedAt = tools.now();
  const run = createRun(request, tools, context);
  const clouds = request.targets.map((target) => ({ target, loading: load(target, tools) }));
  const outcomes = await Promise.allSettled(clouds.map(({ loading }) => loading));
  const refusal = outcomes.find((outcome) => outcome.status === 'rejected' && outcome.reason instanceof UsageError);
  if (refusal?.status === 'rejected') throw refusal.reason;
  await Promise.all(clouds.map(({ target, loading }) => collectCloud(run, target, loading)));
  await Promise.all(run.looks);
  return evidenceOf(run, tools.uuid(), startedAt);
}

async function load(target: CollectTarget, { providers, env }: CollectTools): Promise<Provider> {
  const entry = providers.find(({ meta }) => meta.id === target.provider);
  if (entry === undefined) throw new Error(`no provider is registered as ${target.provider}`);
  return entry.load(env);
}
