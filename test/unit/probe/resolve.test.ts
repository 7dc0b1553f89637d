import { afterAll, describe, expect, test } from 'vitest';

import { createLookup, resolve } from '../../../src/probe/resolve.ts';
import { startDns } from '../../emulators/dns.ts';

const many = Array.from({ length: 40 }, (_, index) => `198.51.100.${index}`);

const dns = await startDns({
  'both.example': [['192.0.2.1', '192.0.2.2', '192.0.2.1', '2001:db8::1']],
  'mixed.example': [['192.0.2.1', '10.0.0.1']],
  'only6.example': [['2001:db8::6']],
  'empty.example': [[]],
  'many.example': [many],
  'broken.example': 'fail',
  'half-broken.example': { A: 'fail', AAAA: [['2001:db8::6']] },
  'half-broken-empty.example': { A: [[]], AAAA: 'fail' },
  'silent.example': 'silent',
});
afterAll(() => dns.close());

const ask = createLookup([dns.address]);
const running = new AbortController().signal;

describe('resolve', () => {
  test('asks for both families and classifies what comes', async () => {
    expect(await resolve('both.example', ask, running)).toEqual({
      kind: 'resolved',
      addresses: [
        { address: '192.0.2.1', class: 'reserved' },
        { address: '192.0.2.2', class: 'reserved' },
        { address: '2001:db8::1', class: 'reserved' },
      ],
    });
    expect(dns.questions).toContain('A both.example');
    expect(dns.questions).toContain('AAAA both.example');
  });

  test.for([
    ['mixed.example', ['192.0.2.1', '10.0.0.1']],
    ['only6.example', ['2001:db8::6']],
    ['many.example', many.slice(0, 32)],
  ] as const)('%s', async ([name, addresses]) => {
    const resolution = await resolve(name, ask, running);
    expect(resolution.kind === 'resolved' && resolution.addresses.map(({ address }) => address)).toEqual(addresses);
  });

  test.for([
    ['empty.example', 'The name has no address.'],
    ['unknown.example', 'The name has no address.'],
    ['half-broken-empty.example', 'The resolver gave no answer for the name (ESERVFAIL).'],
    ['broken.example', 'The resolver gave no answer for the name (ESERVFAIL).'],
  ] as const)('%s: %s', async ([name, detail]) => {
    expect(await resolve(name, ask, running)).toEqual({ kind: 'failed', detail });
  });

  test('one family without an answer is said beside the other one’s addresses', async () => {
    expect(await resolve('half-broken.example', ask, running)).toEqual({
      kind: 'resolved',
      addresses: [{ address: '2001:db8::6', class: 'reserved' }],
      unansweredFamily: 'ipv4',
    });
  });

  test('the system’s resolver is asked for each family too', async () => {
    const resolution = await resolve('localhost', createLookup([]), running);
    expect(resolution).not.toHaveProperty('unansweredFamily');
    expect(resolution.kind === 'resolved' && resolution.addresses).toContainEqual({
      address: '127.0.0.1',
      class: 'loopback',
    });
  });

  test.for(['198.51.100.7', '2001:db8::7'])('asks nobody about %s', async (address) => {
    const before = dns.questions.length;
    expect(await resolve(address, ask, running)).toEqual({
      kind: 'resolved',
      addresses: [{ address, class: 'reserved' }],
    });
    expect(dns.questions).toHaveLength(before);
  });

  test('ends with its signal, before and while asking', async () => {
    expect(await resolve('both.example', ask, AbortSignal.abort())).toEqual({ kind: 'ended' });
    expect(await resolve('silent.example', ask, AbortSignal.timeout(30))).toEqual({ kind: 'ended' });
  });
});
