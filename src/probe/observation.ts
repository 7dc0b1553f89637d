import { cut } from '../lib/text.ts';
import type { AddressResult, Identity, Outcome } from '../model/probe.ts';

/** What a look has found out so far; the clock's part is added at the end. */
export type Observation = Omit<AddressResult, 'startedAt' | 'durationMs'>;

export type Facts = Partial<Omit<Observation, 'outcome' | 'detail' | 'identity'>>;

/** Adds the clock's part. */
export type Stamp = (observation: Observation) => AddressResult;

/** From now on. */
export function startClock(now: () => Date): Stamp {
  const startedAt = now().toISOString();
  const start = performance.now();
  return (observation) => ({ ...observation, startedAt, durationMs: Math.round(performance.now() - start) });
}

/** A fault of ours on hostile input must cost an address its result, never the run. */
export function sawFault(error: unknown, facts: Facts = {}): Observation {
  return sawNothing('inconclusive', `The probe failed (${cut(String(error), 120)}).`, facts);
}

/** No byte came from a peer. */
export function sawNothing(outcome: Outcome, detail: string, facts: Facts = {}): Observation {
  return observed(outcome, detail, { peer: 'none', signals: [] }, facts);
}

/** Bytes came, and they did not come from this cluster. */
export function sawOther(outcome: Outcome, detail: string, facts: Facts, guess?: string): Observation {
  return observed(outcome, detail, { peer: 'other', signals: [], ...(guess === undefined ? {} : { guess }) }, facts);
}

export function observed(outcome: Outcome, detail: string, identity: Identity, facts: Facts): Observation {
  return { connected: false, timedOut: false, requests: [], ...facts, outcome, detail, identity };
}
