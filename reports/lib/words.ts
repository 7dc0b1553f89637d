import type { CoverageStatus } from '../../src/model/evidence.ts';
import type { EndpointRole, Exposure, OtherPathKind } from '../../src/model/endpoint.ts';
import type { Outcome } from '../../src/model/probe.ts';
import type { AnonymousComparison } from '../../src/model/anonymous.ts';
import type { JudgedCluster, JudgedProbe } from '../../src/model/report.ts';

/** Never colour alone: each exposure has a glyph and a word. `word` fits a column, `means` is the sentence of the legend. */
export const exposureWords: Readonly<Record<Exposure, { glyph: string; word: string; means: string }>> = {
  contradiction: {
    glyph: '≠',
    word: 'Conflict',
    means: 'the settings shut our address out, and the API server answered it all the same',
  },
  exposed: { glyph: '●', word: 'Exposed', means: 'any address on the internet may connect' },
  broad: { glyph: '◐', word: 'Broad', means: 'an allow-list that admits more than one organisation needs' },
  unknown: { glyph: '?', word: 'Unknown', means: 'could not be told, so not to be taken as safe' },
  restricted: { glyph: '◔', word: 'Restricted', means: 'an allow-list of few addresses' },
  private: { glyph: '○', word: 'Private', means: 'not reachable from the internet, by its settings' },
  'not-applicable': { glyph: '–', word: 'Not judged', means: 'the cloud lists this cluster but does not run it' },
};

/** What the wire showed, as the end of the sentence "From here: …". */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  'not-probed': 'not probed',
  unresolved: 'the name did not resolve',
  closed: 'the connection was refused',
  filtered: 'no answer to the connection attempt',
  'tls-failed': 'the TLS handshake failed',
  'not-this-cluster': 'another server’s certificate; no request was sent',
  'not-kubernetes': 'something answered that is not an API server',
  inconclusive: 'the answers did not suffice to tell',
  'iam-fronted': 'the cloud’s front door asked for an identity',
  'anonymous-disabled': 'the API server answered and refuses anonymous requests',
  'anonymous-health-only': 'the API server answered and serves health paths alone to anonymous requests',
  'anonymous-forbidden': 'the API server answered and refuses anonymous requests for anything sensitive',
  'discovery-exposed': 'anonymous requests may list which APIs there are',
  'data-exposed': 'anonymous requests may read objects',
  'admin-exposed': 'anonymous requests may read secrets or cluster roles',
};

const differenceWords: Readonly<Record<AnonymousComparison['difference'], string>> = {
  none: 'as documented',
  narrower: 'narrower than documented',
  wider: 'wider than documented',
  'taken-in': 'wider than documented',
  unclear: 'could not be compared',
};

/** Both sides of what an anonymous request gets: what the platform documents for these settings, and what was seen. */
export function describeAnonymous({ expected, observed, difference }: AnonymousComparison): string {
  return `documented: ${expected}; seen: ${observed} (${differenceWords[difference]})`;
}

export const coverageWords: Readonly<Record<CoverageStatus, string>> = {
  failed: 'not read',
  partial: 'read in part',
  skipped: 'skipped',
  complete: 'read',
};

export const roleWords: Readonly<Record<EndpointRole, string>> = {
  public: 'Public endpoint',
  private: 'Private endpoint',
  dns: 'DNS endpoint',
};

export const otherPathWords: Readonly<Record<OtherPathKind, string>> = {
  'aks-run-command': 'Run command',
  'aks-trusted-access': 'Trusted access',
  'aks-private-endpoint': 'Private endpoint connection',
  'eks-argocd': 'Hosted Argo CD',
  'gke-connect-gateway': 'Connect gateway',
  'gke-google-cloud-addresses': 'Google Cloud addresses',
  'gke-dns-tokens': 'Kubernetes tokens by DNS',
  'gke-dns-certificates': 'Client certificates by DNS',
};

/** `EKS`, `GKE`, `AKS`: the clouds' own short names are the ids in capitals. */
export function providerWord(provider: string): string {
  return provider === 'kubeconfig' ? 'Self-managed' : provider.toUpperCase();
}

/** Where a cluster is, without its name: location, resource group, account, version, and its state unless it simply runs. */
export function whereabouts(cluster: JudgedCluster): readonly string[] {
  return [
    providerWord(cluster.provider),
    cluster.location ?? '',
    cluster.resourceGroup ?? '',
    cluster.account ?? '',
    cluster.version === undefined ? '' : `v${cluster.version}`,
    cluster.state === 'running' ? '' : cluster.state === 'unknown' ? 'state unknown' : cluster.state,
  ].filter((part) => part !== '');
}

/** Reasons are clauses, to be put after a label; standing alone they start and end as sentences do. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${/[.!?…]$/.test(clause) ? '' : '.'}`;
}

/** `2026-09-24 02:14 UTC`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

/** AKS gives no CA, so what the answers prove to be this cluster is not at fault for its certificate. */
export function describeUnverified({ tls, identity }: JudgedProbe): string | undefined {
  const isUnverified = tls?.chain === 'none' && identity.peer === 'this';
  return isUnverified ? 'unverified: no CA is known to compare it with' : undefined;
}
