import type { CallContext, Provider } from '../../model/provider.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Doors } from './doors.ts';
import type { LookRequest, LookTools, ProbeRules } from './request.ts';
import type { CoverageRow, Evidence, Vantage } from '../../model/evidence.ts';
import type { AddressResult, EndpointProbe } from '../../model/probe.ts';
import type { TlsPosture } from '../../model/posture.ts';
import type { OtherPath } from '../../model/endpoint.ts';
import type { ScanIssue } from '../../model/issue.ts';
import type { Limit } from '../../lib/limit.ts';
import type { ScopeRecord } from './coverage.ts';

/** What the parts of one collection share, and fill. */
export interface Run {
  readonly request: LookRequest;
  readonly tools: LookTools;
  readonly context: CallContext;
  /** By account and location. */
  readonly scopes: Map<string, ScopeRecord>;
  /** Rows that no scope stands behind: a cloud without credentials, scopes that could not be listed. */
  readonly rows: CoverageRow[];
  readonly clusters: Map<string, Cluster>;
  /** By cluster id. */
  readonly probes: Map<string, readonly EndpointProbe[]>;
  /** What was looked at already. */
  readonly doors: Doors;
  /** Of looks that were shared. */
  readonly postures: WeakMap<AddressResult, Promise<TlsPosture | undefined>>;
  /** By cluster id. Apart from the clusters, since a second look reads those again, and not these. */
  readonly deepPaths: Map<string, readonly OtherPath[]>;
  /** Of the run and of probes; those of a scope's list stand in its record. */
  readonly issues: ScanIssue[];
  readonly notSeen: Evidence['scan']['notSeen'][number][];
  /** Public addresses that our own sockets had. */
  readonly ownAddresses: Set<string>;
  /** One for each cluster that is being probed or read deeply; they never reject. */
  readonly looks: Promise<void>[];
  readonly totals: Totals;
}

/** One cloud in use. */
export interface Cloud {
  readonly run: Run;
  readonly provider: Provider;
  /** Several were named, so that two of them may turn out to be one. */
  readonly severalAccounts: boolean;
  /** Also the other paths that cost calls of their own are read. */
  readonly isDeep: boolean;
  /** Limits reading settings again: a vantage address that was given wrongly asks for it everywhere at once. */
  readonly rereads: Limit;
}

/** What looking at the clusters of one scope needs. */
export interface LookContext {
  readonly run: Run;
  readonly rules: ProbeRules;
  readonly record: Pick<ScopeRecord, 'unfinishedProbes'>;
  /** Least wait before a second look, where the user gave none. */
  readonly settlingSeconds: number;
  /** Reads a cluster's settings again; absent on a machine that has no right to. */
  readonly reread?: (cluster: Cluster) => Promise<Cluster>;
}

interface Totals {
  scopesKnown: number;
  scopesDone: number;
  clusters: number;
  probesPlanned: number;
  probesDone: number;
  inspectionsPlanned: number;
  inspectionsDone: number;
}

export function createRun(request: LookRequest, tools: LookTools, context: CallContext): Run {
  return {
    request,
    tools,
    context,
    scopes: new Map(),
    rows: [],
    clusters: new Map(),
    probes: new Map(),
    doors: new Map(),
    postures: new WeakMap(),
    deepPaths: new Map(),
    issues: [...(request.issues ?? [])],
    notSeen: [],
    ownAddresses: new Set(),
    looks: [],
    totals: {
      scopesKnown: 0,
      scopesDone: 0,
      clusters: 0,
      probesPlanned: 0,
      probesDone: 0,
      inspectionsPlanned: 0,
      inspectionsDone: 0,
    },
  };
}

/** Adds to the running totals and tells them. */
export function advance({ totals, tools }: Run, total: keyof Totals, by = 1): void {
  totals[total] += by;
  tools.progress({
    scopes: { done: totals.scopesDone, known: totals.scopesKnown },
    clusters: totals.clusters,
    probes: { done: totals.probesDone, planned: totals.probesPlanned },
    inspections: { done: totals.inspectionsDone, planned: totals.inspectionsPlanned },
  });
}

/** Where we stand, as far as is known by now: the user's word, else what is known otherwise and our own sockets' public addresses. */
export function vantageOf({ request: { vantage }, ownAddresses }: Run): Vantage {
  return vantage.addressesGiven
    ? vantage
    : { ...vantage, addresses: [...new Set([...vantage.addresses, ...ownAddresses])].toSorted() };
}
