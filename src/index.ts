/**
 * Kubeperimeter from code. `collect` asks the clouds and probes, and gives evidence; `evaluate` judges evidence, purely; `checks`,
 * `providers` and `createProbing` (or `createProbe`, without TLS posture) are what the command line hands to these two, to be taken as they are, chosen from or added to.
 *
 * ```ts
 * const evidence = parseEvidence(await readFile('evidence.json', 'utf8'), 'evidence.json');
 * const report = evaluate(evidence, { checks: [...checks, ownCheck], providers: providers.map(({ meta }) => meta) });
 * ```
 *
 * For bad input both `collect` and `parseEvidence` throw `UsageError`; what a cloud refuses or a peer does is an issue in the evidence.
 */
export { collect } from './engine/collect.ts';
export { evaluate } from './engine/evaluate.ts';
export { parseEvidence } from './engine/load-evidence.ts';
export { mergeEvidence } from './engine/merge.ts';
export { defineCheck } from './model/check.ts';
export { ProviderError, UsageError } from './model/errors.ts';
export { checks } from './checks/index.ts';
export { providers } from '../providers/index.ts';
export { createProbe, createProbing, systemTrustRoots } from './probe/index.ts';

export type { CollectProgress, CollectRequest, CollectTarget, CollectTools, ConnectToRule } from './engine/collect.ts';
export type { Rules } from './engine/evaluate.ts';
export type { ProbeOptions, Probing, TrustRoots } from './probe/index.ts';

export type { AnonymousComparison } from './model/anonymous.ts';
export type {
  Check,
  CheckContext,
  CheckMeta,
  ClusterSubject,
  EndpointSubject,
  Remediation,
  Verdict,
} from './model/check.ts';
export type { Cluster, ClusterState, DocumentedAnonymous } from './model/cluster.ts';
export type { Access, Endpoint, EndpointRole, Exposure, OtherPath, OtherPathKind, Trust } from './model/endpoint.ts';
export type { ProviderErrorCode } from './model/errors.ts';
export type {
  BroadLimits,
  CoverageRow,
  CoverageStatus,
  Evidence,
  MergedVantage,
  Vantage,
  VantageCloud,
} from './model/evidence.ts';
export type { IssueCode, ScanIssue } from './model/issue.ts';
export type { CertificateStrength, TlsPosture, TlsVersion, Told, VersionOffer } from './model/posture.ts';
export type {
  AddressClass,
  AddressResult,
  ConnectTo,
  EndpointProbe,
  Identity,
  InspectTls,
  Look,
  Outcome,
  PeerCertificate,
  PortFacts,
  PortTarget,
  Probe,
  ProbeRequest,
  ProbeResult,
  ProbeTarget,
  SecondLook,
  TlsFacts,
} from './model/probe.ts';
export type {
  CallContext,
  DeepPath,
  Permission,
  Provider,
  ProviderEntry,
  ProviderId,
  ProviderMeta,
  ScanTarget,
  Scope,
} from './model/provider.ts';
export type {
  AddressProbe,
  CheckText,
  Finding,
  FindingStatus,
  JudgedAccess,
  JudgedCluster,
  JudgedEndpoint,
  JudgedObservation,
  JudgedProbe,
  Report,
  Reporter,
  VantageAdmitted,
  VantageProbe,
} from './model/report.ts';
export type { Severity } from './model/severity.ts';
