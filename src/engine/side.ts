import { isInternetAddress } from '../lib/cidr.ts';
import type { AddressResult } from '../model/probe.ts';
import type { Vantage } from '../model/evidence.ts';

export type Side = 'outside' | 'inside';

/**
 * Which side of the internet a look was made from. What `--connect-to` dialled may be a tunnel that ends anywhere, so it is
 * from inside unless the user also said what address we appear as.
 */
export function sideOf(result: AddressResult | undefined, vantage: Vantage): Side {
  if (vantage.kind === 'inside') return 'inside';
  if (result?.via !== undefined) return vantage.addressesGiven ? 'outside' : 'inside';
  if (result?.address === undefined) return 'outside';
  return isPublic(result, result.address) ? 'outside' : 'inside';
}

/** The probe's own class where it has one: it also reads the IPv4 address within a NAT64 one. */
function isPublic(result: AddressResult, dialled: string): boolean {
  const known = result.resolved?.find(({ address }) => address === dialled);
  return known === undefined ? isInternetAddress(dialled) : known.class === 'public';
}

/** Loopback or an unspecified address is a resolver's way to block a name, not a network. A family that was not told of may be public. */
export function resolvesPrivately({ resolved = [], unansweredFamily }: AddressResult): boolean {
  const networks = ['private', 'cgnat', 'unique-local'];
  const isWhole = resolved.length > 0 && unansweredFamily === undefined;
  return isWhole && resolved.every((found) => networks.includes(found.class));
}
