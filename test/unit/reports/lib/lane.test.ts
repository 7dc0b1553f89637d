import { describe, expect, test } from 'vitest';
import { endpointOf, probeOf } from '../../../fixtures/report.ts';
import { lane, markWords } from '../../../../reports/lib/lane.ts';
import { offers, posture } from '../../checks/postures.ts';
import { outcomes } from '../../../../src/model/probe.ts';
import type { JudgedEndpoint } from '../../../../src/model/report.ts';
import type { Outcome } from '../../../../src/model/probe.ts';

const glyphs = (endpoint: JudgedEndpoint) =>
  lane(endpoint)
    .map(({ mark }) => markWords[mark].glyph)
    .join(' ');

/** The steps after the settings, for each way that a probe can end. */
const ends: Readonly<Record<Outcome, string>> = {
  'not-probed': '· · · ·',
  unresolved: '■ · · ·',
  closed: '→ ■ · ·',
  filtered: '→ ■ · ·',
  'tls-failed': '→ → ■ ·',
  'not-this-cluster': '→ → ? ·',
  'not-kubernetes': '→ → → ?',
  inconclusive: '→ → → ?',
  'iam-fronted': '→ → → ■',
  'anonymous-disabled': '→ → → ■',
  'anonymous-health-only': '→ → → ■',
  'anonymous-forbidden': '→ → → ■',
  'discovery-exposed': '→ → → !',
  'data-exposed': '→ → → !',
  'admin-exposed': '→ → → !',
};

test.each(outcomes)('%s', (outcome) => {
  expect(glyphs(endpointOf('private', { probe: probeOf(outcome) }))).toBe(`■ ${ends[outcome]}`);
});

describe('configured', () => {
  test.each([
    ['exposed', {}, '!', 'open to every address'],
    ['private', {}, '■', 'closed'],
    ['unknown', {}, '?', 'could not be read'],
    ['restricted', { vantageAdmitted: 'yes' }, '→', 'our address is on it'],
    ['restricted', { vantageAdmitted: 'no' }, '■', 'our address is not on it'],
    ['restricted', { vantageAdmitted: 'unknown' }, '?', 'whether it admits us could not be told'],
    ['restricted', { vantageAdmitted: 'not-applicable' }, '?', 'allow-list of 256 IPv4 addresses and a /48 of IPv6'],
  ] as const)('%s %o', (exposure, parts, glyph, fact) => {
    const [configured] = lane(endpointOf(exposure, parts));
    expect(configured && markWords[configured.mark].glyph).toBe(glyph);
    expect(configured?.facts).toContain(fact);
  });
});

test('a conflict shows itself', () => {
  expect(glyphs(endpointOf('contradiction', { probe: probeOf('anonymous-forbidden') }))).toBe('■ → → → ■');
});

test('an endpoint that was not looked at was not tried, whether probing was off or it was left out', () => {
  expect(glyphs(endpointOf('private'))).toBe('■ · · · ·');
  expect(lane(endpointOf('private', { probe: probeOf('not-probed', { detail: 'excluded' }) }))[1]?.facts).toEqual([
    'excluded',
  ]);
});

test('an address that --connect-to chose did not come from a name', () => {
  const steps = lane(endpointOf('exposed', { probe: probeOf('anonymous-forbidden', { via: '127.0.0.1:8443' }) }));
  expect(steps[1]?.mark).toBe('untried');
  expect(steps[2]?.facts).toEqual(['127.0.0.1:8443']);
});

test('the random names that were asked for do not bury the answers', () => {
  const path = '/api/v1/namespaces/kube-system/pods/6b949838-2773-4da9-9670-8f740bfb7afe';
  const requests = [{ path, status: 403 }, { path: '/version' }];
  const facts = lane(endpointOf('exposed', { probe: probeOf('anonymous-forbidden', { requests }) }))[4]?.facts;
  expect(facts?.slice(-2)).toEqual(['/api/v1/namespaces/kube-system/pods/… 403', '/version no answer']);
});

test('what is wrong with a certificate is said', () => {
  const facts = lane(endpointOf('exposed', { probe: probeOf('not-this-cluster') }))[3]?.facts;
  expect(facts).toContain('chains to no known CA');
  expect(facts).toContain('not valid for the host');
});

test.each([
  ['none', '■', 'as documented'],
  ['narrower', '■', 'narrower than documented'],
  ['wider', '!', 'wider than documented'],
  ['taken-in', '■', 'wider than documented'],
  ['unclear', '■', 'could not be compared'],
] as const)('what an anonymous request gets stands beside what it should: %s', (difference, glyph, words) => {
  const anonymous = { expected: 'the health paths', observed: 'the version', difference };
  const step = lane(endpointOf('exposed', { probe: probeOf('anonymous-forbidden', { anonymous }) }))[4];
  expect(step && markWords[step.mark].glyph).toBe(glyph);
  expect(step?.facts).toContain(`documented: the health paths; seen: the version (${words})`);
});

function factsOf(parts: Parameters<typeof probeOf>[1]) {
  const steps = lane(endpointOf('exposed', { probe: probeOf('anonymous-disabled', parts) }));
  return steps.find(({ name }) => name === 'TLS')?.facts;
}

describe('TLS', () => {
  const { tls } = probeOf('anonymous-disabled');

  test('a CA that nobody gives is unverified, not wrong', () => {
    expect(factsOf({ ...(tls && { tls: { ...tls, chain: 'none' } }) })).toContain(
      'unverified: no CA is known to compare it with',
    );
  });

  test('how it is done, as far as it was told', () => {
    const versions = offers({ TLSv1: 'unknown', 'TLSv1.1': 'yes' });
    const facts = factsOf({ ...(tls && { tls: { ...tls, posture: posture({ versions }) } }) });
    expect(facts?.slice(-4)).toEqual([
      'offers TLS 1.1, 1.2, 1.3',
      'not told: TLS 1.0',
      'key exchange X25519MLKEM768',
      'asks for client certificates of CN=kubernetes',
    ]);
  });

  test('of several addresses, at which one: not always the one that decides', () => {
    const [first, second] = ['203.0.113.7', '203.0.113.8'].map((address) => probeOf('anonymous-disabled', { address }));
    const inspected = { ...second, ...(tls && { tls: { ...tls, posture: posture() } }) };
    const facts = factsOf({ ...first, addresses: [first, inspected] } as Parameters<typeof probeOf>[1]);
    expect(facts?.slice(-4)).toEqual([
      'inspected at 203.0.113.8',
      'offers TLS 1.2, 1.3',
      'key exchange X25519MLKEM768',
      'asks for client certificates of CN=kubernetes',
    ]);
  });
});
