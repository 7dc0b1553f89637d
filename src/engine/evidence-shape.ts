import { clusterShape, providerShape } from './cluster-shape.ts';
import { probeShape } from './probe-shape.ts';
import { flag, listOf, optional, record, text, time, wholeNumberIn, word } from './shape.ts';
import type { Shape } from './shape.ts';
import { evidenceVersion } from '../model/evidence.ts';
import type { BroadLimits, CoverageRow, Evidence, MergedVantage, Vantage } from '../model/evidence.ts';
import type { ScanIssue } from '../model/issue.ts';

const coverageRow: Shape<CoverageRow> = record<CoverageRow>({
  provider: providerShape,
  account: text,
  location: text,
  status: word('complete', 'partial', 'failed', 'skipped'),
  clusters: wholeNumberIn(0, Number.MAX_SAFE_INTEGER),
  unfinishedProbes: optional(wholeNumberIn(0, Number.MAX_SAFE_INTEGER)),
  unreadPaths: optional(wholeNumberIn(0, Number.MAX_SAFE_INTEGER)),
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
  provider: optional(providerShape),
  account: optional(text),
  location: optional(text),
  clusterId: optional(text),
});

const vantageFields = {
  name: text,
  kind: word('outside', 'inside'),
  addresses: listOf(text),
  addressesGiven: flag,
  cloud: word('aws', 'gcp', 'azure', 'none', 'unknown'),
  resolvers: optional(listOf(text)),
} as const;

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
    vantage: record<Vantage>(vantageFields),
    vantages: optional(listOf(record<MergedVantage>({ ...vantageFields, id: text }))),
    probe: record<Evidence['scan']['probe']>({ enabled: flag }),
    broad: record<BroadLimits>({
      ipv4Addresses: wholeNumberIn(0, 2 ** 32),
      ipv6Prefix: wholeNumberIn(0, 128),
    }),
    notSeen: listOf(record<Evidence['scan']['notSeen'][number]>({ provider: providerShape, what: text })),
  }),
  coverage: listOf(coverageRow),
  clusters: listOf(clusterShape),
  probes: listOf(probeShape),
  issues: listOf(issue),
});
