import { BlockList, isIP } from 'node:net';

/** RFC 1918, carrier-grade NAT, loopback, and unique local addresses: no packet from the internet is sent there. */
const privateRanges: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
];

const privateNetworks = new BlockList();
for (const range of privateRanges) privateNetworks.addSubnet(...range);

/** A private address, or the name that means this machine (RFC 6761, 6.3). Other names show what they are when they are resolved. */
export function isPrivateHost(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return /(?:^|\.)localhost$/i.test(host);
  return privateNetworks.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
