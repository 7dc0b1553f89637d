import { formatCount } from '../../src/lib/text.ts';
import type { JudgedAccess } from '../../src/model/report.ts';

/** What the settings admit, in few words: `every address`, `256 IPv4 addresses`. */
export function describeAccess(access: JudgedAccess): string {
  if (access.kind === 'open') return 'open to every address';
  if (access.kind === 'closed') return 'closed';
  if (access.settings === 'none') return 'there are none';
  if (access.kind === 'unknown') return 'could not be read';
  return ['allow-list', describeSize(access)].join(' of ');
}

function describeSize({ addressCount, admits = [] }: JudgedAccess): string {
  const parts = [ipv4Words(addressCount?.ipv4), ipv6Words(addressCount?.ipv6), admits.join(', ')];
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? 'no internet address' : said.join(' and ');
}

function ipv4Words(count = '0'): string {
  if (count === '0') return '';
  return `${formatCount(BigInt(count))} IPv4 ${count === '1' ? 'address' : 'addresses'}`;
}

/** Nobody counts IPv6 addresses: the size is said as the network of that many. */
function ipv6Words(count = '0'): string {
  const bits = BigInt(count).toString(2);
  if (count === '0') return '';
  const isWhole = !bits.slice(1).includes('1');
  return `${isWhole ? '' : 'more than '}a /${129 - bits.length} of IPv6`;
}

/** `5.96e-8` of a family as a sentence's end; nothing where the list admits none of it. */
export function describeShare({ share }: JudgedAccess): string {
  if (share === undefined || share.ipv4 === 0) return '';
  return share.ipv4 >= 0.0001 ? `${Number((share.ipv4 * 100).toPrecision(2))} % of IPv4` : '';
}
