import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

import type { AddressClass } from '../model/probe.ts';
import { classifyAddress } from './address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly class: AddressClass;
}

export type Resolution =
  | { readonly kind: 'resolved'; readonly addresses: readonly ResolvedAddress[] }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'ended' };

/** Asks for the addresses of a name; rejects with the resolver's error. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** A name with more addresses than this is no API server's; the rest is left unread. */
const maxAddresses = 32;

const noSuchName = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NODATA', 'EAI_NONAME']);

/** The system's resolver, or only the given servers (`address`, `address:port` or `[address]:port`). */
export function createLookup(servers: readonly string[]): Lookup {
  if (servers.length === 0) {
    return async (host) => (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);
  }
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  resolver.setServers(servers);
  return (host) => askBothFamilies(resolver, host);
}

/** One family without an answer does not spoil the other one's. */
async function askBothFamilies(resolver: Resolver, host: string): Promise<readonly string[]> {
  const replies = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = replies.flatMap((reply) => (reply.status === 'fulfilled' ? reply.value : []));
  const errors = replies.flatMap((reply) =>
    reply.status === 'rejected' ? [reply.reason as NodeJS.ErrnoException] : [],
  );
  if (addresses.length > 0) return addresses;
  throw errors.find((error) => !noSuchName.has(error.code ?? '')) ?? errors[0] ?? new Error('no answer');
}

/** Resolves a name once; what comes back is all that this look may dial. A bare address needs no resolver. */
export async function resolve(host: string, ask: Lookup, signal: AbortSignal): Promise<Resolution> {
  if (isIP(host) !== 0) return { kind: 'resolved', addresses: [classified(host)] };
  const ended = new Promise<undefined>((settle) => {
    signal.addEventListener('abort', () => settle(undefined), { once: true });
  });
  try {
    const addresses = signal.aborted ? undefined : await Promise.race([ask(host), ended]);
    if (addresses === undefined) return { kind: 'ended' };
    const distinct = [...new Set(addresses)].slice(0, maxAddresses);
    return distinct.length === 0 ? noAddress : { kind: 'resolved', addresses: distinct.map(classified) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (noSuchName.has(code)) return noAddress;
    return { kind: 'failed', detail: `The resolver gave no answer for the name (${code || 'error'}).` };
  }
}

const noAddress: Resolution = { kind: 'failed', detail: 'The name has no address.' };

function classified(address: string): ResolvedAddress {
  return { address, class: classifyAddress(address) };
}
