import type { BroadLimits, Evidence, Vantage } from '../model/evidence.ts';
import type { Cluster } from '../model/cluster.ts';
import type { ConnectTo, Probe } from '../model/probe.ts';
import type { CallContext, ProviderEntry, ScanTarget } from '../model/provider.ts';

/** One `--connect-to`: `host` is compared without case, with the port. */
export interface ConnectToRule extends ConnectTo {
  readonly host: string;
  readonly hostPort: number;
}

export interface CollectRequest {
  readonly targets: readonly (ScanTarget & {
    /** The user named this cloud: missing credentials are a failed scope, not a skipped one. */
    readonly named: boolean;
  })[];
  readonly vantage: Vantage;
  readonly broad: BroadLimits;
  readonly probe:
    | { readonly enabled: false }
    | {
        readonly enabled: true;
        readonly connectTo: readonly ConnectToRule[];
        /** Clusters that get no probe. */
        readonly excluded: (cluster: Cluster) => boolean;
        /** Least seconds between the first and the second look; the provider's `settlingSeconds` where absent. */
        readonly confirmAfter?: number;
      };
}

/** What the engine is given of the outside world. */
export interface CollectTools {
  readonly providers: readonly ProviderEntry[];
  readonly env: NodeJS.ProcessEnv;
  readonly probe: Probe;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly uuid: () => string;
  readonly progress: (progress: CollectProgress) => void;
}

/** Running totals, sent at each change. */
export interface CollectProgress {
  readonly scopes: { readonly done: number; readonly known: number };
  readonly clusters: number;
  readonly probes: { readonly done: number; readonly planned: number };
}

/** Enumerates, probes as clusters come in, and takes the second looks. Never throws for what a cloud or a peer does. */
export declare function collect(request: CollectRequest, tools: CollectTools, context: CallContext): Promise<Evidence>;
