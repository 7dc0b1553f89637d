import { isIP } from 'node:net';
import { UsageError } from '../model/errors.ts';
import type { ConnectToRule } from '../engine/collect.ts';
import { classifyAddress } from '../probe/address.ts';
import { knownPorts } from '../probe/ports/services.ts';
import type { RawValue } from './raw-values.ts';

/** One of a fixed list. @throws UsageError, as all of these: one line that names the field and the fix. */
export function oneOf<const T extends string>(value: string, allowed: readonly T[], source: string): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new UsageError(`${source}: ${quoted(value)} is none of ${allowed.join(', ')}`);
  return found;
}

/** The last of a value that may be given once. */
export function single(raw: RawValue): string {
  if (raw.values.length !== 1) throw new UsageError(`${raw.source}: give it once`);
  return raw.values[0] ?? '';
}

export function numberIn(raw: RawValue, least: number, most: number, unit: string): number {
  const text = single(raw);
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < least || value > most) {
    throw new UsageError(`${raw.source}: ${quoted(text)} is not a number of ${unit} from ${least} to ${most}`);
  }
  return value;
}

export function publicAddress(value: string, source: string): string {
  if (isIP(value) === 0) throw new UsageError(`${source}: ${quoted(value)} is not an IP address`);
  const kind = classifyAddress(value);
  if (kind !== 'public') {
    throw new UsageError(`${source}: ${value} is ${kind}, not public; give the address that the internet sees you as`);
  }
  return value;
}

/** Https, since whoever changes the answer changes what is called a contradiction; http to this machine only. */
export function serviceUrl(value: string, source: string): URL {
  const url = URL.parse(value);
  const isLocal = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLocal)) {
    throw new UsageError(`${source}: ${quoted(value)} is not an https URL`);
  }
  if (url.username !== '' || url.password !== '') throw new UsageError(`${source}: leave user name and password out`);
  return url;
}

/** `host:port:address:port`, as curl's; IPv6 in brackets. The address may be loopback, as the user named it. */
export function connectToRule(value: string, source: string): ConnectToRule {
  const match = /^(\[[^\]]+\]|[^:]+):(\d{1,5}):(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(value);
  const [host = '', hostPort = '', address = '', port = ''] = (match ?? []).slice(1).map(withoutBrackets);
  if (!match || isIP(address) === 0 || !isPort(hostPort) || !isPort(port)) {
    throw new UsageError(`${source}: ${quoted(value)} is not host:port:address:port with an IP address to dial`);
  }
  const kind = classifyAddress(address);
  if (['link-local', 'multicast', 'unspecified', 'reserved'].includes(kind)) {
    throw new UsageError(`${source}: ${address} is ${kind} and is never dialled`);
  }
  return { host: host.toLowerCase(), hostPort: Number(hostPort), address, port: Number(port) };
}

/** `address`, `address:port` or `[address]:port`, given on as the resolver takes it. */
export function resolverAddress(value: string, source: string): string {
  const match = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(value) ?? /^([^:]+)(?::(\d{1,5}))?$/.exec(value);
  const [address, port] = isIP(value) === 6 ? [value, undefined] : [match?.[1] ?? '', match?.[2]];
  if (isIP(address) === 0 || (port !== undefined && !isPort(port))) {
    throw new UsageError(`${source}: ${quoted(value)} is not address or address:port of a DNS server`);
  }
  const shown = isIP(address) === 6 ? `[${address}]` : address;
  return port === undefined ? address : `${shown}:${port}`;
}

/** Ports of the fixed list, divided by commas; all of it where none is named. Nothing else may be tried on anybody's host. */
export function portList(raw: RawValue): readonly number[] | undefined {
  const text = single(raw);
  if (text === 'true') return knownPorts;
  if (text === 'false') return undefined;
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !knownPorts.some((port) => String(port) === word));
  if (unknown !== undefined)
    throw new UsageError(`${raw.source}: ${quoted(unknown)} is none of ${knownPorts.join(', ')}`);
  return [...new Set(words.map(Number))];
}

/** `*` is any text, `?` any character; the whole id or name must match, without case. */
export function globMatcher(glob: string): (text: string) => boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${pattern}$`, 'is');
  return (text) => expression.test(text);
}

function isPort(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 65_535;
}

function withoutBrackets(text: string): string {
  return text.startsWith('[') ? text.slice(1, -1) : text;
}

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
