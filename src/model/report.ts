import type { AnonymousComparison } from './anonymous.ts';
import type { Cluster } from './cluster.ts';
import type { CoverageRow, CoverageStatus, Vantage } from './evidence.ts';
import type { EndpointRole, Exposure, OtherPath } from './endpoint.ts';
import type { TlsPosture } from './posture.ts';
import type { Outcome, PortFacts, ProbeRequest, TlsFacts, Identity, SecondLook } from './probe.ts';
import type { ProviderId } from './provider.ts';
import type { ScanIssue } from './issue.ts';
import type { Severity } from './severity.ts';

/** The JSON report's version (`report-contract.md` §1). */
export const reportVersion = '1.0';

/** `Access` with its set counted. Counts are decimal strings: an IPv6 count does not fit a number. */
export interface JudgedAccess {
  readonly kind: 'open' | 'allow-list' | 'closed' | 'unknown';
  readonly ranges?: readonly string[];
  readonly admits?: readonly string[];
  readonly addressCount?: { readonly ipv4: string; readonly ipv6: string };
  /** Part of the whole family, 0 to 1. */
  readonly share?: { readonly ipv4: number; readonly ipv6: number };
  readonly reason?: string;
  /** Of a self-managed cluster: it is `unknown` because there are no settings, not because they could not be read. */
  readonly settings?: 'none';
}

export type VantageAdmitted = 'yes' | 'no' | 'unknown' | 'not-applicable';

/** What one address showed. */
export interface AddressProbe {
  readonly outcome: Outcome;
  readonly detail: string;
  readonly address?: string;
  readonly via?: string;
  readonly auditId?: string;
  readonly logQuery?: string;
  readonly tls?: TlsFacts & { readonly posture?: TlsPosture };
  readonly requests: readonly ProbeRequest[];
  readonly identity: Identity;
  readonly gitVersion?: string;
  /** Absent where the platform promises nothing, or no API server answered. */
  readonly anonymous?: AnonymousComparison;
  readonly startedAt: string;
  readonly durationMs: number;
}

/** What one vantage showed: the fields of the address that decided, and each address where more than one was dialled. */
export interface VantageProbe extends AddressProbe {
  readonly secondLook?: Pick<SecondLook, 'settings' | 'at'> & { readonly outcome?: Outcome };
  readonly addresses?: readonly AddressProbe[];
  readonly ports?: readonly PortFacts[];
}

/** What one of several vantages showed, and what it would come to alone. */
export interface JudgedObservation extends VantageProbe {
  /** The `id` of one of `scan.vantages`, and its name. */
  readonly vantage: string;
  readonly vantageName: string;
  readonly vantageAdmitted: VantageAdmitted;
  readonly exposure: Exposure;
  readonly confirmed: boolean;
  readonly reason: string;
}

/** What the deciding vantage showed, and each of them where evidence was merged. */
export interface JudgedProbe extends VantageProbe {
  readonly observations?: readonly JudgedObservation[];
}

type ReportedVantage = Pick<Vantage, 'name' | 'kind' | 'addresses' | 'cloud' | 'resolvers'> & {
  readonly intercepted: boolean;
};

export interface JudgedEndpoint {
  readonly role: EndpointRole;
  readonly host?: string;
  readonly port: number;
  readonly access: JudgedAccess;
  readonly vantageAdmitted: VantageAdmitted;
  /** Absent where probing is off. */
  readonly probe?: JudgedProbe;
  readonly exposure: Exposure;
  readonly confirmed: boolean;
  /** One sentence. */
  readonly reason: string;
}

export interface JudgedCluster extends Pick<
  Cluster,
  'id' | 'provider' | 'account' | 'location' | 'name' | 'resourceGroup' | 'version' | 'auditLog' | 'state' | 'sameAs'
> {
  readonly exposure: Exposure;
  readonly endpoints: readonly JudgedEndpoint[];
  readonly otherPaths: readonly OtherPath[];
}

export type FindingStatus = 'fail' | 'pass' | 'unknown' | 'not-applicable';

export interface Finding {
  readonly checkId: string;
  /** SHA-256, hex, of check id, cluster id and endpoint role: no wording, time, address or version. */
  readonly fingerprint: string;
  readonly clusterId: string;
  readonly endpointRole?: EndpointRole;
  readonly severity: Severity;
  readonly status: FindingStatus;
  /** Of `fail` and `unknown`. */
  readonly message?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly remediation?: { readonly summary: string; readonly commands: readonly string[] };
  readonly references?: readonly string[];
}

/** The words of a check, once per report: repeating them with each finding was a third of the bytes. */
export interface CheckText {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
}

/** The contract's JSON report, and all that a reporter sees. */
export interface Report {
  readonly schemaVersion: typeof reportVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly scan: {
    readonly id: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    /** At least one scope, none failed or partial. */
    readonly complete: boolean;
    readonly vantage: ReportedVantage;
    /** Of merged evidence: all that was looked from; `vantage` is the newest one's, intercepted where all were. */
    readonly vantages?: readonly (ReportedVantage & { readonly id: string })[];
    readonly probe: { readonly enabled: boolean };
    readonly notSeen: readonly { readonly provider: ProviderId; readonly what: string }[];
  };
  readonly summary: {
    readonly clusters: number;
    readonly byExposure: Readonly<Record<Exposure, number>>;
    /** Findings with status `fail`. */
    readonly bySeverity: Readonly<Record<Severity, number>>;
    readonly scopes: Readonly<Record<CoverageStatus, number>>;
  };
  readonly coverage: readonly CoverageRow[];
  /** Worst exposure first, then by id. */
  readonly clusters: readonly JudgedCluster[];
  /** One for each check that `findings` name, sorted by id. */
  readonly checks: readonly CheckText[];
  /** Fails first by severity, then unknown, pass, not-applicable; then by cluster, role and check. */
  readonly findings: readonly Finding[];
  readonly issues: readonly ScanIssue[];
}

/** A format: pieces of text, because one string breaks near 50,000 clusters. Pure: the same report gives the same bytes. */
export interface Reporter {
  readonly id: string;
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  render(report: Report): Iterable<string>;
}
