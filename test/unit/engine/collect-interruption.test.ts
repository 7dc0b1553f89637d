import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { eachUntilAborted, untilAborted } from '../../../src/engine/collect/interruption.ts';
import { settle } from '../../fixtures/providers.ts';

const never = new Promise<never>(() => undefined);

async function* one(): AsyncGenerator<number, void> {
  yield 1;
}

describe('untilAborted', () => {
  it.each([
    ['the answer', () => Promise.resolve('answer'), 'answer'],
    ['the refusal', () => Promise.reject(new RangeError('no')), new RangeError('no')],
  ])('gives %s, and leaves no listener behind', async (_, ask, outcome) => {
    const { signal } = new AbortController();
    const answered = await untilAborted<unknown>(ask, signal).catch((error: unknown) => error);
    expect(answered).toEqual(outcome);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('lets go at once, and of what comes later as well', async () => {
    const abort = new AbortController();
    const late = Promise.withResolvers<never>();
    const waiting = untilAborted(() => late.promise, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toThrow(expect.objectContaining({ name: 'Interruption' }));
    // Unhandled, this would end the process.
    late.reject(new Error('too late'));
    await settle();
  });

  it('asks nothing after the end', async () => {
    let isAsked = false;
    const ask = async (): Promise<void> => {
      isAsked = true;
    };
    await expect(untilAborted(ask, AbortSignal.abort())).rejects.toThrow(
      expect.objectContaining({ name: 'Interruption' }),
    );
    expect(isAsked).toBe(false);
  });
});

describe('eachUntilAborted', () => {
  it('closes a stream that is left early', async () => {
    let isClosed = false;
    async function* items(): AsyncGenerator<number, void> {
      try {
        yield 1;
        yield 2;
      } finally {
        isClosed = true;
      }
    }
    for await (const item of eachUntilAborted(items, new AbortController().signal)) if (item === 1) break;
    await settle();
    expect(isClosed).toBe(true);
  });

  it('asks for no further item once it is over, and leaves no listener behind', async () => {
    const abort = new AbortController();
    let given = 0;
    async function* items(): AsyncGenerator<number, void> {
      for (;;) yield (given += 1);
    }
    const reading = (async () => {
      for await (const item of eachUntilAborted(items, abort.signal)) if (item === 2) abort.abort();
    })();
    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'Interruption' }));
    expect(given).toBe(2);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('leaves no listener behind where the stream ends', async () => {
    const { signal } = new AbortController();
    for await (const _ of eachUntilAborted(one, signal)) expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does not wait for a stream that closes badly', async () => {
    const abort = new AbortController();
    const late = Promise.withResolvers<never>();
    async function* items(): AsyncGenerator<number, void> {
      yield 1;
      await late.promise;
    }
    const reading = (async () => {
      for await (const _ of eachUntilAborted(items, abort.signal)) setImmediate(() => abort.abort());
    })();
    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'Interruption' }));
    late.reject(new Error('connection closed'));
    await settle();
  });

  it('takes a stream whose closing fails', async () => {
    const stream = {
      [Symbol.asyncIterator]: () => ({
        next: () => never,
        return: () => Promise.reject(new Error('cannot close')),
      }),
    };
    const abort = new AbortController();
    const reading = eachUntilAborted(() => stream, abort.signal).next();
    abort.abort();
    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'Interruption' }));
    await settle();
  });
});
