import type { Endpoint, OtherPath } from './endpoint.ts';
import type { ProviderId } from './provider.ts';

export type ClusterState =
  | 'running'
  | 'stopped'
  | 'creating'
  | 'updating'
  | 'deleting'
  | 'failed'
  | 'external'
  | 'unknown';

/** What the platform documents that a request without credentials gets; `unknown` where it makes no promise. */
export type DocumentedAnonymous = 'disabled' | 'health-only' | 'public-info' | 'unknown';

/** One cluster as its provider describes it. Plain data: it is saved as evidence and judged later. */
export interface Cluster {
  /**
   * `provider:account/location/name`; AKS puts the resource group, in lower case, before the name. A self-managed one is
   * `kubeconfig:<cluster entry>@<host:port>`, has neither account nor location, and bears its context's name.
   */
  readonly id: string;
  readonly provider: ProviderId;
  readonly account?: string;
  readonly location?: string;
  readonly name: string;
  /** AKS only. */
  readonly resourceGroup?: string;
  readonly version?: string;
  /** Whether the log that would show our requests is on, as far as the settings tell. */
  readonly auditLog: 'on' | 'off' | 'unknown';
  readonly state: ClusterState;
  /** When its settings were read, at the earliest; absent where this evidence's own scan read them. ISO 8601. */
  readonly readAt?: string;
  /** Why a listed cluster could not be described; then nothing of it is known, and its scope is partial. */
  readonly undescribed?: string;
  /** The id of the same cluster as another provider lists it. */
  readonly sameAs?: string;
  /** `public` first and always there, also when closed or without a host; none for external clusters. */
  readonly endpoints: readonly Endpoint[];
  readonly otherPaths: readonly OtherPath[];
  /** What an anonymous request is documented to get, and the sentence that says where that is known from. */
  readonly anonymous: { readonly documented: DocumentedAnonymous; readonly reason: string };
  /** GKE `rbacBindingConfig`: whether new bindings to unauthenticated users may be made. */
  readonly unauthenticatedBindings?: 'allowed' | 'blocked' | 'unknown';
  /** Names of this cluster elsewhere (ARN, self link, resource id), for `sameAs`. Never shown. */
  readonly aliases?: readonly string[];
}
