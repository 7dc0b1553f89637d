import { isIP } from 'node:net';

const longestName = 253;

/** Whether a text is a DNS name or a bare address, and nothing that two readers may understand differently. */
export function isHost(text: string): boolean {
  return isName(text) || isAddress(text);
}

/** The name that means this very machine (RFC 6761, 6.3). */
export function isLocalName(text: string): boolean {
  return /(?:^|\.)localhost$/i.test(text);
}

/** A zone (`fe80::1%eth0`) means something on one machine only. */
function isAddress(host: string): boolean {
  return isIP(host) !== 0 && !host.includes('%');
}

/** A last label that is a number makes some resolvers read the whole as an IPv4 address (`127.1`, `0x7f000001`). */
export function isName(host: string): boolean {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  return host.length <= longestName && labels.every(isLabel) && !/^\d+$|^0x[\da-f]*$/i.test(last);
}

function isLabel(label: string): boolean {
  return label.length <= 63 && /^[\da-z][\da-z-]*$/i.test(label) && !label.endsWith('-');
}
