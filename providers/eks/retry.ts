import type { EKSClientConfig } from '@aws-sdk/client-eks';

type RetryStrategy = Extract<NonNullable<EKSClientConfig['retryStrategy']>, { acquireInitialRetryToken: unknown }>;
type RetryToken = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>;

/** Milliseconds to wait before an attempt; the first one that is asked for is number 1. */
export type RetryDelay = (attempt: number, throttled: boolean) => number;

/**
 * A refusal for being too fast is waited out as long as the budget and the time of a call last: where every second call is
 * refused, eight attempts would still lose four clusters of a thousand. An endpoint that is not there gets no such patience.
 */
const mostAttempts = { THROTTLING: Infinity, TRANSIENT: 4, SERVER_ERROR: 4, CLIENT_ERROR: 1 };
const mostDelay = 5_000;
const fullBudget = 100;

/** Full jitter: five workers that were throttled together must not come back together. */
export const jitteredDelay: RetryDelay = (attempt, throttled) =>
  Math.random() * Math.min(mostDelay, (throttled ? 200 : 100) * 2 ** (attempt - 1));

/**
 * Retries of one account and region. All its calls share one budget, which successes fill again: a service that refuses
 * everything is asked a hundred times more, and not again and again for each cluster.
 */
export function createRetries(delayOf: RetryDelay): RetryStrategy {
  let budget = fullBudget;
  return {
    acquireInitialRetryToken: async () => retryToken(0, 0),
    refreshRetryTokenForRetry: async (last, { errorType, retryAfterHint }) => {
      const attempt = last.getRetryCount() + 1;
      if (attempt >= mostAttempts[errorType] || budget <= 0) throw new Error('no attempt left');
      budget -= 1;
      const asked = retryAfterHint ? Math.min(mostDelay, retryAfterHint.getTime() - Date.now()) : 0;
      return retryToken(attempt, Math.max(asked, delayOf(attempt, errorType === 'THROTTLING')));
    },
    recordSuccess: (token) => {
      budget = Math.min(fullBudget, budget + token.getRetryCount() + 1);
    },
  };
}

function retryToken(attempts: number, delay: number): RetryToken {
  return { getRetryCount: () => attempts, getRetryDelay: () => delay };
}
