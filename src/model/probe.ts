import type { CallContext } from './provider.ts';
import type { EndpointRole, Trust } from './endpoint.ts';
import type { TlsPosture } from './posture.ts';

/** `report-contract.md` §1; the anonymous ones are ordered from harmless to worst. */
export const outcomes = [
  'not-probed',
  'unresolved',
  'closed',
  'filtered',
  'tls-failed',
  'not-this-cluster',
  'not-kubernetes',
  'inconclusive',
  'iam-fronted',
  'anonymous-disabled',
  'anonymous-health-only',
  'anonymous-forbidden',
  'discovery-exposed',
  'data-exposed',
  'admin-exposed',
] as const;

export type Outcome = (typeof outcomes)[number];

/** `--connect-to`: what the user named to be dialled in place of an endpoint's own address. */
export interface ConnectTo {
  readonly address: string;
  readonly port: number;
}

/** One endpoint to look at. Built from the inventory alone; holds no credential. */
export interface ProbeTarget {
  readonly clusterId: string;
  readonly role: EndpointRole;
  /** The inventory's name or address, verbatim: SNI, Host and certificate checks use it whatever is dialled. */
  readonly host: string;
  readonly port: number;
  /** In place of the host for SNI and certificate checks. */
  readonly serverName?: string;
  readonly trust: Trust;
  readonly connectTo?: ConnectTo;
  /** Sent as `Audit-ID` with each request of this endpoint: a fresh UUID. */
  readonly auditId: string;
  /** `--ports`: other ports of this host, which is the user's own; left alone where it turns out to be a provider's. */
  readonly ports?: readonly PortTarget[];
}

export interface PortTarget {
  readonly port: number;
  readonly connectTo?: ConnectTo;
}

/** What one connection to another port of an API server's host showed. */
export interface PortFacts {
  readonly port: number;
  /** There where several of the endpoint's addresses answered. */
  readonly address?: string;
  /** What usually listens there. */
  readonly usual: string;
  /** `accepts`: a connection and no byte, which is no proof, as some networks accept for every address. */
  readonly state: 'closed' | 'filtered' | 'accepts' | 'answers';
  /** What answered, where it made itself known. */
  readonly service?: string;
  /** What it gives to anyone, without credentials: the cluster, or reading parts of it. */
  readonly grants?: 'control' | 'read';
  /** One sentence. */
  readonly detail: string;
}

export interface PeerCertificate {
  /** Distinguished names as text, cut to 256 characters. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses of the leaf, at most 32, each cut to 253 characters. */
  readonly names: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 of the leaf, hex. */
  readonly fingerprint: string;
  /**
   * SHA-256 of the key that signed the leaf, where its certificate was sent or known, else its key identifier, else absent. Hex.
   * Absent also where the chain ends in the cluster's own CA.
   */
  readonly issuerKey?: string;
}

/** What one TLS handshake showed. */
export interface TlsFacts {
  readonly version: string;
  readonly cipher: string;
  readonly alpn?: string;
  readonly certificate: PeerCertificate;
  /** Where the chain ends: the cluster's own CA, a root bundled with Node, one only installed on this machine, or nowhere known. */
  readonly chain: 'cluster-ca' | 'public-root' | 'local-root' | 'none';
  /** The root's subject, where the chain ends in a public or local one: who an interception comes from. */
  readonly chainRoot?: string;
  readonly nameMatches: boolean;
  readonly inValidity: boolean;
}

export interface ProbeRequest {
  /** With the random object names as sent. */
  readonly path: string;
  /** Absent where no complete answer came. */
  readonly status?: number;
}

/** Who answered. `this`: this cluster, by the rule of the design; `other`: bytes came from something else; `none`: no byte came. */
export interface Identity {
  readonly peer: 'this' | 'other' | 'none';
  /** What the peer looks like where it is not this cluster: `etcd`, `kubelet`, `web server`. */
  readonly guess?: string;
  /** What spoke for and against, one sentence each. */
  readonly signals: readonly string[];
}

/** What one look at one address showed. A failed connection is an observation, not an error. */
export interface AddressResult {
  readonly outcome: Outcome;
  /** One sentence: why not probed, which TLS failure, which answers decided. */
  readonly detail: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** The address that was dialled, and the family that decides which list entries count: the one that the peer sees. */
  readonly address?: string;
  readonly family?: 'ipv4' | 'ipv6';
  /** `address:port`, where `--connect-to` chose it. */
  readonly via?: string;
  /** A TCP connection came about. */
  readonly connected: boolean;
  /** The connect attempt ran into its time limit: what a dropped packet looks like. */
  readonly timedOut: boolean;
  /** All of the name's addresses, classified; what was not dialled has its reason. */
  readonly resolved?: readonly { readonly address: string; readonly class: AddressClass }[];
  /** The family that the resolver gave no answer about: the name may have more addresses than `resolved` says. */
  readonly unansweredFamily?: 'ipv4' | 'ipv6';
  /** Our own socket's address, where it is a public one. */
  readonly localAddress?: string;
  readonly auditId?: string;
  readonly tls?: TlsFacts;
  /** Collected beside the look, where this cluster answered and posture is on. */
  readonly posture?: TlsPosture;
  readonly requests: readonly ProbeRequest[];
  readonly identity: Identity;
  /** What the API server says of itself on `/version`, cut to 64 characters. */
  readonly gitVersion?: string;
  /** Whether health paths, the version and discovery answered without credentials, where asked. */
  readonly anonymous?: {
    readonly health?: boolean;
    readonly version?: boolean;
    readonly discovery?: boolean;
    readonly data?: boolean;
    readonly admin?: boolean;
    /** kubeadm's public description of the cluster; asked for by `--bootstrap-info` alone. */
    readonly bootstrap?: boolean;
  };
  /** Seconds, from a `Retry-After`. */
  readonly retryAfter?: number;
}

/** What one look at an endpoint showed: the worst of what its addresses did. */
export interface ProbeResult extends AddressResult {
  /** One for each address, the worst one's too; there where more than one was dialled. */
  readonly addresses?: readonly AddressResult[];
  /**
   * Where other ports were asked for, and no provider owns the host. Empty where none was tried: this cluster's API server did not
   * answer, or is of a provider's build. Of a run that was ended early: what could be reached alone.
   */
  readonly ports?: readonly PortFacts[];
}

export type AddressClass =
  | 'public'
  | 'private'
  | 'cgnat'
  | 'unique-local'
  | 'loopback'
  | 'link-local'
  | 'unspecified'
  | 'multicast'
  | 'reserved';

/** The whole ladder, or the short second look (handshake and `GET /`). */
export type Look = 'full' | 'second';

export type Probe = (target: ProbeTarget, look: Look, context: CallContext) => Promise<ProbeResult>;

/**
 * Further handshakes with the peer that a first look met at one address, without a request. Undefined where there is no address to dial again.
 * What a peer does is never thrown; what the end of the run cut off is `unknown`.
 */
export type InspectTls = (
  target: ProbeTarget,
  first: AddressResult,
  context: CallContext,
) => Promise<TlsPosture | undefined>;

/** The look again that a contradiction needs, and what the settings said when they were read again just before. */
export interface SecondLook {
  /**
   * `unread`: reading failed or the run ended first; then `result` is absent. `unsettled`: the cluster is being changed.
   * `not-read-again`: the machine that looked has no right to read them. `equal-afterwards`: read by a later scan instead.
   */
  readonly settings: 'equal' | 'changed' | 'unsettled' | 'unread' | 'not-read-again' | 'equal-afterwards';
  readonly at: string;
  readonly result?: ProbeResult;
}

/** All that was observed of one endpoint from one vantage. */
export interface EndpointProbe {
  readonly clusterId: string;
  readonly role: EndpointRole;
  /** The `id` of one of `scan.vantages`; absent where the evidence is of one run, so of one vantage. */
  readonly vantage?: string;
  /** Other settings were in hand when it was looked at than the ones that are judged now. */
  readonly outdated?: true;
  readonly result: ProbeResult;
  readonly secondLook?: SecondLook;
}
