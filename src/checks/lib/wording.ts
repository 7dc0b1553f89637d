import { formatCount } from '../../lib/text.ts';

/** A sentence without its full stop, to stand inside another one. */
export function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * How much an allow-list admits. IPv6 is counted in /64 networks: one host is given a whole one, and the number of
 * single addresses has no meaning to a reader.
 */
export function sizeOf(count: { readonly ipv4: string; readonly ipv6: string }): string {
  const ipv6 = (BigInt(count.ipv6) + (1n << 64n) - 1n) >> 64n;
  const parts = [`${formatCount(BigInt(count.ipv4))} IPv4 addresses`, `${formatCount(ipv6)} IPv6 networks of /64`];
  return listed(ipv6 === 0n ? parts.slice(0, 1) : count.ipv4 === '0' ? parts.slice(1) : parts);
}
