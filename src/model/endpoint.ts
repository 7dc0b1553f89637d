/** Worst first. */
export const exposures = [
  'contradiction',
  'exposed',
  'broad',
  'unknown',
  'restricted',
  'private',
  'not-applicable',
] as const;

export type Exposure = (typeof exposures)[number];

export type EndpointRole = 'public' | 'private' | 'dns';

/**
 * What the settings admit from the internet. A union, so that a field missing from a cloud's reply
 * has no way to read as "closed". Ranges are verbatim, as the cloud gave them.
 */
export type Access =
  | { readonly kind: 'open'; readonly ranges: readonly string[]; readonly reason?: string }
  | {
      readonly kind: 'allow-list';
      readonly ranges: readonly string[];
      /** Sources beyond the ranges: `google-cloud`, `azure-service-tag:AzureCloud`. */
      readonly admits: readonly string[];
      readonly reason?: string;
    }
  | { readonly kind: 'closed'; readonly reason?: string }
  | {
      readonly kind: 'unknown';
      readonly ranges: readonly string[];
      readonly reason: string;
      /** Nobody keeps settings of it (a self-managed cluster): not a gap, and the wire alone can tell. */
      readonly settings?: 'none';
    };

/** What can vouch for the peer's certificate. */
export type Trust =
  | {
      readonly kind: 'cluster-ca';
      /** One or more PEM blocks (EKS holds two while its CA is being rotated). */
      readonly pem: string;
    }
  | { readonly kind: 'public-roots' }
  /** The roots that this machine trusts, its own among them: what kubectl goes by where a kubeconfig names no CA. */
  | { readonly kind: 'system-roots' }
  /** The kubeconfig skips verification: no certificate counts for or against the peer, its answers alone do. */
  | { readonly kind: 'unverified' }
  /** The cloud gives no CA (AKS), or gave one that cannot be read. */
  | { readonly kind: 'none'; readonly reason: string };

/** One way to reach an API server. */
export interface Endpoint {
  readonly role: EndpointRole;
  /** Host name or bare address, verbatim but for an `https://` prefix and a trailing slash. Absent: none (yet). */
  readonly host?: string;
  readonly port: number;
  /** A kubeconfig's `tls-server-name`: asked for and looked for in the certificate in place of the host. */
  readonly serverName?: string;
  readonly access: Access;
  readonly trust: Trust;
  /** Facts that belong into the reason: global access, security groups, enforcement. One sentence each. */
  readonly notes?: readonly string[];
  /** DNS endpoints: also Kubernetes tokens or client certificates are taken there, not IAM alone. */
  readonly credentialsBeyondIam?: boolean;
}

/** `aks-trusted-access`, `aks-private-endpoint` and `eks-argocd` cost calls of their own: `--deep`. */
export type OtherPathKind =
  | 'aks-run-command'
  | 'aks-trusted-access'
  | 'aks-private-endpoint'
  | 'eks-argocd'
  | 'gke-connect-gateway'
  | 'gke-google-cloud-addresses'
  | 'gke-dns-tokens'
  | 'gke-dns-certificates';

/** Read by `--deep` alone, which always says something of each: one that is missing was not asked for. */
export const deepPathKinds: readonly OtherPathKind[] = ['aks-trusted-access', 'aks-private-endpoint', 'eks-argocd'];

/** A way in that is not an endpoint of its own. A kind may stand several times in a cluster: once for each binding or connection. */
export interface OtherPath {
  readonly kind: OtherPathKind;
  readonly state: 'open' | 'closed' | 'unknown';
  readonly reason: string;
  /** Whose the other end is, where that can be told: an Azure subscription, in lower case. */
  readonly account?: string;
}
