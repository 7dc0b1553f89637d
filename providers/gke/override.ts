import { BlockList, isIP } from 'node:net';

import { UsageError } from '../../src/model/errors.ts';

/** Where an API is, in the three parts that the SDK wants it in. `host` has brackets where it is an IPv6 address. */
export interface ApiEndpoint {
  readonly protocol: 'https' | 'http';
  readonly host: string;
  readonly port: number;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Reads one of gcloud's `CLOUDSDK_API_ENDPOINT_OVERRIDES_…` variables; undefined where it is not set. Plain HTTP would show the
 * token to the network, so it is taken for this machine only. Raises UsageError; the value may hold a password and is not shown.
 */
export function endpointOverride(env: NodeJS.ProcessEnv, variable: string): ApiEndpoint | undefined {
  const text = env[variable];
  if (!text) return undefined;
  const url = URL.parse(text);
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (!bare || !['https:', 'http:'].includes(url.protocol)) {
    throw new UsageError(`${variable} must be https://host[:port] and nothing more`);
  }
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  if (protocol === 'http' && !isLoopback(url.hostname)) {
    throw new UsageError(`${variable} must be https: plain http is taken for this machine's own addresses only`);
  }
  return { protocol, host: url.hostname, port: Number(url.port) || (protocol === 'https' ? 443 : 80) };
}

function isLoopback(hostname: string): boolean {
  const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (address === 'localhost') return true;
  return isIP(address) !== 0 && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
