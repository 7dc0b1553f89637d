import { expect, test } from 'vitest';

import { failureOf, type ConnectFailure } from '../../../src/probe/connect.ts';
import { describeFailure } from '../../../src/probe/dial.ts';

const facts = { address: '2001:db8::1', family: 'ipv6' } as const;

test.for<[string, ConnectFailure]>([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timed-out'],
  ['ECONNRESET', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['ENETUNREACH', 'no-route'],
  ['EADDRNOTAVAIL', 'no-route'],
  ['EAFNOSUPPORT', 'no-route'],
  ['EMFILE', 'unable'],
  ['EPERM', 'unable'],
])('%s: %s', ([code, failure]) => {
  expect(failureOf(code)).toBe(failure);
});

test.for<[ConnectFailure | undefined, ConnectFailure, string, boolean]>([
  [undefined, 'no-route', 'not-probed', false],
  [undefined, 'unable', 'not-probed', false],
  [undefined, 'unreachable', 'filtered', false],
  [undefined, 'refused', 'closed', false],
  [undefined, 'ended', 'inconclusive', false],
  ['reset', 'reset', 'filtered', false],
  ['reset', 'refused', 'closed', false],
  ['timed-out', 'timed-out', 'filtered', true],
  ['timed-out', 'ended', 'filtered', true],
  ['reset', 'timed-out', 'filtered', false],
  ['timed-out', 'refused', 'filtered', false],
  ['timed-out', 'no-route', 'filtered', false],
])('%s, then %s: %s, dropped by time alone: %s', ([earlier, last, outcome, timedOut]) => {
  const deadline = {
    signal: new AbortController().signal,
    cause: () => undefined,
    extend: () => {},
    dispose: () => {},
  };
  const observation = describeFailure(earlier, last, { facts }, { deadline });
  expect(observation).toMatchObject({ ...facts, outcome, timedOut, connected: false, identity: { peer: 'none' } });
});

test('an interrupt is no observation, unless a connect had timed out before', () => {
  const deadline = {
    signal: AbortSignal.abort(),
    cause: () => 'interrupt' as const,
    extend: () => {},
    dispose: () => {},
  };
  expect(describeFailure(undefined, 'ended', { facts }, { deadline })).toMatchObject({ outcome: 'not-probed' });
  expect(describeFailure('timed-out', 'ended', { facts }, { deadline })).toMatchObject({ outcome: 'filtered' });
});
