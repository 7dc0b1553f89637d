import type { JudgedAccess } from '../../src/model/report.ts';

/** What the settings admit, in few words: `every address`, `256 IPv4 addresses`. */
export function describeAccess(access: JudgedAccess): string {
  if (access.kind === 'open') return 'open to every address';
  if (access.kind === 'closed') return 'closed';
  if (access.kind === 'unknown') return 'could not be read';
  return ['allow-list', describeSize(access)].join(' of ');
}

function describeSize({ addressCount, admits = [] }: JudgedAccess): string {
  const counts = [
    countWords(addressCount?.ipv4, 'IPv4'),
    countWords(addressCount?.ipv6, 'IPv6'),
    admits.length === 0 ? '' : admits.join(', '),
  ].filter((part) => part !== '');
  return counts.length === 0 ? 'no internet address' : counts.join(' and ');
}

function countWords(count: string | undefined, family: string): string {
  if (count === undefined || count === '0') return '';
  const shown = count.length > 12 ? `about 10^${count.length - 1}` : Number(count).toLocaleString('en-US');
  return `${shown} ${family} ${count === '1' ? 'address' : 'addresses'}`;
}

/** `5.96e-8` of a family as a sentence's end; nothing where the list admits none of it. */
export function describeShare({ share }: JudgedAccess): string {
  if (share === undefined || share.ipv4 === 0) return '';
  return share.ipv4 >= 0.0001
    ? `${(share.ipv4 * 100).toLocaleString('en-US', { maximumSignificantDigits: 2 })} % of IPv4`
    : '';
}
