import { setTimeout as sleep } from 'node:timers/promises';

import type { Look } from '../model/probe.ts';
import { maxRequests } from './limits.ts';

/** What a run has already asked of its peers, so that no endpoint is asked more often, or faster, than promised. */
export interface Budget {
  /** Waits until a connection to this inventory name and port is due, and books it. Returns early when the signal aborts. */
  readonly awaitTurn: (name: string, signal: AbortSignal) => Promise<void>;
  /**
   * Books one request to an address on behalf of a name; false where the run's limit is reached. The last one is left to a second look:
   * where two entries of the inventory lead to one API server, the looks at one must not leave a contradiction of the other unconfirmed.
   */
  readonly spend: (peer: string, look: Look) => boolean;
}

export function createBudget(pace: number): Budget {
  const nextTurn = new Map<string, number>();
  const spent = new Map<string, number>();
  return {
    awaitTurn: async (name, signal) => {
      const now = performance.now();
      dropPast(nextTurn, now);
      const turn = Math.max(now, nextTurn.get(name) ?? 0);
      nextTurn.delete(name);
      nextTurn.set(name, turn + pace);
      if (turn > now) await sleep(turn - now, undefined, { signal }).catch(() => undefined);
    },
    spend: (peer, look) => {
      const count = spent.get(peer) ?? 0;
      if (count >= (look === 'second' ? maxRequests : maxRequests - 1)) return false;
      spent.set(peer, count + 1);
      return true;
    },
  };
}

/** Turns are kept in the order of booking, so the past ones are nearly always first: memory stays that of the last second. */
function dropPast(nextTurn: Map<string, number>, now: number): void {
  for (const [name, turn] of nextTurn) {
    if (turn > now) return;
    nextTurn.delete(name);
  }
}
