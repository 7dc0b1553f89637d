import { describe, expect, test } from 'vitest';

import type { ProbeResult } from '../../src/model/probe.ts';
import type { Break } from '../emulators/apiserver.ts';
import { survive } from '../unit/probe/survive.ts';

type Version = 'TLSv1.2' | 'TLSv1.3';

function breakAt(breaks: Break, maxVersion: Version = 'TLSv1.3'): ReturnType<typeof survive> {
  return survive({ behaviour: 'anonymous-forbidden', tls: { maxVersion }, breaks });
}

const statuses = ({ requests }: ProbeResult): string => requests.map(({ status }) => status ?? '-').join(' ');

describe('within the handshake', () => {
  // In the clear up to the record before the change of ciphers. Only an alert that OpenSSL took for one is named by its number.
  test.for([1, 2, 3, 4, 5])('an alert after record %i of TLS 1.2', async (afterRecord) => {
    const { result } = await breakAt({ afterRecord, by: 'alert' }, 'TLSv1.2');
    expect(result).toMatchObject({ outcome: 'tls-failed', identity: { peer: 'other' }, requests: [] });
    expect(result.detail).toContain('ALERT_INTERNAL_ERROR)');
  });

  test.for(['hello', 'extensions', 'certificate', 'verify'] as const)(
    'an alert that TLS 1.3 has sealed, after its %s',
    async (message) => {
      const { result } = await survive({ behaviour: `alerts-after-${message}-sealed` });
      expect(result).toMatchObject({ outcome: 'tls-failed', identity: { peer: 'other' }, requests: [] });
      expect(result.detail).toContain('ALERT_INTERNAL_ERROR)');
    },
  );

  test.for([2, 3, 4, 5])(
    'an alert in the clear after record %i of TLS 1.3, which by then is none',
    async (afterRecord) => {
      const { result } = await breakAt({ afterRecord, by: 'alert' });
      expect(result).toMatchObject({ outcome: 'tls-failed', identity: { peer: 'other' }, requests: [] });
    },
  );

  test.for([
    ...[1, 2, 3, 4, 5, 6].map((record) => ['TLSv1.2', record] as const),
    ...[1, 2, 3, 4, 5].map((record) => ['TLSv1.3', record] as const),
  ])('a reset, %s, after record %i', async ([version, afterRecord]) => {
    const { result } = await breakAt({ afterRecord, by: 'reset' }, version);
    expect(result).toMatchObject({ outcome: 'tls-failed', identity: { peer: 'other' }, requests: [] });
    expect(result.detail).toBe('The peer ended the connection during the TLS handshake.');
  });

  // The last record of each server's handshake. Which of the two is seen first, the end of the handshake or of the connection, is chance.
  test.for([
    ['TLSv1.2', 7],
    ['TLSv1.3', 6],
  ] as const)('a reset right after that of %s', async ([version, afterRecord]) => {
    const { result } = await breakAt({ afterRecord, by: 'reset' }, version);
    expect(['tls-failed', 'inconclusive']).toContain(result.outcome);
    expect(result.identity.peer).toBe('other');
  });
});

const answered = [403, 200, 403, 403, 403, 403];

describe.for(['reset', 'reset within the answer', 'alert', 'alert within the answer'] as const)('a %s', (by) => {
  const isRefusal = by === 'alert';

  test.for<Version>(['TLSv1.2', 'TLSv1.3'])('in place of the first answer, %s', async (version) => {
    const { result } = await breakAt({ atRequests: [1], by }, version);
    const outcome = isRefusal ? 'tls-failed' : 'inconclusive';
    expect(result).toMatchObject({ outcome, identity: { peer: 'other' }, requests: [{ path: '/' }] });
    expect(result.detail.includes('ALERT_BAD_RECORD_MAC)')).toBe(isRefusal);
  });

  test.for([2, 3, 4, 5, 6])('of a kept connection at request %i: what it was asked is asked once more', async (at) => {
    const { result, server } = await breakAt({ atRequests: [at], by });
    expect(result).toMatchObject({ outcome: 'anonymous-forbidden', identity: { peer: 'this' } });
    expect(statuses(result)).toBe([...answered.slice(0, at - 1), '-', ...answered.slice(at - 1)].join(' '));
    expect(server.requests).toHaveLength(7);
  });

  test.for([2, 6])('twice, from request %i on: what was learnt before stays, and no more is asked', async (at) => {
    const { result, server } = await breakAt({ atRequests: [at, at + 1], by });
    expect(result).toMatchObject({ outcome: 'inconclusive', identity: { peer: 'this' } });
    expect(statuses(result)).toBe([...answered.slice(0, at - 1), '-', '-'].join(' '));
    expect(server.connections).toHaveLength(2);
  });
});
