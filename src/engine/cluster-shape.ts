import { flag, listOf, optional, record, text, time, variant, wholeNumberIn, word } from './shape.ts';
import type { Shape } from './shape.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Access, Endpoint, OtherPath, Trust } from '../model/endpoint.ts';
import { providerIds } from '../model/provider.ts';

const texts = listOf(text);
export const providerShape = word(...providerIds);

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
  unknown: record<AccessOf<'unknown'>>({
    kind: word('unknown'),
    ranges: texts,
    reason: text,
    settings: optional(word('none')),
  }),
});

const trust: Shape<Trust> = variant<Trust>({
  'cluster-ca': record<TrustOf<'cluster-ca'>>({ kind: word('cluster-ca'), pem: text }),
  'public-roots': record<TrustOf<'public-roots'>>({ kind: word('public-roots') }),
  'system-roots': record<TrustOf<'system-roots'>>({ kind: word('system-roots') }),
  unverified: record<TrustOf<'unverified'>>({ kind: word('unverified') }),
  none: record<TrustOf<'none'>>({ kind: word('none'), reason: text }),
});

const endpoint: Shape<Endpoint> = record<Endpoint>({
  role: word('public', 'private', 'dns'),
  host: optional(text),
  port: wholeNumberIn(1, 65_535),
  serverName: optional(text),
  access,
  trust,
  notes: optional(texts),
  credentialsBeyondIam: optional(flag),
});

const otherPath: Shape<OtherPath> = record<OtherPath>({
  kind: word(
    'aks-run-command',
    'aks-trusted-access',
    'aks-private-endpoint',
    'eks-argocd',
    'gke-connect-gateway',
    'gke-google-cloud-addresses',
    'gke-dns-tokens',
    'gke-dns-certificates',
  ),
  state: word('open', 'closed', 'unknown'),
  reason: text,
  account: optional(text),
});

export const clusterShape: Shape<Cluster> = record<Cluster>({
  id: text,
  provider: providerShape,
  account: optional(text),
  location: optional(text),
  name: text,
  resourceGroup: optional(text),
  version: optional(text),
  auditLog: word('on', 'off', 'unknown'),
  state: word('running', 'stopped', 'creating', 'updating', 'deleting', 'failed', 'external', 'unknown'),
  readAt: optional(time),
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
