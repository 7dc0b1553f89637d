import type { Cluster } from './cluster.ts';
import type { Exposure } from './endpoint.ts';
import type { FindingStatus, JudgedCluster, JudgedEndpoint } from './report.ts';
import type { ProviderId } from './provider.ts';
import type { EndpointProbe } from './probe.ts';
import type { Severity } from './severity.ts';

/** Commands are templates: `{name}`, `{account}`, `{location}`, `{resourceGroup}`, `{host}`, `{port}` are filled in and shell-quoted. */
export interface Remediation {
  readonly summary: string;
  readonly commands: readonly string[];
}

export interface CheckMeta<Message extends string = string> {
  /** The noun of what it surfaces, kebab case; also the file's name. */
  readonly id: string;
  readonly subject: 'cluster' | 'endpoint';
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters, two or three sentences. */
  readonly rationale: string;
  /** Templates with `{placeholders}` that the verdict's `values` fill. */
  readonly messages: Readonly<Record<Message, string>>;
  /** The providers it applies to; on others it is `not-applicable`. */
  readonly remediation: Readonly<Partial<Record<ProviderId, Remediation>>>;
  readonly references: readonly string[];
  /** Decided by the wire alone: `not-applicable` with the probe off. */
  readonly needsProbe?: true;
}

/** What a check sees: the cluster as collected and as judged; endpoint checks also one endpoint of it. */
export interface ClusterSubject {
  readonly cluster: Cluster;
  readonly judged: JudgedCluster;
}

export interface EndpointSubject extends ClusterSubject {
  readonly endpoint: JudgedEndpoint;
  readonly probe?: EndpointProbe;
}

export interface CheckContext {
  /** The evidence's `finishedAt`, so that judging twice gives the same bytes. */
  readonly now: Date;
  /** Something on our path answered TLS in place of several clusters: whose certificate a look saw proves nothing then. */
  readonly intercepted: boolean;
  /** What the look that is judged comes to alone, where it is one of an endpoint: the endpoint's exposure may be another one's doing. */
  readonly exposure?: Exposure;
}

export type Verdict<Message extends string = string> =
  | {
      readonly status: Extract<FindingStatus, 'pass' | 'not-applicable'>;
      /** What is worth knowing and no alarm. */
      readonly evidence?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly status: Extract<FindingStatus, 'fail' | 'unknown'>;
      readonly message: Message;
      readonly values?: Readonly<Record<string, string | number>>;
      /** Facts beside the message; whatever came from a server is already cut. */
      readonly evidence?: Readonly<Record<string, unknown>>;
      /** Where one check has a milder or worse form. */
      readonly severity?: Severity;
    };

export type Check =
  | {
      readonly meta: CheckMeta & { readonly subject: 'cluster' };
      readonly evaluate: (subject: ClusterSubject, context: CheckContext) => Verdict;
    }
  | {
      readonly meta: CheckMeta & { readonly subject: 'endpoint' };
      readonly evaluate: (subject: EndpointSubject, context: CheckContext) => Verdict;
    };

/** Ties messages to verdicts: a message id that is not in `meta.messages` does not compile. */
export function defineCheck<const Message extends string, Subject extends 'cluster' | 'endpoint'>(
  meta: CheckMeta<Message> & { readonly subject: Subject },
  evaluate: (
    subject: Subject extends 'cluster' ? ClusterSubject : EndpointSubject,
    context: CheckContext,
  ) => Verdict<NoInfer<Message>>,
): Check {
  return { meta, evaluate } as Check;
}
