import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, parseBlock, rangeSet } from '../../../src/lib/cidr.ts';
import type { Block, Family } from '../../../src/lib/cidr.ts';

/*
 * A second, slow implementation. A network is the text of its leading bits, and a set is counted by walking the tree of
 * all bit texts: no numbers of first and last addresses, no sorting, no joining, no parsing.
 */
interface Network {
  readonly family: Family;
  readonly bits: string;
}

const width = { ipv4: 32, ipv6: 128 } as const;

const notInternet: Readonly<Record<Family, readonly string[]>> = {
  ipv4: [
    '00001010', // 10/8
    '101011000001', // 172.16/12
    '1100000010101000', // 192.168/16
    '0110010001', // 100.64/10
    '01111111', // 127/8
    '1010100111111110', // 169.254/16
  ],
  ipv6: ['1111110', '1111111010', `${'0'.repeat(127)}1`],
};

/** What no packet from the internet has as its source beside that: 0/8 and 224/3; all of IPv6 but 2000::/3. */
const alsoNotInternet: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ['00000000', '111'],
  ipv6: ['000', '010', '011', '1'],
};

function sizeWithin(node: string, listed: readonly string[], holes: readonly string[], family: Family): bigint {
  const reaching = listed.filter((bits) => node.startsWith(bits) || bits.startsWith(node));
  const open = holes.filter((bits) => bits.startsWith(node) || node.startsWith(bits));
  if (reaching.length === 0 || open.some((bits) => node.startsWith(bits))) return 0n;
  if (open.length === 0 && reaching.some((bits) => node.startsWith(bits)))
    return 2n ** BigInt(width[family] - node.length);
  return sizeWithin(`${node}0`, reaching, open, family) + sizeWithin(`${node}1`, reaching, open, family);
}

function isWhole(listed: readonly string[], family: Family): boolean {
  const holes = [...notInternet[family], ...alsoNotInternet[family]];
  return sizeWithin('', listed, holes, family) === sizeWithin('', [''], holes, family);
}

function slowSize(networks: readonly Network[], family: Family, node = ''): bigint {
  const listed = networks.filter((network) => network.family === family).map(({ bits }) => bits);
  const isAll = isWhole(listed, family);
  return sizeWithin(node, isAll ? [''] : listed, isAll ? [] : notInternet[family], family);
}

/** Few leading bits vary, so that networks overlap, touch and fill up; the rest is noise that must not count. */
const network = fc
  .record({
    family: fc.constantFrom<Family>('ipv4', 'ipv6'),
    start: fc.constantFrom(
      '',
      '0010000000000001',
      '00001010',
      '101011000001',
      '0110010001',
      '11001011000000000111',
      '1',
    ),
    next: fc.stringMatching(/^[01]{0,5}$/),
    noise: fc.stringMatching(/^[01]{128}$/),
  })
  .map(({ family, start, next, noise }) => ({
    family,
    bits: start + next,
    all: (start + next + noise).slice(0, width[family]),
  }));

type Sample = Network & { readonly all: string };

function addressOf({ family, all }: Sample): string {
  const size = family === 'ipv4' ? 8 : 16;
  const parts = all.match(family === 'ipv4' ? /.{8}/g : /.{16}/g) ?? [];
  const numbers = parts.map((bits) => Number.parseInt(bits, 2));
  return size === 8 ? numbers.join('.') : numbers.map((part) => part.toString(16)).join(':');
}

/** IPv4 also in its mapped form; one address also bare. */
function entryOf(sample: Sample, isMapped: boolean): string {
  const isV4 = sample.family === 'ipv4';
  const address = isV4 && isMapped ? `::ffff:${addressOf(sample)}` : addressOf(sample);
  const length = isV4 && isMapped ? sample.bits.length + 96 : sample.bits.length;
  return `${address}/${length}`;
}

const lists = fc.array(fc.tuple(network, fc.boolean()), { maxLength: 12 });
const settings = { seed: 4, numRuns: 1500 } as const;

test('a list has the size that a walk through the tree of bits counts', () => {
  let wholes = 0;
  fc.assert(
    fc.property(lists, (list) => {
      const samples = list.map(([sample]) => sample);
      const set = rangeSet(list.map(([sample, isMapped]) => entryOf(sample, isMapped)));
      expect(set.unreadable).toEqual([]);
      for (const family of ['ipv4', 'ipv6'] as const) {
        const size = slowSize(samples, family);
        expect(set.count[family]).toBe(size);
        expect(set.share[family]).toBe(Number(size) / 2 ** width[family]);
        expect(set.whole.includes(family)).toBe(size === 2n ** BigInt(width[family]));
      }
      wholes += set.whole.length;
    }),
    settings,
  );
  expect(wholes).toBeGreaterThan(50);
});

test('a list covers a network as far as the walk finds it', () => {
  const found = new Set<string>();
  fc.assert(
    fc.property(lists, network, (list, asked) => {
      const samples = list.map(([sample]) => sample);
      const set = rangeSet(list.map(([sample, isMapped]) => entryOf(sample, isMapped)));
      const size = slowSize(samples, asked.family, asked.bits);
      const all = 2n ** BigInt(width[asked.family] - asked.bits.length);
      const expected = size === 0n ? 'none' : size === all ? 'all' : 'some';
      expect(covers(set, parseBlock(entryOf(asked, false)) as Block)).toBe(expected);
      found.add(expected);
    }),
    settings,
  );
  expect([...found].toSorted()).toEqual(['all', 'none', 'some']);
});

test('a list is the same set in any order, and joined as far as it goes', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const entries = list.map(([sample, isMapped]) => entryOf(sample, isMapped));
      const set = rangeSet(entries);
      expect(rangeSet(entries.toReversed()).count).toEqual(set.count);
      for (const [index, block] of set.blocks.entries()) {
        const next = set.blocks[index + 1];
        expect(block.first <= block.last).toBe(true);
        expect(next?.family === block.family && next.first <= block.last + 1n).toBe(false);
      }
    }),
    settings,
  );
});
