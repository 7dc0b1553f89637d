import type { Cluster } from './cluster.ts';
import type { OtherPath, OtherPathKind } from './endpoint.ts';
import type { ScanIssue } from './issue.ts';

export const providerIds = ['eks', 'gke', 'aks', 'kubeconfig'] as const;

export type ProviderId = (typeof providerIds)[number];

/** What the user asked for of one cloud; an empty list means all that the credentials reach. */
export interface ScanTarget {
  readonly provider: ProviderId;
  /** AWS profiles, GCP project ids, Azure subscription ids, the kubeconfig file. */
  readonly accounts: readonly string[];
  /** AWS regions, contexts of the kubeconfig file; the others list all locations at once. */
  readonly locations: readonly string[];
  /** Also the other paths that cost calls of their own. */
  readonly deep?: boolean;
}

/** The unit that is listed, and that can fail: one account and one location. */
export interface Scope {
  readonly provider: ProviderId;
  /** Absent while unknown: an AWS account shows itself in the first cluster's ARN, or by one STS call (`Provider.account`). */
  readonly account?: string;
  readonly location: string;
  /** What of the target this scope came from (an AWS profile); private to the provider. */
  readonly source?: string;
}

export interface Permission {
  /** The cloud's own name of it: `eks:DescribeCluster`. */
  readonly name: string;
  readonly why: string;
  /** What is lost without it; absent where nothing works without. */
  readonly without?: string;
  /** Needed for `--deep` alone. */
  readonly deep?: true;
}

/** Static facts, readable without loading an SDK. */
export interface ProviderMeta {
  readonly id: ProviderId;
  /** `Amazon EKS`. */
  readonly title: string;
  /** The cloud whose machines may be a built-in source of an endpoint's list; absent for clusters that no cloud runs. */
  readonly cloud?: 'aws' | 'gcp' | 'azure';
  /** What the cloud calls an account and a location. */
  readonly accountWord: string;
  readonly locationWord: string;
  readonly permissions: readonly Permission[];
  /** Ways in that these permissions cannot show; each goes into `scan.notSeen`. */
  readonly notSeen: readonly string[];
  /** More of them, which `--deep` shows. */
  readonly seenDeep?: readonly string[];
  /** How to get usable credentials: the fix in the one line that says they are missing. */
  readonly signIn: string;
  /** The API calls of a scan in order, one line each, for `--dry-run`. */
  calls(target: ScanTarget): readonly string[];
  /** Seconds until changed settings hold on the wire: the least wait before a second look. */
  readonly settlingSeconds: number;
  /** The query that finds our requests by `auditId` in the owner's own log, ready to paste. */
  logQuery(cluster: Cluster, auditId: string): string;
}

export interface CallContext {
  /** Aborted on interrupt and time-out. Adapters stop asking, and throw `ProviderError` `timeout`. */
  readonly signal: AbortSignal;
}

/** Other paths of one kind, to be read by calls of their own. */
export interface DeepPath {
  readonly kind: OtherPathKind;
  /** Never empty: where there is no such way in, one that is closed says so. Throws `ProviderError` only. */
  read(context: CallContext): Promise<readonly OtherPath[]>;
}

/**
 * A narrow adapter to one cloud. Throws `ProviderError` only. One broken cluster is an item of the stream
 * (a row of state `unknown`, and an issue), never the end of it.
 */
export interface Provider {
  readonly meta: ProviderMeta;
  /** Whether any credentials are there: false where the chain finds none; throws `unauthenticated` where it finds unusable ones. */
  available(context: CallContext): Promise<boolean>;
  /** The scopes of a target. An issue stands for scopes that could not be listed, and makes a failed coverage row of its own. */
  scopes(target: ScanTarget, context: CallContext): AsyncIterable<Scope | ScanIssue>;
  /**
   * The clusters of a scope. An issue whose `location` is not the scope's (a GKE zone that did not answer) becomes a partial
   * coverage row of its own; other issues are only reported. What throws midway leaves the scope partial, at once: failed.
   */
  clusters(scope: Scope, context: CallContext): AsyncIterable<Cluster | ScanIssue>;
  /** The account of a scope that came without one. */
  account(scope: Scope, context: CallContext): Promise<string>;
  /** Reads one cluster again, for the second look. Costs one call. */
  reread(cluster: Cluster, context: CallContext): Promise<Cluster>;
  /** What `--deep` reads of a cluster beside its description. Absent where a cloud has nothing of the kind. */
  deepPaths?(cluster: Cluster, scope: Scope): readonly DeepPath[];
}

/** Registered without being loaded: an SDK costs up to half a second, so only the clouds that are asked for pay. */
export interface ProviderEntry {
  readonly meta: ProviderMeta;
  /**
   * `env` is the process environment, which each SDK reads for itself as well. Providers take from it what their SDK leaves to
   * them: endpoint overrides, the default region or project, the proxy, the switch that keeps metadata servers from being asked,
   * and which variables and profile files hold a sign of credentials, to tell none from unusable ones. Never a secret.
   *
   * @throws {UsageError} where an override cannot be used.
   */
  load(env: NodeJS.ProcessEnv): Promise<Provider>;
}
