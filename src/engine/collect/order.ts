import { distinctIssues } from './issues.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { CoverageRow, Evidence } from '../../model/evidence.ts';
import type { EndpointProbe } from '../../model/probe.ts';
import type { ScanIssue } from '../../model/issue.ts';

type NotSeen = Evidence['scan']['notSeen'];

/** Compares by one text after another, in code units: the same order on every machine, whatever its language. */
function byTexts<T>(textsOf: (item: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const [one, other] = [textsOf(a).join('\0'), textsOf(b).join('\0')];
    return one === other ? 0 : one < other ? -1 : 1;
  };
}

/** The orders of evidence: none of them tells in which order answers came, or files were named. */
export const sortClusters = (clusters: readonly Cluster[]): Cluster[] => clusters.toSorted(byTexts(({ id }) => [id]));

export const sortProbes = (probes: readonly EndpointProbe[]): EndpointProbe[] =>
  probes.toSorted(byTexts(({ clusterId, role, vantage = '' }) => [clusterId, role, vantage]));

export const sortNotSeen = (notSeen: NotSeen): NotSeen =>
  notSeen.toSorted(byTexts(({ provider, what }) => [provider, what]));

export const sortCoverage = (rows: readonly CoverageRow[]): CoverageRow[] =>
  rows.toSorted(
    byTexts(({ provider, account, location, status, reason = '' }) => [provider, account, location, status, reason]),
  );

/** Each once. */
export const sortIssues = (issues: readonly ScanIssue[]): ScanIssue[] =>
  distinctIssues(issues).toSorted(
    byTexts(({ provider = '', account = '', location = '', clusterId = '', code, message }) => [
      provider,
      account,
      location,
      clusterId,
      code,
      message,
    ]),
  );
