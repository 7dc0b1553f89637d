import { BlockList, isIP } from 'node:net';
import { isLocalName } from '../../src/lib/host.ts';

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

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const unspecified = new BlockList();
unspecified.addAddress('0.0.0.0');
unspecified.addAddress('::', 'ipv6');

/** A private address, or the name of this machine. Other names show what they are when they are resolved. */
export function isPrivateHost(host: string): boolean {
  return isLocalName(host) || isIn(privateNetworks, host);
}

/**
 * What a host that means this machine leaves open: the file of k3s says 127.0.0.1 where the API server listens on every address, that
 * of k3d says 0.0.0.0 itself.
 */
export function noteOnOwnMachine(host: string): string | undefined {
  if (isIn(unspecified, host)) return 'its kubeconfig names no address that can be dialled: name one by --connect-to';
  const isOwn = isLocalName(host) || isIn(loopback, host);
  return isOwn ? 'its kubeconfig names this machine, whose other addresses may lead to the same API server' : undefined;
}

function isIn(networks: BlockList, host: string): boolean {
  const version = isIP(host);
  return version !== 0 && networks.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
