import type { Deadline } from './deadline.ts';
import type { ProbeLimits } from './limits.ts';
import type { Lookup } from './resolve.ts';

/** What the steps of one look share. */
export interface Run {
  readonly lookup: Lookup;
  readonly inside: boolean;
  readonly limits: ProbeLimits;
  readonly deadline: Deadline;
  /** Waits until the next connection to this target's name and port is due. */
  readonly awaitTurn: () => Promise<void>;
  /** The one retry of a look: true for the first who takes it. */
  readonly retry: { readonly take: () => boolean };
}

export function createRetry(): Run['retry'] {
  let isLeft = true;
  return {
    take: () => {
      const wasLeft = isLeft;
      isLeft = false;
      return wasLeft;
    },
  };
}
