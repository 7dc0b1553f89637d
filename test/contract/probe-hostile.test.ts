import { expect, test } from 'vitest';

import { reporters } from '../../reports/index.ts';
import { hasInvisible } from '../../src/lib/text.ts';
import type { Outcome, ProbeResult } from '../../src/model/probe.ts';
import type { ApiServerOptions } from '../emulators/apiserver.ts';
import { cluster, evidence, judgeAll, probe } from '../unit/engine/evidence.ts';
import { authority, certificate, host, lookAt } from '../unit/probe/harness.ts';

const names = [host.toLowerCase()];
const manyNames = (count: number): readonly string[] => [
  ...names,
  ...Array.from({ length: count }, (_, index) => `name-${index}.example`),
];
const sentAlong = (count: number): string => certificate.cert + `\n${authority.pem}`.repeat(count);

const tooManyNames = await authority.issue({ names: manyNames(10_000) });
const readableNames = await authority.issue({ names: manyNames(2_000) });
const controlling = await authority.issue({ names: [...names, '\u001B[2J\u0007.example', 'a, DNS=forged.example'] });

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

test.for<[name: string, Server, Outcome, ProbeResult['identity']['peer']]>([
  ['a gzip bomb', { behaviour: 'gzip-bomb' }, 'not-kubernetes', 'other'],
  ['an endless body', { behaviour: 'endless-body' }, 'inconclusive', 'other'],
  ['a chunk without an end', { behaviour: 'endless-chunk' }, 'inconclusive', 'other'],
  ['a megabyte of headers', { behaviour: 'huge-headers' }, 'inconclusive', 'other'],
  ['interim answers without an end', { behaviour: 'endless-information' }, 'inconclusive', 'other'],
  ['two lengths', { behaviour: 'both-lengths' }, 'not-kubernetes', 'other'],
  ['two answers to one request', { behaviour: 'answers-twice' }, 'not-kubernetes', 'other'],
  ['a redirect on each path', { behaviour: 'redirect' }, 'not-kubernetes', 'other'],
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
  ['a connection that is kept in words only', { behaviour: 'admin', closes: 'silently' }, 'admin-exposed', 'this'],
])('%s', { timeout: 10_000 }, async ([, server, outcome, peer]) => {
  const before = memoryInUse();
  const { result } = await lookAt(server);
  const growth = memoryInUse() - before;
  expect(result).toMatchObject({ outcome, identity: { peer } });
  expect(result.durationMs).toBeLessThan(mostMilliseconds);
  expect(growth).toBeLessThan(mostGrowth);
  expect(JSON.stringify(result).length).toBeLessThan(16_384);
  const texts = rendered(result);
  expect(texts).toHaveLength(reporters.length);
  for (const text of texts) expect(hasInvisible(text.replaceAll('\n', ''))).toBe(false);
});
