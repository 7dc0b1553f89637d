import { flag, listOf, optional, record, text, time, variant, wholeNumberIn, word } from './shape.ts';
import type { Shape } from './shape.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Access, Endpoint, OtherPath, Trust } from '../model/endpoint.ts';
import { evidenceVersion } from '../model/evidence.ts';
import type { BroadLimits, CoverageRow, Evidence, Vantage } from '../model/evidence.ts';
import type { ScanIssue } from '../model/issue.ts';
import { providerIds } from '../model/provider.ts';
import { endpointProbe } from './probe-shape.ts';

const texts = listOf(text);
const provider = word(...providerIds);

type AccessOf<Kind extends Access['kind']> = Extract<Access, { kind: Kind }>;
type TrustOf<Kind extends Trust['kind']> = Extract<Trust, { kind: Kind }>;

const access: Shape<Access> = variant<Access>({
  open: record<AccessOf<'open'>>({ kind: word('open'), ranges: texts, reason: optional(text) }),
  'allow-list': record<AccessOf<'allow-list'>>({
    kind: word('allow-list'),
    ranges: texts,
    admits: texts,
    reason: optional(text),
  }),
  closed: record<AccessOf<'closed'>>({ kind: word('closed'), reason: optional(text) }),
  unknown: record<AccessOf<'unknown'>>({ kind: word('unknown'), ranges: texts, reason: text }),
});

const trust: Shape<Trust> = variant<Trust>({
  'cluster-ca': record<TrustOf<'cluster-ca'>>({ kind: word('cluster-ca'), pem: text }),
  'public-roots': record<TrustOf<'public-roots'>>({ kind: word('public-roots') }),
  none: record<TrustOf<'none'>>({ kind: word('none'), reason: text }),
});

const endpoint: Shape<Endpoint> = record<Endpoint>({
  role: word('public', 'private', 'dns'),
  host: optional(text),
  port: wholeNumberIn(1, 65_535),
  access,
  trust,
  notes: optional(texts),
  credentialsBeyondIam: optional(flag),
});

const otherPath: Shape<OtherPath> = record<OtherPath>({
  kind: word(
    'aks-run-command',
    'gke-connect-gateway',
    'gke-google-cloud-addresses',
    'gke-dns-tokens',
    'gke-dns-certificates',
  ),
  state: word('open', 'closed', 'unknown'),
  reason: text,
});

const cluster: Shape<Cluster> = record<Cluster>({
  id: text,
  provider,
  account: text,
  location: text,
  name: text,
  resourceGroup: optional(text),
  version: optional(text),
  auditLog: word('on', 'off', 'unknown'),
  state: word('running', 'stopped', 'creating', 'updating', 'deleting', 'failed', 'external', 'unknown'),
  undescribed: optional(text),
  sameAs: optional(text),
  endpoints: listOf(endpoint),
  otherPaths: listOf(otherPath),
  anonymous: record<Cluster['anonymous']>({
    documented: word('disabled', 'health-only', 'public-info', 'unknown'),
    reason: text,
  }),
  unauthenticatedBindings: optional(word('allowed', 'blocked', 'unknown')),
  aliases: optional(texts),
});

const coverageRow: Shape<CoverageRow> = record<CoverageRow>({
  provider,
  account: text,
  location: text,
  status: word('complete', 'partial', 'failed', 'skipped'),
  clusters: wholeNumberIn(0, Number.MAX_SAFE_INTEGER),
  reason: optional(text),
});

const issue: Shape<ScanIssue> = record<ScanIssue>({
  code: word(
    'unauthenticated',
    'forbidden',
    'throttled',
    'unreachable',
    'timeout',
    'malformed',
    'unsupported',
    'intercepted',
    'internal',
  ),
  message: text,
  provider: optional(provider),
  account: optional(text),
  location: optional(text),
  clusterId: optional(text),
});

/** A whole evidence file. A field that the model gains does not compile until it stands here too. */
export const evidenceShape: Shape<Evidence> = record<Evidence>({
  kind: word('kubeperimeter-evidence'),
  schemaVersion: word(evidenceVersion),
  tool: record<Evidence['tool']>({ name: text, version: text }),
  scan: record<Evidence['scan']>({
    id: text,
    startedAt: time,
    finishedAt: time,
    finished: flag,
    vantage: record<Vantage>({
      name: text,
      kind: word('outside', 'inside'),
      addresses: texts,
      addressesGiven: flag,
      cloud: word('aws', 'gcp', 'azure', 'none', 'unknown'),
    }),
    probe: record<Evidence['scan']['probe']>({ enabled: flag }),
    broad: record<BroadLimits>({
      ipv4Addresses: wholeNumberIn(0, 2 ** 32),
      ipv6Prefix: wholeNumberIn(0, 128),
    }),
    notSeen: listOf(record<Evidence['scan']['notSeen'][number]>({ provider, what: text })),
  }),
  coverage: listOf(coverageRow),
  clusters: listOf(cluster),
  probes: listOf(endpointProbe),
  issues: listOf(issue),
});
