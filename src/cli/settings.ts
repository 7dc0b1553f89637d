import { assertProject } from '../../providers/gke/index.ts';
import { assertRegion } from '../../providers/eks/index.ts';
import { assertSubscription } from '../../providers/aks/index.ts';
import type { BroadLimits } from '../model/evidence.ts';
import { UsageError } from '../model/errors.ts';
import { providerIds, type ProviderId, type ScanTarget } from '../model/provider.ts';
import { readLookSettings, type LookSettings } from './look-settings.ts';
import { numberIn, oneOf, portList, single } from './parse.ts';
import type { RawValues } from './raw-values.ts';
import { isOn, list, notEmpty, optional } from './read-values.ts';

/** All that `scan` was asked for, checked. Nothing has been contacted or written when this exists. */
export interface ScanSettings extends LookSettings {
  readonly targets: readonly (ScanTarget & { readonly named: boolean })[];
  readonly probe: boolean;
  /** Other ports to try on those hosts; absent: none. */
  readonly ports?: readonly number[];
  readonly broad: BroadLimits;
  readonly saveEvidence?: string;
}

/** @throws UsageError for the first value that does not hold. */
export function readSettings(raw: RawValues): ScanSettings {
  const looks = readLookSettings(raw);
  const saveEvidence = optional(raw, 'save-evidence', single);
  const targets = readTargets(raw);
  const ports = optional(raw, 'ports', portList);
  if (ports !== undefined && !targets.some(({ provider }) => provider === 'kubeconfig')) {
    throw new UsageError(`${raw.get('ports')?.source}: only hosts of your own: name them by --kubeconfig`);
  }
  return {
    ...looks,
    targets,
    probe: !isOn(raw, 'no-probe'),
    ...(ports !== undefined && { ports }),
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

function readBroad(raw: RawValues): BroadLimits {
  return {
    ipv4Addresses: optional(raw, 'broad-ipv4-addresses', (value) => numberIn(value, 1, 2 ** 32, 'addresses')) ?? 65_536,
    ipv6Prefix: optional(raw, 'broad-ipv6-prefix', (value) => numberIn(value, 1, 128, 'bits')) ?? 32,
  };
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
