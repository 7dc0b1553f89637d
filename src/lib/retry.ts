/** What a failed attempt asks for: another one, after the server's own waiting time where it named one. */
export interface Again {
  /** Milliseconds, from a `Retry-After`. */
  readonly afterMs?: number;
}

export interface RetryPolicy {
  /** Attempts of one call, the first included. */
  readonly attempts: number;
  /** The longest wait before the second attempt; it doubles with each further one, up to `capMs`. */
  readonly baseMs: number;
  readonly capMs: number;
  /** A server that asks for a longer wait than this is not asked again. */
  readonly longestWaitMs: number;
  /** Shared by all calls to one service, so that a service that is down is not asked several times for each of a thousand calls. */
  readonly budget: RetryBudget;
  /** Undefined for a failure that another attempt cannot cure. */
  again(error: unknown): Again | undefined;
  /** 0 to 1, as `Math.random`. */
  readonly random: () => number;
  /** Rejects when the signal is aborted, as `setTimeout` of `node:timers/promises`. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

export interface RetryBudget {
  /** Takes one retry out; false when none is left. */
  take(): boolean;
  /** A call that succeeded gives one back: a service that throttles every second call never runs dry. */
  giveBack(): void;
}

export function retryBudget(size: number): RetryBudget {
  let left = size;
  return {
    take: () => left > 0 && left-- > 0,
    giveBack: () => {
      left = Math.min(size, left + 1);
    },
  };
}

/**
 * Runs `attempt` until it succeeds, with full jitter between attempts (a random part of the longest wait, so that callers that
 * failed together do not come back together). Raises the last attempt's error, or the sleep's when the signal is aborted.
 */
export async function retry<T>(attempt: () => Promise<T>, policy: RetryPolicy, signal: AbortSignal): Promise<T> {
  for (let made = 1; ; made += 1) {
    try {
      const result = await attempt();
      policy.budget.giveBack();
      return result;
    } catch (error) {
      const wait = signal.aborted ? undefined : waitAfter(error, made, policy);
      if (wait === undefined) throw error;
      await policy.sleep(wait, signal);
    }
  }
}

/** Milliseconds to wait before the next attempt; undefined when there is none. */
function waitAfter(error: unknown, made: number, policy: RetryPolicy): number | undefined {
  const again = policy.again(error);
  if (!again || made >= policy.attempts || (again.afterMs ?? 0) > policy.longestWaitMs) return undefined;
  if (!policy.budget.take()) return undefined;
  const longest = Math.min(policy.capMs, policy.baseMs * 2 ** (made - 1));
  return Math.max(again.afterMs ?? 0, policy.random() * longest);
}

/** Milliseconds of a `Retry-After`, which is a number of seconds or a date; undefined where it is neither. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
