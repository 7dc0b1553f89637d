import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Family = 'ipv4' | 'ipv6';

const families = ['ipv4', 'ipv6'] as const;
const bits = { ipv4: 32, ipv6: 128 } as const;

/** A block of addresses as the numbers of its first and last one. */
export interface Block {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** Of one family, what the internet can come from, and ranges that no packet from it bears. */
interface Space {
  readonly internet: readonly Block[];
  readonly notInternet: readonly Block[];
}

/** Such ranges are shown, but they count for nothing (`report-contract.md` §1, Access). */
const notInternet = {
  ipv4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ipv6: ['fc00::/7', 'fe80::/10', '::1/128'],
} as const;

/** Worked out where it is needed: most lists hold IPv4 alone, and getting ready to read IPv6 takes longer than reading them. */
const spaces: Partial<Record<Family, Space>> = {};

function spaceOf(family: Family): Space {
  return (spaces[family] ??= findSpace(family));
}

/** Without "this network", multicast and reserved space, and of IPv6 only what is global unicast. */
function findSpace(family: Family): Space {
  const taken = readBlocks(notInternet[family]);
  const internet =
    family === 'ipv6'
      ? readBlocks(['2000::/3'])
      : readBlocks(['0.0.0.0/8', '224.0.0.0/3']).reduce(subtract, taken.reduce(subtract, [wholeOf(family)]));
  return { internet, notInternet: taken };
}

function readBlocks(ranges: readonly string[]): readonly Block[] {
  return ranges.flatMap((range) => parseBlock(range) ?? []);
}

/**
 * Reads one entry of an allow-list: a block or a bare address, host bits allowed, IPv4-mapped IPv6 taken as the IPv4 it means.
 * Returns undefined for anything else (a service tag, a typing error).
 */
export function parseBlock(entry: string): Block | undefined {
  const [text = '', length, ...rest] = entry.trim().split('/');
  // isIP is strict where ipaddr.js is not: 010.1.1.1 is octal to one reader and decimal to the next, so it is no address.
  if (rest.length > 0 || isIP(text) === 0 || text.includes('%')) return undefined;
  const address = ipaddr.parse(text);
  const family = address.kind();
  const prefix = length === undefined ? bits[family] : parsePrefix(length, bits[family]);
  if (prefix === undefined) return undefined;
  const block = spread(family, toNumber(address), prefix);
  return family === 'ipv6' ? unmapped(block) : block;
}

/** Whether packets from the internet can bear this source address; false for what is no address. */
export function isInternetAddress(address: string): boolean {
  const block = parseBlock(address);
  return block !== undefined && covers({ blocks: spaceOf(block.family).internet }, block) === 'all';
}

function parsePrefix(text: string, most: number): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

function wholeOf(family: Family): Block {
  return spread(family, 0n, 0);
}

function toNumber(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function spread(family: Family, value: bigint, prefix: number): Block {
  const length = 1n << BigInt(bits[family] - prefix);
  const first = value - (value % length);
  return { family, first, last: first + length - 1n };
}

/** `::ffff:203.0.113.0/120` means IPv4 203.0.113.0/24; a shorter prefix covers more than the mapped space and stays IPv6. */
function unmapped(block: Block): Block {
  const mapped = 0xffffn << 32n;
  if (block.first >> 32n !== 0xffffn) return block;
  return { family: 'ipv4', first: block.first - mapped, last: block.last - mapped };
}

/** A list of ranges as a set. */
export interface RangeSet {
  /** Disjoint, ascending, neighbours joined; ranges that the internet cannot come from are taken out. */
  readonly blocks: readonly Block[];
  readonly unreadable: readonly string[];
  readonly count: Readonly<Record<Family, bigint>>;
  /** Part of the family, 0 to 1. */
  readonly share: Readonly<Record<Family, number>>;
  /** Families of which every address that the internet can come from is listed; they count in full. */
  readonly whole: readonly Family[];
}

/** By the entries: an organisation's clusters share a few lists, the default one above all. Bounded, as no two may be alike. */
const known = new Map<string, RangeSet>();
const mostKnown = 1000;

/** Unites the readable entries per family. */
export function rangeSet(entries: readonly string[]): RangeSet {
  const key = JSON.stringify(entries);
  const found = known.get(key);
  if (found !== undefined) return found;
  const set = uniteReadable(entries);
  if (known.size >= mostKnown) known.clear();
  known.set(key, set);
  return set;
}

function uniteReadable(entries: readonly string[]): RangeSet {
  const parsed = entries.map((entry) => ({ entry, block: parseBlock(entry) }));
  const united = unite(parsed.flatMap(({ block }) => block ?? []));
  const listed = families.filter((family) => united.some((block) => block.family === family));
  const whole = listed.filter((family) =>
    spaceOf(family).internet.every((block) => covers({ blocks: united }, block) === 'all'),
  );
  const blocks = [
    ...listed
      .flatMap((family) => spaceOf(family).notInternet)
      .reduce(subtract, united)
      .filter(({ family }) => !whole.includes(family)),
    ...whole.map(wholeOf),
  ];
  const count = { ipv4: size(blocks, 'ipv4'), ipv6: size(blocks, 'ipv6') };
  return {
    blocks,
    unreadable: parsed.filter(({ block }) => block === undefined).map(({ entry }) => entry),
    count,
    share: { ipv4: Number(count.ipv4) / 2 ** 32, ipv6: Number(count.ipv6) / 2 ** 128 },
    whole,
  };
}

/** Whether a block lies wholly within the set (`all`), not at all (`none`), or partly. The set's blocks are disjoint. */
export function covers(set: Pick<RangeSet, 'blocks'>, block: Block): 'all' | 'some' | 'none' {
  const shared = set.blocks.reduce((sum, other) => sum + sharedSize(block, other), 0n);
  if (shared === 0n) return 'none';
  return shared === size([block], block.family) ? 'all' : 'some';
}

function sharedSize(block: Block, other: Block): bigint {
  if (isApart(block, other)) return 0n;
  const first = block.first > other.first ? block.first : other.first;
  const last = block.last < other.last ? block.last : other.last;
  return last - first + 1n;
}

function unite(blocks: readonly Block[]): Block[] {
  const sorted = blocks.toSorted((a, b) =>
    a.family === b.family ? compare(a.first, b.first) : a.family < b.family ? -1 : 1,
  );
  const united: Block[] = [];
  for (const block of sorted) {
    const last = united.at(-1);
    if (last?.family === block.family && block.first <= last.last + 1n) {
      united[united.length - 1] = { ...last, last: block.last > last.last ? block.last : last.last };
    } else united.push(block);
  }
  return united;
}

function subtract(blocks: readonly Block[], taken: Block): readonly Block[] {
  if (blocks.every((block) => isApart(block, taken))) return blocks;
  return blocks.flatMap((block) => {
    if (isApart(block, taken)) return [block];
    const before = { ...block, last: taken.first - 1n };
    const after = { ...block, first: taken.last + 1n };
    return [before, after].filter((part) => part.first <= part.last);
  });
}

function isApart(block: Block, other: Block): boolean {
  return block.family !== other.family || other.last < block.first || other.first > block.last;
}

function size(blocks: readonly Block[], family: Family): bigint {
  return blocks.reduce((sum, block) => (block.family === family ? sum + block.last - block.first + 1n : sum), 0n);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
