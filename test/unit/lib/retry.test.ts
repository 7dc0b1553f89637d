import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { retry, retryAfterMs, retryBudget, type Again, type RetryPolicy } from '../../../src/lib/retry.ts';

class Busy extends Error {
  readonly hint: Again;

  constructor(afterMs?: number) {
    super('busy');
    this.hint = afterMs === undefined ? {} : { afterMs };
  }
}

/** A policy whose waits are recorded instead of slept. */
function recording(overrides: Partial<RetryPolicy> = {}): RetryPolicy & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    attempts: 5,
    baseMs: 100,
    capMs: 500,
    longestWaitMs: 10_000,
    budget: retryBudget(100),
    again: (error) => (error instanceof Busy ? error.hint : undefined),
    random: () => 1,
    sleep: (milliseconds) => Promise.resolve(waits.push(milliseconds)),
    ...overrides,
  };
}

/** Fails as many times as there are errors, then succeeds. */
function failing(...errors: Error[]): { attempt: () => Promise<string>; made: () => number } {
  let made = 0;
  return {
    attempt: () => {
      const error = errors[made++];
      return error ? Promise.reject(error) : Promise.resolve('done');
    },
    made: () => made,
  };
}

const busy = (count: number): Busy[] => Array.from({ length: count }, () => new Busy());
const never = new AbortController().signal;

describe('retry', () => {
  it('doubles the wait up to the cap', async () => {
    const policy = recording();
    await expect(retry(failing(...busy(4)).attempt, policy, never)).resolves.toBe('done');
    expect(policy.waits).toEqual([100, 200, 400, 500]);
  });

  it('waits a random part of it', async () => {
    const policy = recording({ random: () => 0.25 });
    await retry(failing(...busy(2)).attempt, policy, never);
    expect(policy.waits).toEqual([25, 50]);
  });

  it('waits at least as long as the server asks', async () => {
    const policy = recording();
    await retry(failing(new Busy(3000), new Busy(1)).attempt, policy, never);
    expect(policy.waits).toEqual([3000, 200]);
  });

  it('gives up at once where the server asks for more than the longest wait', async () => {
    const calls = failing(new Busy(10_001));
    await expect(retry(calls.attempt, recording(), never)).rejects.toThrow('busy');
    expect(calls.made()).toBe(1);
  });

  it('raises the last error after the last attempt', async () => {
    const calls = failing(...busy(9));
    await expect(retry(calls.attempt, recording({ attempts: 3 }), never)).rejects.toThrow(Busy);
    expect(calls.made()).toBe(3);
  });

  it('does not repeat what cannot be cured', async () => {
    const calls = failing(new Error('refused'));
    await expect(retry(calls.attempt, recording(), never)).rejects.toThrow('refused');
    expect(calls.made()).toBe(1);
  });

  it('shares a budget between calls', async () => {
    const policy = recording({ budget: retryBudget(3) });
    const first = failing(...busy(9));
    const second = failing(...busy(9));
    await expect(retry(first.attempt, policy, never)).rejects.toThrow(Busy);
    await expect(retry(second.attempt, policy, never)).rejects.toThrow(Busy);
    expect([first.made(), second.made()]).toEqual([4, 1]);
  });

  it('never runs dry while every second call succeeds', async () => {
    const policy = recording({ budget: retryBudget(1) });
    for (let call = 0; call < 20; call += 1) {
      await expect(retry(failing(new Busy()).attempt, policy, never)).resolves.toBe('done');
    }
  });

  it('stops when the signal is aborted, during a wait and before one', async () => {
    const stop = new AbortController();
    const policy = recording({ sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }) });
    const waiting = retry(failing(new Busy(9000)).attempt, policy, stop.signal);
    setTimeout(() => stop.abort(), 5);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(retry(failing(new Busy()).attempt, recording(), stop.signal)).rejects.toThrow(Busy);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-11-24T00:00:00Z');
  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 00:00:05 GMT', 5000],
    ['Mon, 23 Nov 2026 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1e9', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %j as %j', (header, milliseconds) => {
    expect(retryAfterMs(header, now)).toBe(milliseconds);
  });
});
