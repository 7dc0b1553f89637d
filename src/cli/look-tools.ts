import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LookTools, ProbeRules } from '../engine/collect.ts';
import type { Vantage } from '../model/evidence.ts';
import type { ScanIssue } from '../model/issue.ts';
import type { InspectTls } from '../model/probe.ts';
import { tool } from '../model/tool.ts';
import type { Probing } from '../probe/index.ts';
import type { LookSettings } from './look-settings.ts';
import type { ProgressView } from './progress.ts';
import { findVantageCloud } from './vantage-cloud.ts';

/** What the engine needs of this machine to look at endpoints. */
export function lookTools(settings: LookSettings, view: ProgressView): LookTools {
  return {
    ...probingWhenNeeded(settings),
    now: () => new Date(),
    sleep: (milliseconds: number, stop: AbortSignal) => delay(milliseconds, undefined, { signal: stop }),
    uuid: randomUUID,
    progress: (progress) => view.show(progress),
  };
}

/** Loaded with the first endpoint: a scan of settings alone needs neither TLS nor the machine's trust roots. */
function probingWhenNeeded(settings: LookSettings): Pick<LookTools, 'probe' | 'inspectTls'> {
  let probing: Promise<Probing> | undefined;
  const load = (): Promise<Probing> => (probing ??= loadProbing(settings));
  const inspectTls: InspectTls = async (...first) => (await load()).inspectTls(...first);
  return { probe: async (...look) => (await load()).probe(...look), ...(settings.tlsPosture && { inspectTls }) };
}

async function loadProbing({ vantage, resolvers, bootstrapInfo }: LookSettings): Promise<Probing> {
  const { createProbing, systemTrustRoots } = await import('../probe/index.ts');
  return createProbing({
    userAgent: `${tool.name}/${tool.version} (read-only exposure check)`,
    inside: vantage.inside,
    bootstrapInfo,
    resolvers,
    roots: systemTrustRoots(),
    now: () => new Date(),
  });
}

/** Where we stand, and what of it could not be told. */
export interface Standpoint {
  readonly vantage: Vantage;
  readonly issues: readonly ScanIssue[];
}

/**
 * An address that a service told is not the user's word: it is where this machine comes out, and a tunnel (`--connect-to`)
 * may come out elsewhere.
 */
export async function findStandpoint({ vantage, resolvers }: LookSettings, signal: AbortSignal): Promise<Standpoint> {
  const { name, inside, addresses, addressService, cloud } = vantage;
  const told = addressService === undefined ? undefined : await askOwnAddress(addressService, signal);
  const own = typeof told === 'string' ? [told] : [];
  return {
    vantage: {
      name,
      kind: inside ? 'inside' : 'outside',
      addresses: [...new Set([...addresses, ...own])],
      addressesGiven: addresses.length > 0,
      cloud: cloud ?? (await findVantageCloud()),
      ...(resolvers.length > 0 && { resolvers }),
    },
    issues: typeof told === 'object' ? [told] : [],
  };
}

/** Loaded when asked: importing `node:http` makes Node load its whole `fetch` for the names that it exports along. */
async function askOwnAddress(service: URL, signal: AbortSignal): Promise<string | ScanIssue> {
  return (await import('./vantage-address.ts')).askOwnAddress(service, signal);
}

export function probeRules({ connectTo, excluded, confirmAfter }: LookSettings): ProbeRules {
  return { enabled: true, connectTo, excluded, ...(confirmAfter !== undefined && { confirmAfter }) };
}
