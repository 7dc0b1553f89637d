import { describe, expect, test } from 'vitest';
import {
  admittedAddress,
  allowList,
  answer,
  closed,
  cluster,
  endpoint,
  evidence,
  judgeAll,
  judgeOne,
  look,
  open,
  probe,
  secondLook,
  silence,
  stranger,
  vantage,
} from './evidence.ts';
import type { Access } from '../../../src/model/endpoint.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { AddressResult, EndpointProbe, ProbeResult } from '../../../src/model/probe.ts';
import type { Evidence, MergedVantage } from '../../../src/model/evidence.ts';
import type { JudgedEndpoint } from '../../../src/model/report.ts';

function withAccess(access: Access): Cluster {
  return cluster('prod', { endpoints: [endpoint({ access })] });
}

function at(address: string, result: ProbeResult): AddressResult {
  return { ...result, address, family: address.includes(':') ? 'ipv6' : 'ipv4' };
}

/** A result as the probe gives it where a name had several addresses: the first one's fields stand above. */
function several(...addresses: readonly [AddressResult, ...AddressResult[]]): ProbeResult {
  return { ...addresses[0], addresses };
}

function said({ exposure, confirmed }: { readonly exposure: string; readonly confirmed: boolean }): string {
  return `${exposure}${confirmed ? ' confirmed' : ''}`;
}

const [v4, other4, v6] = ['192.0.2.10', '192.0.2.11', '2001:4860::10'];

describe('several addresses of one name', () => {
  const heard = at(v4, answer());
  const alsoHeard = at(v6, answer());
  const unheard = at(v6, silence());
  const front = at(v6, stranger());
  test.each<[string, Access, ProbeResult, string]>([
    ['open, and both answer', open, several(heard, alsoHeard), 'exposed confirmed'],
    ['open, and one is silent', open, several(unheard, heard), 'exposed confirmed'],
    ['open, and a stranger stands at one', open, several(front, heard), 'exposed confirmed'],
    ['closed, and one answers', closed, several(unheard, heard), 'unknown'],
    ['closed, and both are silent', closed, several(unheard, at(v4, silence())), 'private'],
  ])('%s: the worst wins', (_, access, result, expected) => {
    const subject = withAccess(access);
    expect(said(judgeOne(subject, [probe(subject, result)]))).toBe(expected);
  });

  test('each is judged by the list of its own family, and the reason names the one that decides', () => {
    const subject = withAccess(allowList(['2001:4860::/32', '203.0.113.0/24']));
    const again = secondLook('equal', several(at(v4, answer()), at(v6, answer())));
    const result = several(at(v6, answer()), at(v4, answer()));
    const own = { addresses: ['2001:4860::77', '198.51.100.7'] };
    const judged = judgeOne(subject, [probe(subject, result, { secondLook: again })], own);
    expect(said(judged)).toBe('contradiction confirmed');
    expect(judged.reason).toMatch(/ \(at 192\.0\.2\.10\)$/);
    expect(judged.probe?.address).toBe(v4);
    expect(judged.probe?.addresses?.map(({ address }) => address)).toEqual([v6, v4]);
  });

  test.each<[string, ProbeResult, string, ProbeResult?]>([
    ['the same address', several(at(v6, silence()), at(v4, answer())), 'contradiction confirmed'],
    ['another address of the family', several(at(v6, silence()), at(other4, answer())), 'contradiction confirmed'],
    ['an answer of the other one instead', several(at(v6, answer()), at(v4, silence())), 'unknown'],
    ['silence of both', several(at(v6, silence()), at(v4, silence())), 'private'],
    ['another address alone', answer({ address: other4 }), 'contradiction confirmed'],
    [
      'two of the family that changed places',
      several(at(other4, answer()), at(v4, silence())),
      'unknown',
      several(at(v4, answer()), at(other4, silence())),
    ],
    ['no look at all', look('not-probed'), 'unknown'],
  ])('the second look at one of them: %s', (_, again, expected, first) => {
    const subject = withAccess(closed);
    const result = first ?? several(at(v4, answer()), at(v6, look('filtered')));
    const judged = judgeOne(subject, [probe(subject, result, { secondLook: secondLook('equal', again) })]);
    expect(said(judged)).toBe(expected);
  });
});

const outside: MergedVantage = { ...vantage(), id: 'outside', name: 'laptop' };
const admitted: MergedVantage = { ...vantage({ addresses: [admittedAddress] }), id: 'admitted', name: 'office' };
const inside: MergedVantage = { ...vantage({ kind: 'inside' }), id: 'inside', name: 'pod' };

function from(
  place: MergedVantage,
  subject: Cluster,
  result: ProbeResult,
  more: Partial<EndpointProbe> = {},
): EndpointProbe {
  return probe(subject, result, { vantage: place.id, ...more });
}

function merged(subject: Cluster, probes: readonly EndpointProbe[], others: readonly Cluster[] = []): Evidence {
  const vantages = [outside, admitted, inside].filter(({ id }) => probes.some((each) => each.vantage === id));
  return evidence({ clusters: [subject, ...others], probes }, { vantages });
}

function judgeMerged(
  subject: Cluster,
  probes: readonly EndpointProbe[],
  others: readonly Cluster[] = [],
): JudgedEndpoint {
  const [judged] = judgeAll(merged(subject, probes, others)).clusters.filter(({ id }) => id === subject.id);
  return judged?.endpoints[0] as JudgedEndpoint;
}

const again = secondLook('equal', answer());

describe('several vantages', () => {
  const listed = withAccess(allowList());
  test.each<[string, Cluster, readonly [MergedVantage, ProbeResult, Partial<EndpointProbe>?][], string]>([
    [
      'one is let in, as listed',
      listed,
      [
        [outside, silence()],
        [admitted, answer()],
      ],
      'restricted confirmed',
    ],
    [
      'one contradicts, the other is let in',
      listed,
      [
        [outside, answer(), { secondLook: again }],
        [admitted, answer()],
      ],
      'contradiction confirmed',
    ],
    [
      'one was not looked at twice',
      listed,
      [
        [outside, answer()],
        [admitted, answer()],
      ],
      'unknown',
    ],
    [
      'one has no right to read settings',
      listed,
      [[outside, answer(), { secondLook: secondLook('not-read-again', answer()) }]],
      'unknown',
    ],
    [
      'a later scan read them',
      listed,
      [[outside, answer(), { secondLook: secondLook('equal-afterwards', answer()) }]],
      'contradiction confirmed',
    ],
    ['a later scan read others', listed, [[outside, answer(), { outdated: true, secondLook: again }]], 'unknown'],
    ['silence under other settings', listed, [[outside, silence(), { outdated: true }]], 'restricted'],
    [
      'an answer under other settings of what is open now',
      withAccess(open),
      [[outside, answer(), { outdated: true }]],
      'exposed',
    ],
    [
      'one stands inside',
      withAccess(closed),
      [
        [inside, answer()],
        [outside, silence()],
      ],
      'private',
    ],
    [
      'open, and reached from one only',
      withAccess(open),
      [
        [inside, answer()],
        [outside, answer()],
      ],
      'exposed confirmed',
    ],
  ])('%s', (_, subject, looks, expected) => {
    const probes = looks.map(([place, result, more]) => from(place, subject, result, more));
    expect(said(judgeMerged(subject, probes))).toBe(expected);
  });

  test('each is reported with what it would come to alone; the deciding one gives the fields above', () => {
    const judged = judgeMerged(listed, [
      from(admitted, listed, silence()),
      from(outside, listed, answer(), { secondLook: again }),
    ]);
    expect(judged.reason).toMatch(/ \(seen from laptop\)$/);
    expect(judged).toMatchObject({ vantageAdmitted: 'no', probe: { outcome: 'anonymous-forbidden' } });
    expect(judged.probe?.observations).toMatchObject([
      { vantage: 'outside', vantageName: 'laptop', vantageAdmitted: 'no', exposure: 'contradiction', confirmed: true },
      { vantage: 'admitted', vantageName: 'office', vantageAdmitted: 'yes', exposure: 'restricted', confirmed: false },
    ]);
  });

  test('of two that come to the same, the one that saw more gives the fields', () => {
    const subject = withAccess(open);
    const worse = answer({ outcome: 'data-exposed' });
    for (const [here, there] of [[answer(), worse] as const, [worse, answer()] as const]) {
      const seen = [from(outside, subject, here), from(admitted, subject, there)];
      expect(judgeMerged(subject, seen).probe?.outcome).toBe('data-exposed');
    }
  });

  test('the settings read afterwards are said to be so', () => {
    const probes = [from(outside, listed, answer(), { secondLook: secondLook('equal-afterwards', answer()) })];
    expect(judgeMerged(listed, probes).reason).toContain('read again afterwards were the same');
  });

  test('silence is enforced only by what was reached from the same place', () => {
    const neighbour = cluster('other');
    const silent = from(outside, listed, silence());
    expect(said(judgeMerged(listed, [silent, from(outside, neighbour, answer())], [neighbour]))).toBe(
      'restricted confirmed',
    );
    expect(said(judgeMerged(listed, [silent, from(admitted, neighbour, answer())], [neighbour]))).toBe('restricted');
  });
});

describe('interception', () => {
  const names = ['a', 'b', 'c'];
  const clusters = names.map((name) => cluster(name, { endpoints: [endpoint({ access: open })] }));
  const tls = { chain: 'local-root', chainRoot: 'CN=proxy' } as NonNullable<ProbeResult['tls']>;
  const probes = clusters.flatMap((each, index) => [
    from(outside, each, answer({ tls, address: `192.0.2.${index}` })),
    from(admitted, each, answer()),
  ]);
  const report = judgeAll(evidence({ clusters, probes }, { vantages: [outside, admitted] }));

  test('is seen whichever address of a name shows it', () => {
    const hidden = clusters.map((each, index) => {
      const shown = at(`192.0.2.${index}`, answer({ tls }));
      return probe(each, several(at(v6, silence()), shown));
    });
    expect(judgeAll(evidence({ clusters, probes: hidden })).scan.vantage.intercepted).toBe(true);
  });

  test('is of one vantage, by name, and spoils no look of another one', () => {
    expect(report.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^seen from laptop: the certificates of 3/),
    ]);
    expect(report.scan.vantage.intercepted).toBe(false);
    expect(report.scan.vantages?.map(({ id, intercepted }) => [id, intercepted])).toEqual([
      ['outside', true],
      ['admitted', false],
    ]);
    expect(report.clusters[0]?.endpoints[0]).toMatchObject({ exposure: 'exposed', confirmed: true });
    expect(report.clusters[0]?.endpoints[0]?.probe?.observations?.map(({ confirmed }) => confirmed)).toEqual([
      false,
      true,
    ]);
  });
});
