import type { Look, ProbeTarget } from '../model/probe.ts';
import type { Deadline } from './deadline.ts';
import type { ProbeLimits } from './limits.ts';
import type { Lookup } from './resolve.ts';
import type { Anchors } from './trust.ts';

/** What the looks at all addresses of an endpoint share. */
export interface Run {
  readonly target: ProbeTarget;
  readonly look: Look;
  readonly anchors: Anchors;
  readonly userAgent: string;
  readonly inside: boolean;
  readonly bootstrapInfo: boolean;
  readonly lookup: Lookup;
  readonly limits: ProbeLimits;
  readonly deadline: Deadline;
  readonly now: () => Date;
  /** Waits until the next connection to this target's name and port is due. */
  readonly awaitTurn: () => Promise<void>;
  /** Books one request to an address; false where the run may send no more to it. */
  readonly spend: (address: string) => boolean;
}

/** What the steps of a look at one address share. */
export interface AddressRun extends Run {
  /** The one retry of a look: true for the first who takes it. */
  readonly takeRetry: () => boolean;
}

export function createRetry(): AddressRun['takeRetry'] {
  let isLeft = true;
  return () => {
    const wasLeft = isLeft;
    isLeft = false;
    return wasLeft;
  };
}
