import { ProviderError } from '../../model/errors.ts';

/** The run was ended while something was waited for. */
class Interruption extends Error {
  override readonly name = 'Interruption';
}

/**
 * Settles as `work` does, or rejects as soon as the signal is aborted: credential chains (a helper process, a browser sign-in)
 * do not listen to a signal, and an interrupted run still owes its report.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(new Interruption());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The items of a stream, until it ends or the signal is aborted. */
export async function* eachUntilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not awaited: an async generator takes `return` only after the item that it is still waiting for.
    iterator.return?.().catch(() => undefined);
  }
}

/** Whether the end of the run is why this was thrown. Adapters say `timeout` then; any other code of theirs is the cloud's own word. */
export function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && !(error instanceof ProviderError && error.code !== 'timeout');
}
