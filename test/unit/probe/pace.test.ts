import { expect, test } from 'vitest';

import { createBudget } from '../../../src/probe/pace.ts';

const running = new AbortController().signal;

test('the first connection is due at once, each further one after the pace', async () => {
  const budget = createBudget(60);
  const start = performance.now();
  await budget.awaitTurn('a:443', running);
  await budget.awaitTurn('b:443', running);
  expect(performance.now() - start).toBeLessThan(50);
  await budget.awaitTurn('a:443', running);
  expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  await budget.awaitTurn('a:443', running);
  expect(performance.now() - start).toBeGreaterThanOrEqual(110);
});

test('waiting ends with the signal', async () => {
  const budget = createBudget(5_000);
  await budget.awaitTurn('a:443', running);
  const start = performance.now();
  await budget.awaitTurn('a:443', AbortSignal.timeout(20));
  expect(performance.now() - start).toBeLessThan(1_000);
});

test('eight requests to one address, and no more, the last of them for a second look', () => {
  const budget = createBudget(0);
  const spent = Array.from({ length: 10 }, () => budget.spend('a', 'full'));
  expect(spent.filter(Boolean)).toHaveLength(7);
  expect(spent.lastIndexOf(true)).toBe(6);
  expect([1, 2].map(() => budget.spend('a', 'second'))).toEqual([true, false]);
  expect(budget.spend('b', 'full')).toBe(true);
});
