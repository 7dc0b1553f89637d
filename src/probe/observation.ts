import type { Identity, Outcome, ProbeResult } from '../model/probe.ts';

/** What a look has found out so far; the clock's part is added at the end. */
export type Observation = Omit<ProbeResult, 'startedAt' | 'durationMs'>;

export type Facts = Partial<Omit<Observation, 'outcome' | 'detail' | 'identity'>>;

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
