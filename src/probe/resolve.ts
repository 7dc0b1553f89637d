import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

import type { AddressClass } from '../model/probe.ts';
import type { Family } from '../lib/cidr.ts';
import { classifyAddress } from './address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly class: AddressClass;
}

export type Resolution = Resolved | { readonly kind: 'failed'; readonly detail: string } | { readonly kind: 'ended' };

interface Resolved {
  readonly kind: 'resolved';
  readonly addresses: readonly ResolvedAddress[];
  readonly unansweredFamily?: Family;
}

/** Asks for a name's addresses of one family; rejects with the resolver's error. */
type Ask = (host: string, family: Family) => Promise<readonly string[]>;

/** What a resolver gave for both families, each asked for once. */
interface Found {
  readonly addresses: readonly string[];
  /** The family that it gave no answer about, not even that there is none. */
  readonly unansweredFamily?: Family;
}

/** Asks for the addresses of a name; rejects with the resolver's error where it gave none. */
export type Lookup = (host: string) => Promise<Found>;

/** A name with more addresses than this is no API server's; the rest is left unread. */
const maxAddresses = 32;

const noSuchName = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NODATA', 'EAI_NONAME', 'EAI_ADDRFAMILY']);

/** The system's resolver, or only the given servers (`address`, `address:port` or `[address]:port`). */
export function createLookup(servers: readonly string[]): Lookup {
  if (servers.length === 0) return (host) => askBothFamilies(askSystem, host);
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  resolver.setServers(servers);
  return (host) =>
    askBothFamilies((name, family) => (family === 'ipv4' ? resolver.resolve4(name) : resolver.resolve6(name)), host);
}

/** Family by family: asked for both at once, the system gives one and keeps silent about the other one's failure. */
async function askSystem(host: string, family: Family): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, family: family === 'ipv4' ? 4 : 6, order: 'verbatim' });
  return found.map(({ address }) => address);
}

/** One family without an answer does not spoil the other one's, and is not taken for one without addresses. */
async function askBothFamilies(ask: Ask, host: string): Promise<Found> {
  const [ipv4, ipv6] = await Promise.allSettled([ask(host, 'ipv4'), ask(host, 'ipv6')]);
  const addresses = [ipv4, ipv6].flatMap((reply) => (reply.status === 'fulfilled' ? reply.value : []));
  const unanswered = isUnanswered(ipv4) ? ipv4 : isUnanswered(ipv6) ? ipv6 : undefined;
  if (unanswered === undefined) return { addresses };
  if (addresses.length === 0) throw unanswered.reason;
  return { addresses, unansweredFamily: unanswered === ipv4 ? 'ipv4' : 'ipv6' };
}

function isUnanswered(reply: PromiseSettledResult<unknown>): reply is PromiseRejectedResult {
  return reply.status === 'rejected' && !noSuchName.has(codeOf(reply.reason));
}

/** Resolves a name once; what comes back is all that this look may dial. A bare address needs no resolver. */
export async function resolve(host: string, ask: Lookup, signal: AbortSignal): Promise<Resolution> {
  if (isIP(host) !== 0) return { kind: 'resolved', addresses: [classified(host)] };
  const ended = new Promise<undefined>((settle) => {
    signal.addEventListener('abort', () => settle(undefined), { once: true });
  });
  try {
    const found = signal.aborted ? undefined : await Promise.race([ask(host), ended]);
    if (found === undefined) return { kind: 'ended' };
    const { addresses, ...gap } = found;
    const distinct = [...new Set(addresses)].slice(0, maxAddresses);
    if (distinct.length === 0) return { kind: 'failed', detail: 'The name has no address.' };
    return { kind: 'resolved', addresses: distinct.map(classified), ...gap };
  } catch (error) {
    const code = codeOf(error) || 'error';
    return { kind: 'failed', detail: `The resolver gave no answer for the name (${code}).` };
  }
}

/** A sentence to go after another one; empty where both families were answered. */
export function describeGap({ unansweredFamily }: Pick<Resolved, 'unansweredFamily'>): string {
  if (unansweredFamily === undefined) return '';
  const name = unansweredFamily === 'ipv4' ? 'IPv4' : 'IPv6';
  return ` Whether the name has ${name} addresses too is not known: the resolver gave no answer about them.`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

function classified(address: string): ResolvedAddress {
  return { address, class: classifyAddress(address) };
}
