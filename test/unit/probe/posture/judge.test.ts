import { describe, expect, test } from 'vitest';
import { tlsVersions, type TlsPosture } from '../../../../src/model/posture.ts';
import type { Shaken } from '../../../../src/probe/posture/handshake.ts';
import { judgePosture, type Judging } from '../../../../src/probe/posture/judge.ts';
import { wireVersions, type Offer } from '../../../../src/probe/posture/offers.ts';

const judging: Judging = {
  isSamePeer: () => true,
  spoken: undefined,
  offersPostQuantum: true,
  now: new Date('2026-01-01T00:00:00Z'),
};

function hello(version: (typeof tlsVersions)[number], group?: number): Shaken {
  const wire = { kind: 'hello', version: wireVersions[version], cipher: 0x002f, asksAgain: false } as const;
  return { kind: 'answered', flight: { hello: { ...wire, ...(group !== undefined && { group }) }, isDone: false } };
}

function refusal(alert: number): Shaken {
  return { kind: 'answered', flight: { alert, isDone: false } };
}

const alert = refusal(70);
const noSuite = refusal(40);
const garbage: Shaken = { kind: 'answered', flight: { isDone: false } };
const dropped: Shaken = { kind: 'dropped' };
const silent: Shaken = { kind: 'silent' };
const unable: Shaken = { kind: 'unable' };

/** Handshakes from TLS 1.0 to 1.3, then the weak one. */
function judge(shaken: readonly (Shaken | undefined)[], changes: Partial<Judging> = {}): TlsPosture {
  const offers: readonly Offer[] = [...tlsVersions, 'weak'];
  const seen = shaken.flatMap((one, index) => (one === undefined ? [] : [[offers[index] ?? 'weak', one] as const]));
  return judgePosture({ shaken: new Map(seen), connections: seen.length }, { ...judging, ...changes });
}

function offered({ versions }: TlsPosture): string {
  return versions.map((offer) => ({ yes: 'Y', no: 'n', unknown: '?' })[offer.offered]).join('');
}

const [v10, v11, v12, v13] = tlsVersions;

describe('a version', () => {
  test.each<[string, readonly (Shaken | undefined)[], string]>([
    ['is refused by an alert', [alert, alert, hello(v12), hello(v13)], 'nnYY'],
    ['is refused by a hello of another', [alert, hello(v10), hello(v12), hello(v12)], 'nnYn'],
    ['stays unknown where the connection is dropped', [dropped, dropped, hello(v12), hello(v13)], '??YY'],
    ['stays unknown where no suite is shared, as Node lacks some', [noSuite, noSuite, hello(v12), hello(v13)], '??YY'],
    ['stays unknown after an alert about something else', [refusal(80), refusal(49), hello(v12), refusal(112)], '??Y?'],
    ['1.3 is refused by servers of before, which know none of its suites', [alert, alert, hello(v12), noSuite], 'nnYn'],
    ['is offered though the handshake went no further', [hello(v10), hello(v11), hello(v12), hello(v13)], 'YYYY'],
    ['stays unknown where the peer drops everything', [dropped, dropped, dropped, dropped], '????'],
    ['stays unknown where the peer refuses everything', [alert, alert, alert, alert], '????'],
    ['stays unknown after silence', [silent, alert, hello(v12), hello(v13)], '?nYY'],
    ['stays unknown where Node cannot speak it', [unable, unable, hello(v12), hello(v13)], '??YY'],
    ['stays unknown after what is no TLS', [garbage, alert, hello(v12), hello(v13)], '?nYY'],
    ['stays unknown where there was no time for it', [undefined, undefined, hello(v12), hello(v13)], '??YY'],
  ])('%s', (_, shaken, expected) => {
    expect(offered(judge(shaken))).toBe(expected);
  });

  test('that was spoken in the look is not refused: something else is wrong', () => {
    const shaken = [alert, alert, hello(v12), alert];
    expect(offered(judge(shaken))).toBe('nnYn');
    expect(offered(judge(shaken, { spoken: v13 }))).toBe('nnY?');
  });
});

describe("OpenSSL's refusal by policy", () => {
  const policy = [refusal(80), refusal(80), hello(v12), hello(v13)];
  test.each<[string, Shaken | undefined, string]>([
    ['counts where the last offer was accepted', hello(v12), 'nnYY'],
    ['counts where the last offer was refused for what it is', noSuite, 'nnYY'],
    ['does not where the last offer got the same', refusal(80), '??YY'],
    ['does not where the last offer was dropped', dropped, '??YY'],
    ['does not where there was no last offer', undefined, '??YY'],
  ])('%s', (_, weak, expected) => {
    expect(offered(judge([...policy, weak]))).toBe(expected);
  });
});

describe('a post-quantum key exchange', () => {
  test.each<[string, readonly Shaken[], Partial<Judging>, TlsPosture['keyExchange']]>([
    ['chosen', [hello(v12), hello(v13, 4588)], {}, { group: 'X25519MLKEM768', postQuantum: 'yes' }],
    ['not chosen', [hello(v12), hello(v13, 29)], {}, { group: 'X25519', postQuantum: 'no' }],
    [
      'not on offer',
      [hello(v12), hello(v13, 29)],
      { offersPostQuantum: false },
      { group: 'X25519', postQuantum: 'unknown' },
    ],
    ['of a group without a name', [hello(v12), hello(v13, 0x9999)], {}, { group: '0x9999', postQuantum: 'no' }],
    ['without 1.3', [hello(v12, 23), alert], {}, { group: 'secp256r1', postQuantum: 'no' }],
    ['without 1.3 and without a curve', [hello(v12), alert], {}, { postQuantum: 'no' }],
    ['1.3 unanswered', [hello(v12, 23), silent], {}, { group: 'secp256r1', postQuantum: 'unknown' }],
  ])('%s', (_, [older, newer], changes, expected) => {
    expect(judge([alert, alert, older, newer], changes).keyExchange).toEqual(expected);
  });
});

describe('weak suites', () => {
  const spoken = [alert, alert, hello(v12), hello(v13)];
  test.each<[string, Shaken | undefined, TlsPosture['weakCipher']]>([
    [
      'accepted: the suite by its number, where the handshake went no further',
      hello(v12),
      { accepted: 'yes', cipher: '0x002f' },
    ],
    ['refused', noSuite, { accepted: 'no' }],
    ['refused as insecure', refusal(71), { accepted: 'no' }],
    ['refused for another reason', refusal(80), { accepted: 'unknown' }],
    ['dropped', dropped, { accepted: 'unknown' }],
    ['unanswered', silent, { accepted: 'unknown' }],
    ['not asked for', undefined, { accepted: 'unknown' }],
  ])('%s', (_, weak, expected) => {
    expect(judge([...spoken, weak]).weakCipher).toEqual(expected);
  });

  test('there are none without TLS 1.2, and nothing is known where that is not', () => {
    expect(judge([alert, alert, alert, hello(v13)]).weakCipher).toEqual({ accepted: 'no' });
    expect(judge([alert, alert, silent, hello(v13)]).weakCipher).toEqual({ accepted: 'unknown' });
  });
});
