import { expect, test } from 'vitest';
import {
  admittedAddress,
  allowList,
  answer,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  judgeOne,
  look,
  open,
  probe,
  secondLook,
  silence,
  stranger,
  unreadable,
  vantage,
} from './evidence.ts';
import { wouldContradict } from '../../../src/engine/contradiction.ts';
import type { Endpoint } from '../../../src/model/endpoint.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';
import type { Vantage } from '../../../src/model/evidence.ts';

const publicOf = (access: Endpoint['access']): Endpoint => endpoint({ access });
const front = look('iam-fronted', { identity: { peer: 'this', signals: [] }, requests: [{ path: '/', status: 403 }] });
const inPart = answer({ outcome: 'inconclusive', requests: [{ path: '/', status: 403 }, { path: '/version' }] });

test.each<[boolean, string, Endpoint, ProbeResult, Partial<Vantage>]>([
  [true, 'closed', publicOf(closed), answer(), {}],
  [true, 'closed, with no address known', publicOf(closed), answer(), { addresses: [] }],
  [true, 'a list that leaves us out', publicOf(allowList()), answer(), {}],
  [true, 'an inconclusive answer of it', publicOf(closed), answer({ outcome: 'inconclusive' }), {}],
  [false, 'a list that admits us', publicOf(allowList()), answer(), { addresses: [admittedAddress] }],
  [false, 'a list, with no address known', publicOf(allowList()), answer(), { addresses: [] }],
  [false, 'a list with a source beyond it', publicOf(allowList([], ['google-cloud'])), answer(), {}],
  [false, 'open', publicOf(open), answer(), {}],
  [false, 'unknown', publicOf(unreadable), answer(), {}],
  [false, 'a stranger', publicOf(closed), stranger(), {}],
  [false, 'silence', publicOf(closed), silence(), {}],
  [false, 'an inside vantage', publicOf(closed), answer(), { kind: 'inside' }],
  [false, 'a private address', publicOf(closed), answer({ address: '10.0.0.5' }), {}],
  [false, 'a tunnel', publicOf(closed), answer({ via: '127.0.0.1:1' }), {}],
  [true, 'a tunnel with our address given', publicOf(closed), answer({ via: '127.0.0.1:1' }), { addressesGiven: true }],
  [false, 'a private endpoint', endpoint({ role: 'private', access: closed }), answer(), {}],
  [true, 'a DNS endpoint that is off', dnsEndpoint(closed), answer(), {}],
  [true, 'the same, which answered in part', dnsEndpoint(closed), inPart, {}],
  [false, 'a stranger in its place', dnsEndpoint(closed), stranger({ requests: [{ path: '/', status: 200 }] }), {}],
  [false, 'its front door', dnsEndpoint(closed), front, {}],
  [false, 'a DNS endpoint that is on', dnsEndpoint(open), answer(), {}],
])('%s for %s', (expected, _, subject, result, from) => {
  expect(wouldContradict(subject, result, vantage(from))).toBe(expected);
});

test('a second look is asked for exactly where its answer would make a contradiction', () => {
  const accesses = [open, closed, allowList(), allowList([]), allowList([], ['google-cloud']), unreadable];
  const subjects = [...accesses.map(publicOf), dnsEndpoint(open), dnsEndpoint(closed), dnsEndpoint(unreadable)];
  const results = [
    answer(),
    answer({ outcome: 'inconclusive' }),
    answer({ via: '127.0.0.1:1' }),
    answer({ address: '10.0.0.5' }),
    answer({ address: '2001:db8::10', family: 'ipv6' }),
    stranger(),
    silence(),
    front,
  ];
  const vantages: readonly Partial<Vantage>[] = [
    {},
    { addresses: [] },
    { addresses: [admittedAddress] },
    { addressesGiven: true },
    { kind: 'inside' },
  ];
  const asked = subjects.flatMap((subject) =>
    results.flatMap((result) =>
      vantages.map((from) => {
        const second = { role: subject.role, secondLook: secondLook('equal', result) };
        const prod = cluster('prod', { endpoints: [subject] });
        const isContradiction = judgeOne(prod, [probe(prod, result, second)], from).exposure === 'contradiction';
        return { asked: wouldContradict(subject, result, vantage(from)), isContradiction };
      }),
    ),
  );
  expect(asked.filter((found) => found.asked !== found.isContradiction)).toEqual([]);
  expect(asked.filter((found) => found.asked).length).toBeGreaterThan(15);
});
