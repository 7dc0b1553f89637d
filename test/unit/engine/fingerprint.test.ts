import { expect, test } from 'vitest';
import { fingerprint } from '../../../src/engine/fingerprint.ts';

test('a fingerprint stays the same for ever: baselines and tickets hold it', () => {
  expect(fingerprint('open-endpoint', 'eks:1234/eu-1/prod', 'public')).toBe(
    '6081333bcb68b9114bb6da420798fc7ca0454ec4bb04d6d977b732bc24b68316',
  );
  expect(fingerprint('no-private-endpoint', 'eks:1234/eu-1/prod', undefined)).toBe(
    'fac476962ae74e2448289b2e787016d9f2ac497bbe3652ca7b49e0ecc43a62a0',
  );
});

test('each of its parts changes it, and no part runs into the next', () => {
  const prints = [
    fingerprint('a', 'b', 'public'),
    fingerprint('a', 'b', 'dns'),
    fingerprint('a', 'b', undefined),
    fingerprint('ab', '', 'public'),
    fingerprint('', 'ab', 'public'),
    fingerprint('a","b', '', 'public'),
  ];
  expect(new Set(prints).size).toBe(prints.length);
});
