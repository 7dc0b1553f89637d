import { afterAll, expect, test } from 'vitest';

import { outcomes, type Outcome, type ProbeResult } from '../../src/model/probe.ts';
import type { ProbeOptions } from '../../src/probe/index.ts';
import type { ProbeTarget } from '../../src/model/probe.ts';
import { startApiServer, startFilteredPort, type ApiServerOptions, type Behaviour } from '../emulators/apiserver.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { startDns } from '../emulators/dns.ts';
import { authority, certificate, host, lookAt, probeWith, running, targetAt } from '../unit/probe/harness.ts';

const seen = new Set<Outcome>();
const stranger = await createAuthority('kubernetes');
const strangerCertificate = await stranger.issue({ names: [host] });

function note(result: ProbeResult): ProbeResult {
  seen.add(result.outcome);
  return result;
}

const deadPort = await startFilteredPort();
const closedServer = await startApiServer({ behaviour: 'silent' });
await closedServer.close();
const dns = await startDns({
  'private.example': [['10.4.5.6', '172.20.0.9', 'fd12:3456::1']],
  'empty.example': [[]],
  'metadata.example': [['169.254.169.254', 'fd00:ec2::254']],
});
afterAll(async () => {
  await deadPort.close();
  await dns.close();
});

interface Expected extends Partial<ProbeResult> {
  readonly outcome: Outcome;
}

const statuses = (result: ProbeResult): string => result.requests.map(({ status }) => status ?? '-').join(' ');

test.for<[Behaviour, Expected, ProbeResult['identity']['peer'], string]>([
  ['anonymous-forbidden', { outcome: 'anonymous-forbidden', gitVersion: 'v1.33.4' }, 'this', '403 200 403 403 403 403'],
  ['forbidden-hardened', { outcome: 'anonymous-forbidden' }, 'this', '403 403 403 403 403 403'],
  ['anonymous-disabled', { outcome: 'anonymous-disabled', anonymous: { health: false } }, 'this', '401 401'],
  ['health-only', { outcome: 'anonymous-health-only', anonymous: { health: true } }, 'this', '401 200'],
  ['health-only-unhealthy', { outcome: 'anonymous-health-only' }, 'this', '401 500'],
  ['discovery', { outcome: 'discovery-exposed' }, 'this', '403 200 200 403 403 403'],
  ['data', { outcome: 'data-exposed' }, 'this', '403 200 403 404 403 403'],
  ['admin', { outcome: 'admin-exposed' }, 'this', '200 200 200 404 404 404'],
  ['overloaded', { outcome: 'inconclusive', retryAfter: 7 }, 'this', '429'],
  ['unavailable', { outcome: 'inconclusive', retryAfter: 3 }, 'this', '503'],
  ['etcd', { outcome: 'not-kubernetes' }, 'other', '404'],
  ['kubelet', { outcome: 'not-kubernetes' }, 'other', '401'],
  ['kubelet-anonymous', { outcome: 'not-kubernetes' }, 'other', '403'],
  ['kube-rbac-proxy', { outcome: 'not-kubernetes' }, 'other', '403'],
  ['kubectl-proxy', { outcome: 'not-kubernetes' }, 'other', '403'],
  [
    'kubectl-proxy-open',
    { outcome: 'inconclusive', detail: expect.stringContaining('something on the way adds credentials') as string },
    'this',
    '403 200 403 403 403 403',
  ],
  ['rancher', { outcome: 'not-kubernetes' }, 'other', '401'],
  ['nginx', { outcome: 'not-kubernetes' }, 'other', '200 200 200 200 200 200'],
  ['load-balancer', { outcome: 'not-kubernetes' }, 'other', '503'],
  ['gfe', { outcome: 'not-kubernetes' }, 'other', '403'],
  ['redirect', { outcome: 'not-kubernetes' }, 'other', '302'],
  ['aggregated', { outcome: 'not-kubernetes' }, 'other', '200 404 404 404 404 404'],
  ['aggregated-delegating', { outcome: 'not-kubernetes' }, 'other', '403 200 403 403 403 403'],
  ['mirror', { outcome: 'not-kubernetes' }, 'other', '200 200 200 200 200 200'],
  ['mute', { outcome: 'inconclusive', detail: 'There was no time left for an answer to GET /.' }, 'other', '-'],
  ['drips-headers', { outcome: 'inconclusive' }, 'other', '-'],
  ['drips-body', { outcome: 'inconclusive' }, 'other', '-'],
  ['endless-body', { outcome: 'inconclusive' }, 'other', '-'],
  ['huge-headers', { outcome: 'inconclusive' }, 'other', '-'],
  ['endless-information', { outcome: 'inconclusive' }, 'other', '-'],
  ['length-too-long', { outcome: 'inconclusive' }, 'other', '-'],
  ['length-too-short', { outcome: 'not-kubernetes' }, 'other', '-'],
  ['not-http', { outcome: 'not-kubernetes' }, 'other', '-'],
  ['echo', { outcome: 'not-kubernetes' }, 'other', '-'],
  ['closes', { outcome: 'inconclusive' }, 'other', '-'],
  ['upgrades', { outcome: 'inconclusive' }, 'other', '-'],
  ['silent', { outcome: 'tls-failed', connected: true }, 'none', ''],
  ['half-hello', { outcome: 'tls-failed', connected: true }, 'other', ''],
  ['plain-http', { outcome: 'tls-failed', connected: true }, 'other', ''],
  ['refuses-handshake', { outcome: 'tls-failed', connected: true }, 'other', ''],
  ['closes-at-once', { outcome: 'filtered', connected: true, timedOut: false }, 'none', ''],
  ['resets-at-once', { outcome: 'filtered', timedOut: false }, 'none', ''],
])('%s', { timeout: 5_000 }, async ([behaviour, expected, peer, answered]) => {
  const { result, server } = await lookAt({ behaviour });
  expect(note(result)).toMatchObject(expected);
  expect(result.identity.peer).toBe(peer);
  expect(statuses(result)).toBe(answered);
  expect(server.requests).toHaveLength(result.requests.length);
  expect(result.durationMs).toBeLessThan(2_500);
});

test('a refused port is closed', async () => {
  expect(note(await probeWith()(targetAt(closedServer.port), 'full', running))).toMatchObject({
    outcome: 'closed',
    connected: false,
    timedOut: false,
    identity: { peer: 'none' },
    address: '127.0.0.1',
    family: 'ipv4',
    via: `127.0.0.1:${closedServer.port}`,
  });
});

test('a dropped packet is filtered, and the connect timed out', async () => {
  expect(note(await probeWith()(targetAt(deadPort.port), 'full', running))).toMatchObject({
    outcome: 'filtered',
    connected: false,
    timedOut: true,
    identity: { peer: 'none' },
  });
});

async function lookByName(name: string, options: Partial<ProbeOptions> = {}): Promise<ProbeResult> {
  const { connectTo: _, ...target } = targetAt(1, { host: name });
  return note(await probeWith({ resolvers: [dns.address], ...options })(target, 'full', running));
}

test('a name with private addresses only is not probed, and says which', async () => {
  const result = await lookByName('private.example');
  expect(result).toMatchObject({ outcome: 'not-probed', connected: false, identity: { peer: 'none' } });
  expect(result.detail).toContain('private, unique-local');
  expect(result.resolved).toEqual([
    { address: '10.4.5.6', class: 'private' },
    { address: '172.20.0.9', class: 'private' },
    { address: 'fd12:3456::1', class: 'unique-local' },
  ]);
});

test('a name without an address is unresolved', async () => {
  expect(await lookByName('empty.example')).toMatchObject({ outcome: 'unresolved', connected: false });
  expect(await lookByName('nothing.example')).toMatchObject({ outcome: 'unresolved', connected: false });
});

test.for([true, false])('a metadata server is never dialled, inside: %s', async (inside) => {
  expect(await lookByName('metadata.example', { inside })).toMatchObject({ outcome: 'not-probed' });
});

test.for(['169.254.169.254', '0.0.0.0', '224.0.0.1', '203.0.113.1', '::', 'fe80::1', 'localhost'])(
  'not even --connect-to leads to %s',
  async (address) => {
    const result = await probeWith({ inside: true })(
      targetAt(443, { connectTo: { address, port: 443 } }),
      'full',
      running,
    );
    expect(result).toMatchObject({ outcome: 'not-probed', connected: false, requests: [] });
  },
);

test('the wrong certificate gets no request', async () => {
  const { result, server } = await lookAt({ behaviour: 'admin', certificate: strangerCertificate });
  expect(note(result)).toMatchObject({ outcome: 'not-this-cluster', identity: { peer: 'other' }, requests: [] });
  expect(server.requests).toEqual([]);
});

const front: Partial<ProbeTarget> = { role: 'dns', trust: { kind: 'public-roots' } };
const publicRoots: Partial<ProbeOptions> = { roots: { bundled: [stranger.pem], installed: [] } };
const byPublicRoot: Partial<ApiServerOptions> = { certificate: strangerCertificate };

test('a front door confirms nothing', async () => {
  const { result, server } = await lookAt({ behaviour: 'gfe', ...byPublicRoot }, front, publicRoots);
  expect(note(result)).toMatchObject({
    outcome: 'iam-fronted',
    identity: { peer: 'other', guess: 'Google front end' },
  });
  expect(server.requests).toHaveLength(1);
});

test('what does not speak HTTP is none', async () => {
  const { result } = await lookAt({ behaviour: 'not-http', ...byPublicRoot }, front, publicRoots);
  expect(result.outcome).toBe('not-kubernetes');
});

test('only DNS endpoints have one', async () => {
  const { result } = await lookAt(
    { behaviour: 'gfe', ...byPublicRoot },
    { trust: { kind: 'public-roots' } },
    publicRoots,
  );
  expect(result).toMatchObject({ outcome: 'not-kubernetes', identity: { guess: 'Google front end' } });
});

test('an API server behind a front door is seen', async () => {
  const { result } = await lookAt({ behaviour: 'anonymous-disabled', ...byPublicRoot }, front, publicRoots);
  expect(result).toMatchObject({ outcome: 'anonymous-disabled', identity: { peer: 'this' } });
});

test('a DNS endpoint is never vouched for by the cluster CA or an installed root', async () => {
  const installed = { roots: { bundled: [], installed: [authority.pem] } };
  const { result, server } = await lookAt({ behaviour: 'gfe', certificate }, front, installed);
  expect(result).toMatchObject({
    outcome: 'not-this-cluster',
    tls: { chain: 'local-root', chainRoot: 'CN=kubernetes' },
  });
  expect(server.requests).toEqual([]);
});

test('every outcome of the contract was seen', () => {
  expect(outcomes.filter((outcome) => !seen.has(outcome))).toEqual([]);
});
