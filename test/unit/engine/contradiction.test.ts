import { expect, test } from 'vitest';
import {
  admittedAddress,
  allowList,
  answer,
  closed,
  dnsEndpoint,
  endpoint,
  look,
  open,
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
  [false, 'its front door', dnsEndpoint(closed), front, {}],
  [false, 'a DNS endpoint that is on', dnsEndpoint(open), answer(), {}],
])('%s for %s', (expected, _, subject, result, from) => {
  expect(wouldContradict(subject, result, vantage(from))).toBe(expected);
});
