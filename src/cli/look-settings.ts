import { hostname } from 'node:os';
import type { ConnectToRule } from '../engine/collect.ts';
import type { VantageCloud } from '../model/evidence.ts';
import {
  connectToRule,
  globMatcher,
  numberIn,
  oneOf,
  publicAddress,
  resolverAddress,
  serviceUrl,
  single,
} from './parse.ts';
import type { RawValues } from './raw-values.ts';
import { isOn, list, notEmpty, optional } from './read-values.ts';

/** How the user wants endpoints to be looked at, and from where: what `scan` and `probe` share. */
export interface LookSettings {
  readonly tlsPosture: boolean;
  readonly bootstrapInfo: boolean;
  readonly excluded: (cluster: { readonly id: string; readonly name: string }) => boolean;
  readonly vantage: {
    readonly name: string;
    readonly inside: boolean;
    readonly addresses: readonly string[];
    /** The service to ask for our address; absent: none is asked. */
    readonly addressService?: URL;
    /** Absent: found from the firmware tables. */
    readonly cloud?: Exclude<VantageCloud, 'unknown'>;
  };
  /** The user says by option that the hosts of self-managed clusters are theirs. */
  readonly hostsAreOurs: boolean;
  readonly connectTo: readonly ConnectToRule[];
  readonly resolvers: readonly string[];
  /** Seconds. */
  readonly confirmAfter?: number;
  /** Seconds. */
  readonly timeout?: number;
}

/** Run by a cloud; it answers with the address alone. */
const defaultAddressService = new URL('https://checkip.amazonaws.com/');

/** @throws UsageError for the first value that does not hold. */
export function readLookSettings(raw: RawValues): LookSettings {
  const globs = list(raw, 'exclude', (glob) => globMatcher(glob));
  const confirmAfter = optional(raw, 'confirm-after', (value) => numberIn(value, 0, 3600, 'seconds'));
  const timeout = optional(raw, 'timeout', (value) => numberIn(value, 0.1, 604_800, 'seconds'));
  return {
    tlsPosture: !isOn(raw, 'no-tls-posture'),
    bootstrapInfo: isOn(raw, 'bootstrap-info'),
    excluded: ({ id, name }) => globs.some((matches) => matches(id) || matches(name)),
    vantage: readVantage(raw),
    hostsAreOurs: isOn(raw, 'yes'),
    connectTo: list(raw, 'connect-to', connectToRule),
    resolvers: list(raw, 'resolver', resolverAddress),
    ...(confirmAfter !== undefined && { confirmAfter }),
    ...(timeout !== undefined && { timeout }),
  };
}

function readVantage(raw: RawValues): LookSettings['vantage'] {
  const cloud = optional(raw, 'vantage-cloud', (value) =>
    oneOf(single(value), ['aws', 'gcp', 'azure', 'none'], value.source),
  );
  const service =
    optional(raw, 'vantage-address-service', (value) => serviceUrl(single(value), value.source)) ??
    defaultAddressService;
  const addresses = list(raw, 'vantage-address', (value, source) =>
    value === 'auto' ? undefined : publicAddress(value, source),
  );
  return {
    name: optional(raw, 'vantage', (value) => notEmpty(single(value), value.source)) ?? hostname(),
    inside: isOn(raw, 'inside'),
    addresses: addresses.filter((address) => address !== undefined),
    ...(addresses.includes(undefined) && { addressService: service }),
    ...(cloud !== undefined && { cloud }),
  };
}
