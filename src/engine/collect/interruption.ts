import { ProviderError } from '../../model/errors.ts';

/** The run was ended: something is not waited for any more, or not asked at all. */
class Interruption extends Error {
  override readonly name = 'Interruption';
}

/**
 * Asks, and settles as the answer does, or rejects as soon as the signal is aborted: credential chains (a helper process, a
 * browser sign-in) do not listen to a signal, and an interrupted run still owes its report.
 */
export async function untilAborted<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new Interruption();
  const end = Promise.withResolvers<never>();
  const stop = (): void => end.reject(new Interruption());
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([ask(), end.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The items of a stream, until it ends or the signal is aborted. */
export async function* eachUntilAborted<T>(open: () => AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void> {
  if (signal.aborted) throw new Interruption();
  const iterator = open()[Symbol.asyncIterator]();
  let waiting: ((reason: Interruption) => void) | undefined;
  const stop = (): void => waiting?.(new Interruption());
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      if (signal.aborted) throw new Interruption();
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        waiting = reject;
        iterator.next().then(resolve, reject);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not awaited: an async generator takes `return` only after the item that it is still waiting for.
    iterator.return?.().catch(() => undefined);
  }
}

/** Whether the end of the run is why this was thrown. Adapters say `timeout` then; any other code of theirs is the cloud's own word. */
export function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && !(error instanceof ProviderError && error.code !== 'timeout');
}
