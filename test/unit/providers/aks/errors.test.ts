import { expect, test } from 'vitest';
import { toProviderError } from '../../../../providers/aks/errors.ts';
import { ProviderError } from '../../../../src/model/errors.ts';

const running = new AbortController().signal;

function thrown(name: string, fields: object = {}): Error {
  return Object.assign(new Error('Bearer hunter2\nsecond line'), { name, ...fields });
}

test.each([
  ['an attempt that ran out of time', thrown('AbortError'), 'timeout', 'did not answer in time'],
  [
    'a connection that ran out of time',
    thrown('RestError', { code: 'ETIMEDOUT' }),
    'timeout',
    'did not answer in time',
  ],
  ['a name that does not resolve', thrown('RestError', { code: 'ENOTFOUND' }), 'unreachable', '(ENOTFOUND)'],
  [
    'a certificate that has expired',
    thrown('RestError', { code: 'CERT_HAS_EXPIRED' }),
    'unreachable',
    'NODE_EXTRA_CA_CERTS',
  ],
  ['a status for its time', thrown('RestError', { statusCode: 408 }), 'timeout', '(408)'],
  ['a body that is cut', thrown('RestError', { code: 'PARSE_ERROR', statusCode: 200 }), 'malformed', 'check the proxy'],
  ['an error without a code', thrown('RestError'), 'malformed', 'check the proxy'],
  ['a fault within the SDK', thrown('TypeError', { code: 'ERR_X' }), 'malformed', 'check the proxy'],
  ['a chain without members', thrown('AggregateAuthenticationError'), 'unauthenticated', 'sign-in'],
])('%s', (_, error, code, message) => {
  const translated = toProviderError(error, 'x/read', running);
  expect(translated).toMatchObject({ code, message: expect.stringContaining(message), cause: error });
  expect(translated.message).toMatch(/^Azure: [^\n]+$/);
  expect(translated.message).not.toContain('hunter2');
});

test('an error of ours stays as it is, also after an interrupt', () => {
  const ours = new ProviderError('throttled', 'Azure: x');
  expect(toProviderError(ours, 'x/read', AbortSignal.abort())).toBe(ours);
});

test('whatever comes after an interrupt is the interrupt', () => {
  expect(toProviderError(thrown('RestError', { statusCode: 500 }), 'x/read', AbortSignal.abort()).code).toBe('timeout');
});
