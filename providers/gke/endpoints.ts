import { cut } from '../../src/lib/text.ts';
import type { Access, Endpoint, Trust } from '../../src/model/endpoint.ts';
import { accessOfRanges } from '../lib/access.ts';
import { trustOfCa } from '../lib/ca.ts';
import { parseHost } from '../lib/host.ts';
import { addressSettings, rangesOf, type AddressSettings, type WireCluster } from './families.ts';

/** Endpoints, and the hosts that were dropped because they cannot be read. */
interface EndpointsRead {
  readonly endpoints: readonly Endpoint[];
  /** Role and text of each, cut. */
  readonly unreadable: readonly string[];
}

interface Draft extends Omit<Endpoint, 'host' | 'port'> {
  /** As the cloud wrote it; empty where there is none. */
  readonly text: string;
}

/** `public` is always first and always there; `private` and `dns` where there is one. */
export function endpointsOf(cluster: WireCluster): EndpointsRead {
  const settings = addressSettings(cluster);
  // Two addresses, one API server: the cluster's CA vouches for both. The DNS name has a front door of its own.
  const trust = trustOfCa(cluster.masterAuth?.clusterCaCertificate ?? undefined);
  const drafts = [publicDraft(settings, trust), privateDraft(settings, trust), dnsDraft(cluster)].filter(
    (draft) => draft !== undefined,
  );
  const read = drafts.map(withHost);
  return {
    endpoints: read.map(({ endpoint }) => endpoint),
    unreadable: read.flatMap(({ unreadable }) => unreadable ?? []),
  };
}

function withHost({ text, ...draft }: Draft): { endpoint: Endpoint; unreadable?: string } {
  if (text === '') return { endpoint: { ...draft, port: 443 } };
  const at = parseHost(text);
  if (at) return { endpoint: { ...draft, ...at } };
  return { endpoint: { ...draft, port: 443 }, unreadable: `${draft.role} (${cut(text, 80)})` };
}

function publicDraft(settings: AddressSettings, trust: Trust): Draft {
  const notes = settings.disagreements;
  return {
    role: 'public',
    text: settings.publicHost,
    access: publicAccess(settings),
    trust,
    ...(notes.length > 0 && { notes }),
  };
}

/** In the order of the platform: address access at all, the public address, then the authorized networks. */
function publicAccess(settings: AddressSettings): Access {
  const { byAddress, publicAddress, networks } = settings;
  if (!byAddress) return { kind: 'closed', reason: 'access by address is switched off' };
  if (!publicAddress) return { kind: 'closed', reason: 'the public address is switched off' };
  if (!networks?.enabled) {
    return { kind: 'open', ranges: [], reason: 'authorized networks are not enabled, so every address may connect' };
  }
  const ranges = rangesOf(networks).map((range) => cut(range, 64));
  const access = accessOfRanges(ranges, networks.gcpPublicCidrsAccessEnabled ? ['google-cloud'] : []);
  if (ranges.length > 0) return access;
  return { ...access, reason: 'authorized networks are enabled and the list is empty' };
}

/** Its access is closed, as no private endpoint is reachable from the internet; what its own network admits stands in the notes. */
function privateDraft(settings: AddressSettings, trust: Trust): Draft | undefined {
  if (!settings.byAddress || settings.privateHost === '') return undefined;
  const notes = privateNotes(settings);
  return {
    role: 'private',
    text: settings.privateHost,
    access: { kind: 'closed', reason: 'reached from its own network only' },
    trust,
    ...(notes.length > 0 && { notes }),
  };
}

function privateNotes({ globalAccess, networks }: AddressSettings): string[] {
  const enforced = networks?.enabled ? networks.privateEndpointEnforcementEnabled : undefined;
  return [
    globalAccess === true && 'global access is on: every region of its network may connect',
    globalAccess === false && 'global access is off: only its own region may connect',
    enforced === true && 'the authorized networks hold for it too',
    enforced === false && 'the authorized networks do not hold for it',
  ].filter((note) => note !== false);
}

/**
 * Authorized networks do not apply to it; IAM stands in front. The name is there, and answers, even where external traffic is
 * off, and off is also what an unset field means (docstring of `allowExternalTraffic` in the v1 API).
 */
function dnsDraft(cluster: WireCluster): Draft | undefined {
  const dns = cluster.controlPlaneEndpointsConfig?.dnsEndpointConfig;
  if (!dns?.endpoint) return undefined;
  const access: Access = dns.allowExternalTraffic
    ? { kind: 'open', ranges: [], reason: 'external traffic is allowed, with IAM in front' }
    : { kind: 'closed', reason: 'external traffic is not allowed' };
  const beyond = dns.enableK8sTokensViaDns === true || dns.enableK8sCertsViaDns === true;
  return {
    role: 'dns',
    text: dns.endpoint,
    access,
    trust: { kind: 'public-roots' },
    ...(beyond && { credentialsBeyondIam: true }),
  };
}
