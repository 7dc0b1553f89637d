import { ProviderError } from '../../src/model/errors.ts';
import type { CallContext } from '../../src/model/provider.ts';
import { toProviderError } from './errors.ts';
import { jitteredDelay, type RetryDelay } from './retry.ts';

/** How long things may take, in milliseconds; tests make it short. */
export interface Timing {
  readonly retryDelay: RetryDelay;
  /** One attempt, until its headers are there. */
  readonly attempt: number;
  /** One call with all its attempts and the whole body. */
  readonly call: number;
}

export const defaultTiming: Timing = { retryDelay: jitteredDelay, attempt: 15_000, call: 120_000 };

/**
 * Sends one call, bounded in time and by the run's end, and translates what goes wrong. It does not wait for what takes no
 * signal, such as looking for credentials.
 */
export async function attempt<Answer>(
  doing: string,
  timing: Timing,
  context: CallContext,
  send: (abortSignal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  if (context.signal.aborted) throw stopped();
  const over = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const end = (): void => {
    over.abort();
    reject(new DOMException('no answer came in time', 'AbortError'));
  };
  const timer = setTimeout(end, timing.call);
  context.signal.addEventListener('abort', end);
  send(over.signal).then(resolve, reject);
  try {
    return await promise;
  } catch (error) {
    throw context.signal.aborted ? stopped(error) : toProviderError(error, doing);
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', end);
  }
}

/** What an adapter throws once the run was interrupted or its time is over. */
export function stopped(cause?: unknown): ProviderError {
  return new ProviderError('timeout', 'the scan was stopped before AWS had answered', { cause });
}
