import { hostname } from 'node:os';
import { assertProject } from '../../providers/gke/index.ts';
import { assertRegion } from '../../providers/eks/index.ts';
import { assertSubscription } from '../../providers/aks/index.ts';
import type { ConnectToRule } from '../engine/collect.ts';
import type { BroadLimits, VantageCloud } from '../model/evidence.ts';
import { UsageError } from '../model/errors.ts';
import { providerIds, type ProviderId, type ScanTarget } from '../model/provider.ts';
import {
  connectToRule,
  globMatcher,
  numberIn,
  oneOf,
  portList,
  publicAddress,
  resolverAddress,
  single,
} from './parse.ts';
import type { RawValue, RawValues } from './raw-values.ts';

/** All that `scan` was asked for, checked. Nothing has been contacted or written when this exists. */
export interface ScanSettings {
  readonly targets: readonly (ScanTarget & { readonly named: boolean })[];
  readonly probe: boolean;
  /** The user says by option that the hosts in the kubeconfig are theirs. */
  readonly hostsAreOurs: boolean;
  /** Other ports to try on those hosts; absent: none. */
  readonly ports?: readonly number[];
  readonly excluded: (cluster: { readonly id: string; readonly name: string }) => boolean;
  readonly vantage: {
    readonly name: string;
    readonly inside: boolean;
    readonly addresses: readonly string[];
    /** Absent: found from the firmware tables. */
    readonly cloud?: Exclude<VantageCloud, 'unknown'>;
  };
  readonly connectTo: readonly ConnectToRule[];
  readonly resolvers: readonly string[];
  /** Seconds. */
  readonly confirmAfter?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly broad: BroadLimits;
  readonly saveEvidence?: string;
}

/** @throws UsageError for the first value that does not hold. */
export function readSettings(raw: RawValues): ScanSettings {
  const globs = list(raw, 'exclude', (glob) => globMatcher(glob));
  const confirmAfter = optional(raw, 'confirm-after', (value) => numberIn(value, 0, 3600, 'seconds'));
  const timeout = optional(raw, 'timeout', (value) => numberIn(value, 0.1, 604_800, 'seconds'));
  const saveEvidence = optional(raw, 'save-evidence', single);
  const targets = readTargets(raw);
  const ports = optional(raw, 'ports', portList);
  if (ports !== undefined && !targets.some(({ provider }) => provider === 'kubeconfig')) {
    throw new UsageError(`${raw.get('ports')?.source}: only hosts of your own: name them by --kubeconfig`);
  }
  return {
    targets,
    probe: !isOn(raw, 'no-probe'),
    hostsAreOurs: isOn(raw, 'yes'),
    excluded: ({ id, name }) => globs.some((matches) => matches(id) || matches(name)),
    ...(ports !== undefined && { ports }),
    vantage: readVantage(raw),
    connectTo: list(raw, 'connect-to', connectToRule),
    resolvers: list(raw, 'resolver', resolverAddress),
    ...(confirmAfter !== undefined && { confirmAfter }),
    ...(timeout !== undefined && { timeout }),
    broad: readBroad(raw),
    ...(saveEvidence !== undefined && { saveEvidence }),
  };
}

function readTargets(raw: RawValues): ScanSettings['targets'] {
  const asked = list(raw, 'provider', (value, source) => oneOf(value, providerIds, source));
  const limits: Record<ProviderId, Pick<ScanTarget, 'accounts' | 'locations'>> = {
    eks: { accounts: list(raw, 'aws-profile', notEmpty), locations: list(raw, 'aws-region', checked(assertRegion)) },
    gke: { accounts: list(raw, 'gcp-project', checked(assertProject)), locations: [] },
    aks: { accounts: list(raw, 'azure-subscription', checked(assertSubscription)), locations: [] },
    kubeconfig: readKubeconfig(raw),
  };
  const deep = isOn(raw, 'deep') ? { deep: true } : {};
  // A kubeconfig may name anybody's hosts, so one is read only where it was asked for, in one way or the other.
  const hasKubeconfig = raw.has('kubeconfig') || raw.has('context');
  const isWanted = (provider: ProviderId): boolean => (provider === 'kubeconfig' ? hasKubeconfig : asked.length === 0);
  return providerIds
    .filter((provider) => asked.includes(provider) || isWanted(provider))
    .map((provider) => ({
      provider,
      ...limits[provider],
      named: asked.length > 0 || provider === 'kubeconfig',
      ...deep,
    }));
}

function readKubeconfig(raw: RawValues): Pick<ScanTarget, 'accounts' | 'locations'> {
  const file = optional(raw, 'kubeconfig', (value) => notEmpty(single(value), value.source));
  return { accounts: file === undefined ? [] : [file], locations: list(raw, 'context', notEmpty) };
}

function readVantage(raw: RawValues): ScanSettings['vantage'] {
  const cloud = optional(raw, 'vantage-cloud', (value) =>
    oneOf(single(value), ['aws', 'gcp', 'azure', 'none'], value.source),
  );
  return {
    name: optional(raw, 'vantage', (value) => notEmpty(single(value), value.source)) ?? hostname(),
    inside: isOn(raw, 'inside'),
    addresses: list(raw, 'vantage-address', publicAddress),
    ...(cloud !== undefined && { cloud }),
  };
}

function readBroad(raw: RawValues): BroadLimits {
  return {
    ipv4Addresses: optional(raw, 'broad-ipv4-addresses', (value) => numberIn(value, 1, 2 ** 32, 'addresses')) ?? 65_536,
    ipv6Prefix: optional(raw, 'broad-ipv6-prefix', (value) => numberIn(value, 1, 128, 'bits')) ?? 32,
  };
}

function list<T>(raw: RawValues, key: string, parse: (value: string, source: string) => T): T[] {
  const found = raw.get(key);
  return found === undefined ? [] : [...new Set(found.values)].map((value) => parse(value, found.source));
}

function optional<T>(raw: RawValues, key: string, parse: (value: RawValue) => T): T | undefined {
  const found = raw.get(key);
  return found === undefined ? undefined : parse(found);
}

function isOn(raw: RawValues, key: string): boolean {
  return (raw.get(key)?.values.length ?? 0) > 0;
}

function notEmpty(value: string, source: string): string {
  if (value.trim() === '') throw new UsageError(`${source}: is empty`);
  return value;
}

/** Lets a provider's own check of a name speak, in front of it where the name stood. */
function checked(assert: (value: string) => void): (value: string, source: string) => string {
  return (value, source) => {
    try {
      assert(value);
    } catch (error) {
      throw new UsageError(`${source}: ${error instanceof Error ? error.message : 'not valid'}`);
    }
    return value;
  };
}
