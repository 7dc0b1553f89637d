import { expect, test } from 'vitest';

import { reporters } from '../../reports/index.ts';
import { hasInvisible } from '../../src/lib/text.ts';
import type { Outcome, ProbeResult } from '../../src/model/probe.ts';
import type { ApiServerOptions } from '../emulators/apiserver.ts';
import type { KeyPair } from '../emulators/certificates.ts';
import { cluster, evidence, judgeAll, probe } from '../unit/engine/evidence.ts';
import { authority, certificate, host, lookAt, type Looked } from '../unit/probe/harness.ts';

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

/** Bytes that a look may add at most, whatever it is sent, buffers outside the heap included: generous, and far below what a peer offers. */
const mostGrowth = 24 * 2 ** 20;

const mostMilliseconds = 2_600;

function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function rendered(result: ProbeResult): readonly string[] {
  const subject = cluster('hostile');
  const report = judgeAll(evidence({ clusters: [subject], probes: [probe(subject, result)] }));
  return reporters.map((reporter) => [...reporter.render(report)].join(''));
}

type Server = Partial<ApiServerOptions> & Pick<ApiServerOptions, 'behaviour'>;

/** Looks, and holds the look to its limits and every report to plain text. */
async function survive(server: Server): Promise<Looked> {
  const before = memoryInUse();
  const looked = await lookAt(server);
  const growth = memoryInUse() - before;
  const { result } = looked;
  expect(result.durationMs).toBeLessThan(mostMilliseconds);
  expect(growth).toBeLessThan(mostGrowth);
  expect(JSON.stringify(result).length).toBeLessThan(16_384);
  const texts = rendered(result);
  expect(texts).toHaveLength(reporters.length);
  for (const text of texts) expect(hasInvisible(text.replaceAll('\n', ''))).toBe(false);
  return looked;
}

test.for<[name: string, Server, Outcome, ProbeResult['identity']['peer']]>([
  ['a gzip bomb', { behaviour: 'gzip-bomb' }, 'not-kubernetes', 'other'],
  ['an endless body', { behaviour: 'endless-body' }, 'inconclusive', 'other'],
  ['a chunk without an end', { behaviour: 'endless-chunk' }, 'inconclusive', 'other'],
  ['a megabyte of headers', { behaviour: 'huge-headers' }, 'inconclusive', 'other'],
  ['interim answers without an end', { behaviour: 'endless-information' }, 'inconclusive', 'other'],
  ['two lengths', { behaviour: 'both-lengths' }, 'not-kubernetes', 'other'],
  ['two answers to one request', { behaviour: 'answers-twice' }, 'not-kubernetes', 'other'],
  ['a redirect on each path', { behaviour: 'redirect' }, 'not-kubernetes', 'other'],
  ['a reset after the handshake', { behaviour: 'resets-after-handshake' }, 'inconclusive', 'other'],
  ['a reset in place of an answer', { behaviour: 'resets-at-request' }, 'inconclusive', 'other'],
  ['a reset within an answer', { behaviour: 'resets-within-answer' }, 'inconclusive', 'other'],
  ['an alert in place of an answer', { behaviour: 'alerts-at-request' }, 'tls-failed', 'other'],
  [
    'an alert in place of an answer, TLS 1.2',
    { behaviour: 'alerts-at-request', tls: { maxVersion: 'TLSv1.2' } },
    'tls-failed',
    'other',
  ],
  ['an alert within an answer', { behaviour: 'alerts-within-answer' }, 'inconclusive', 'other'],
  [
    'an alert within an answer, TLS 1.2',
    { behaviour: 'alerts-within-answer', tls: { maxVersion: 'TLSv1.2' } },
    'inconclusive',
    'other',
  ],
  ['a dripping handshake', { behaviour: 'drips-hello' }, 'tls-failed', 'other'],
  ['a reset at the hello', { behaviour: 'resets-at-hello' }, 'filtered', 'none'],
  ['a reset within the hello', { behaviour: 'resets-within-hello' }, 'tls-failed', 'other'],
  ['an alert before the hello', { behaviour: 'alerts-before-hello' }, 'tls-failed', 'other'],
  ['an alert after the hello, TLS 1.2', { behaviour: 'alerts-after-hello-1.2' }, 'tls-failed', 'other'],
  ['an alert after the hello, TLS 1.3', { behaviour: 'alerts-after-hello-1.3' }, 'tls-failed', 'other'],
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

// Else the rows above would hold for any bytes in place of a hello, or of an alert.
test.for<[ApiServerOptions['behaviour'], string]>([
  ['alerts-after-hello-1.2', 'ALERT_INTERNAL_ERROR'],
  ['alerts-after-hello-1.3', 'BAD_RECORD_TYPE'],
  ['alerts-at-request', 'ALERT_BAD_RECORD_MAC'],
])('%s: OpenSSL takes what came before and says %s', async ([behaviour, code]) => {
  const { result } = await lookAt({ behaviour });
  expect(result.detail).toContain(`${code})`);
});
