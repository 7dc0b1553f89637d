import { expect, test } from 'vitest';

import type { Outcome, ProbeResult } from '../../src/model/probe.ts';
import type { KeyPair } from '../emulators/certificates.ts';
import { authority, certificate, host } from '../unit/probe/harness.ts';
import { survive, type Server } from '../unit/probe/survive.ts';

const names = [host.toLowerCase()];
const manyNames = (count: number): readonly string[] => [
  ...names,
  ...Array.from({ length: count }, (_, index) => `name-${index}.example`),
];
const sentAlong = (count: number): string => certificate.cert + `\n${authority.pem}`.repeat(count);

const tooManyNames = await authority.issue({ names: manyNames(10_000) });
const readableNames = await authority.issue({ names: manyNames(2_000) });
const controlling = await authority.issue({ names: [...names, '\u001B[2J\u0007.example', 'a, DNS=forged.example'] });

/** A leaf below so many authorities, each appointed by the one before and all of them sent: a chain that holds. */
async function nest(levels: number): Promise<KeyPair> {
  let lowest = authority;
  const sent: string[] = [];
  for (let level = 1; level <= levels; level += 1) {
    lowest = await lowest.appoint(`level ${level}`);
    sent.unshift(lowest.pem);
  }
  const leaf = await lowest.issue({ names });
  return { ...leaf, cert: [leaf.cert, ...sent].join('\n') };
}

const shallow = await nest(50);
const deep = await nest(200);

test.for<[name: string, Server, Outcome, ProbeResult['identity']['peer']]>([
  ['a gzip bomb', { behaviour: 'gzip-bomb' }, 'not-kubernetes', 'other'],
  ['an endless body', { behaviour: 'endless-body' }, 'inconclusive', 'other'],
  ['a chunk without an end', { behaviour: 'endless-chunk' }, 'inconclusive', 'other'],
  ['a megabyte of headers', { behaviour: 'huge-headers' }, 'inconclusive', 'other'],
  ['interim answers without an end', { behaviour: 'endless-information' }, 'inconclusive', 'other'],
  ['a chunk whose length has no end', { behaviour: 'endless-chunk-length' }, 'inconclusive', 'other'],
  ['trailers without an end', { behaviour: 'endless-trailers' }, 'inconclusive', 'other'],
  ['blank lines without an end', { behaviour: 'endless-blank-lines' }, 'inconclusive', 'other'],
  ['headers that break off', { behaviour: 'half-headers' }, 'inconclusive', 'other'],
  ['two lengths', { behaviour: 'both-lengths' }, 'not-kubernetes', 'other'],
  ['two answers to one request', { behaviour: 'answers-twice' }, 'not-kubernetes', 'other'],
  // Its certificate is the cluster's, and so are its words; but nothing that it was asked for is refused by them.
  ['a second answer that comes later', { behaviour: 'refuses-twice' }, 'inconclusive', 'this'],
  ['the same answer on each path', { behaviour: 'refuses-alike' }, 'inconclusive', 'this'],
  ['a redirect on each path', { behaviour: 'redirect' }, 'not-kubernetes', 'other'],
  ['an echo of the hello', { behaviour: 'echoes' }, 'tls-failed', 'other'],
  ['hello requests without an end', { behaviour: 'endless-hello-requests' }, 'tls-failed', 'other'],
  ['a dripping handshake', { behaviour: 'drips-hello' }, 'tls-failed', 'other'],
  ['a reset at the hello', { behaviour: 'resets-at-hello' }, 'filtered', 'none'],
  ['a reset within the hello', { behaviour: 'resets-within-hello' }, 'tls-failed', 'other'],
  ['an alert before the hello', { behaviour: 'alerts-before-hello' }, 'tls-failed', 'other'],
  ['alert 80', { behaviour: 'alerts-internal-error' }, 'tls-failed', 'other'],
  ['alert 112', { behaviour: 'alerts-unrecognized-name' }, 'tls-failed', 'other'],
  ['alert 116', { behaviour: 'alerts-certificate-required' }, 'tls-failed', 'other'],
  ['HTTP/2 only', { behaviour: 'admin', tls: { ALPNProtocols: ['h2'] } }, 'tls-failed', 'other'],
  ['a renegotiation', { behaviour: 'renegotiates', tls: { maxVersion: 'TLSv1.2' } }, 'tls-failed', 'other'],
  ['10,000 names', { behaviour: 'admin', certificate: tooManyNames }, 'tls-failed', 'other'],
  ['2,000 names', { behaviour: 'anonymous-disabled', certificate: readableNames }, 'anonymous-disabled', 'this'],
  ['control characters', { behaviour: 'anonymous-disabled', certificate: controlling }, 'anonymous-disabled', 'this'],
  [
    '100 certificates sent along',
    { behaviour: 'anonymous-disabled', certificate: { ...certificate, cert: sentAlong(100) } },
    'anonymous-disabled',
    'this',
  ],
  [
    '400 certificates sent along',
    { behaviour: 'admin', certificate: { ...certificate, cert: sentAlong(400) } },
    'tls-failed',
    'other',
  ],
  ['a chain of 50 levels', { behaviour: 'anonymous-disabled', certificate: shallow }, 'anonymous-disabled', 'this'],
  // OpenSSL follows a hundred, and no certificate that is further away speaks for anybody.
  ['a chain of 200 levels', { behaviour: 'admin', certificate: deep }, 'not-this-cluster', 'other'],
  ['a connection that is kept in words only', { behaviour: 'admin', closes: 'silently' }, 'admin-exposed', 'this'],
])('%s', { timeout: 10_000 }, async ([, server, outcome, peer]) => {
  const { result } = await survive(server);
  expect(result).toMatchObject({ outcome, identity: { peer } });
});

test('100 redirects, of which none is followed', async () => {
  const { result, server } = await survive({ behaviour: 'redirect-chain' });
  expect(result).toMatchObject({ outcome: 'not-kubernetes', identity: { peer: 'other' } });
  expect(server.requests.map(({ url }) => url)).toEqual(['/']);
});
