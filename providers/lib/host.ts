import { isIP } from 'node:net';
import { isHost } from '../../src/lib/host.ts';

/** Where an API server is dialled. `host` is a DNS name in the case it was given in, or an address without brackets. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads an endpoint as clouds write it: a name or an address, perhaps with `https://` before, `:port` and one `/` behind.
 * Undefined for everything else (paths, user names, other schemes, `127.1`), since a host that two readers understand
 * differently must not be dialled. The port is 443 where none is given.
 */
export function parseHost(text: string): HostAndPort | undefined {
  const { host, port } = splitPort(withoutScheme(text));
  const number = port === undefined ? 443 : portNumber(port);
  if (number === undefined || !isHost(host)) return undefined;
  return { host, port: number };
}

function withoutScheme(text: string): string {
  const rest = text.slice(0, 8).toLowerCase() === 'https://' ? text.slice(8) : text;
  return rest.endsWith('/') ? rest.slice(0, -1) : rest;
}

function splitPort(text: string): { host: string; port?: string } {
  const colon = text.lastIndexOf(':');
  if (text.startsWith('[')) return splitBracketed(text);
  if (colon < 0 || isIP(text) === 6) return { host: text };
  return { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** Brackets belong to IPv6 alone: anything else in them comes back as it was and is refused. */
function splitBracketed(text: string): { host: string; port?: string } {
  const end = text.indexOf(']');
  const host = text.slice(1, Math.max(1, end));
  const rest = text.slice(end + 1);
  if (isIP(host) !== 6) return { host: text };
  if (rest === '') return { host };
  return rest.startsWith(':') ? { host, port: rest.slice(1) } : { host: text };
}

function portNumber(text: string): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
}
