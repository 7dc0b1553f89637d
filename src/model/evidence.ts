import type { Cluster } from './cluster.ts';
import type { EndpointProbe } from './probe.ts';
import type { ProviderId } from './provider.ts';
import type { ScanIssue } from './issue.ts';

/** The evidence file's version; a file with another major version, or a newer minor one, is refused by name. */
export const evidenceVersion = '1.0';

export type VantageCloud = 'aws' | 'gcp' | 'azure' | 'none' | 'unknown';

/** Where probes were made from. A result without it means nothing. */
export interface Vantage {
  readonly name: string;
  readonly kind: 'outside' | 'inside';
  /** Public addresses that we appear as: given by the user, else the sockets' own where public; empty where unknown. */
  readonly addresses: readonly string[];
  /** True when `addresses` are the user's word: then what `--connect-to` dialled counts as seen from outside. */
  readonly addressesGiven: boolean;
  readonly cloud: VantageCloud;
  /** The DNS servers that were asked for the endpoints' names; absent: this machine's own. */
  readonly resolvers?: readonly string[];
}

/** The vantage of one run among several that were merged. */
export interface MergedVantage extends Vantage {
  /** The id of the scan that looked from there; probes refer to it. */
  readonly id: string;
}

/** The sizes above which an allow-list is broad. */
export interface BroadLimits {
  readonly ipv4Addresses: number;
  /** Prefix length: a list that covers more than one such network is broad. */
  readonly ipv6Prefix: number;
}

export type CoverageStatus = 'complete' | 'partial' | 'failed' | 'skipped';

export interface CoverageRow {
  readonly provider: ProviderId;
  /** `unknown` where no credentials told. */
  readonly account: string;
  readonly location: string;
  readonly status: CoverageStatus;
  readonly clusters: number;
  /** Planned probes that did not finish; they make a scope partial however well it was read. */
  readonly unfinishedProbes?: number;
  /** Clusters of which `--deep` could not read all that it asked for; they make a scope partial, too. */
  readonly unreadPaths?: number;
  readonly reason?: string;
}

/** All that a scan collected: the only input of judging. Saving and loading it changes nothing of the report. */
export interface Evidence {
  readonly kind: 'kubeperimeter-evidence';
  readonly schemaVersion: typeof evidenceVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly scan: {
    readonly id: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    /** False when the run was interrupted or ran out of time. */
    readonly finished: boolean;
    readonly vantage: Vantage;
    /** Of merged evidence: every vantage that was looked from; `vantage` is the newest one's. Sorted by id. */
    readonly vantages?: readonly MergedVantage[];
    readonly probe: { readonly enabled: boolean };
    readonly broad: BroadLimits;
    readonly notSeen: readonly { readonly provider: ProviderId; readonly what: string }[];
  };
  /** Sorted by provider, account, location. */
  readonly coverage: readonly CoverageRow[];
  /** Sorted by id. */
  readonly clusters: readonly Cluster[];
  /** Sorted by cluster id, role and vantage. */
  readonly probes: readonly EndpointProbe[];
  readonly issues: readonly ScanIssue[];
}
