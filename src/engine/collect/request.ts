import type { BroadLimits, Vantage } from '../../model/evidence.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ConnectTo, InspectTls, Probe } from '../../model/probe.ts';
import type { ScanIssue } from '../../model/issue.ts';
import type { ProviderEntry, ScanTarget } from '../../model/provider.ts';

/** One `--connect-to`: `host` is compared without case, with the port. */
export interface ConnectToRule extends ConnectTo {
  readonly host: string;
  readonly hostPort: number;
}

export interface CollectTarget extends ScanTarget {
  /** The user named this cloud: missing credentials are a failed scope, not a skipped one. */
  readonly named: boolean;
}

export interface ProbeRules {
  readonly enabled: true;
  /** The first rule that fits an endpoint holds. */
  readonly connectTo: readonly ConnectToRule[];
  /** Clusters that get no probe. */
  readonly excluded: (cluster: Cluster) => boolean;
  /** Other ports to try on the hosts of self-managed clusters. */
  readonly ports?: readonly number[];
  /** Least seconds between the first and the second look; the provider's `settlingSeconds` where absent. */
  readonly confirmAfter?: number;
}

export interface LookRequest {
  readonly vantage: Vantage;
  readonly broad: BroadLimits;
  readonly probe: { readonly enabled: false } | ProbeRules;
  /** What could not be told before the run began, of the vantage. */
  readonly issues?: readonly ScanIssue[];
}

export interface CollectRequest extends LookRequest {
  readonly targets: readonly CollectTarget[];
}

/** What looking needs of the outside world. */
export interface LookTools {
  readonly probe: Probe;
  /** Absent: the posture of TLS is not looked at. */
  readonly inspectTls?: InspectTls;
  readonly now: () => Date;
  /** May settle in any way, and at once, when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly uuid: () => string;
  readonly progress: (progress: CollectProgress) => void;
}

/** What the engine is given of the outside world. */
export interface CollectTools extends LookTools {
  readonly providers: readonly ProviderEntry[];
  readonly env: NodeJS.ProcessEnv;
}

/** Running totals, sent at each change. A second look counts as a probe of its own. */
export interface CollectProgress {
  readonly scopes: { readonly done: number; readonly known: number };
  readonly clusters: number;
  readonly probes: { readonly done: number; readonly planned: number };
  /** Of TLS, which go on for seconds after the looks that they stand beside. */
  readonly inspections: { readonly done: number; readonly planned: number };
}
