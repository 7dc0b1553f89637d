import { plural } from '../lib/text.ts';
import type { JudgedCluster, Report } from '../model/report.ts';
import { compareSeverity } from '../model/severity.ts';
import type { Severity } from '../model/severity.ts';

export interface ExitRules {
  /** Findings at or above it fail the run. */
  readonly failOn: Severity | 'none';
  /** What could not be told does not fail the run. */
  readonly allowPartial: boolean;
}

/** A cluster in one of these states may have nothing to tell yet, or any more. */
const silentStates: readonly string[] = ['stopped', 'creating', 'deleting', 'external'];

/** Where no settings exist, an unknown exposure is all that any scan could tell, and no gap of this one. */
const withoutSettings = 'kubeconfig';

/** The exit code of a finished scan, by the contract, and the one line that says why. */
export function exitCode(report: Report, { failOn, allowPartial }: ExitRules): { code: 0 | 1 | 3; why: string } {
  const failing = failOn === 'none' ? 0 : failingFindings(report, failOn);
  if (failing > 0) return { code: 1, why: `${plural(failing, 'finding')} of severity ${failOn} or worse` };
  const passed = failOn === 'none' ? 'findings do not fail this run' : `no finding of severity ${failOn} or worse`;
  const gaps = gapsOf(report);
  if (gaps.length === 0) return { code: 0, why: `complete, ${passed}` };
  if (allowPartial) return { code: 0, why: `${passed}, and incompleteness is allowed: ${gaps.join(', ')}` };
  return { code: 3, why: `${passed}, but not everything could be told: ${gaps.join(', ')}` };
}

function failingFindings({ findings }: Report, failOn: Severity): number {
  return findings.filter(({ status, severity }) => status === 'fail' && compareSeverity(severity, failOn) <= 0).length;
}

function gapsOf({ scan, summary: { scopes }, clusters, issues }: Report): readonly string[] {
  const telling = clusters.filter(
    ({ state, provider }) => provider !== withoutSettings && !silentStates.includes(state),
  );
  const untold = telling.filter(({ exposure }) => exposure === 'unknown');
  const half = telling.filter((cluster) => cluster.exposure !== 'unknown' && isHalfTold(cluster));
  // A bug of ours, a check that failed above all: whatever it was about was not judged.
  const internal = issues.filter(({ code }) => code === 'internal').length;
  const gaps = [
    scopes.failed > 0 && `${plural(scopes.failed, 'scope')} failed`,
    scopes.partial > 0 && `${plural(scopes.partial, 'scope')} read in part`,
    scopes.complete + scopes.partial + scopes.failed === 0 && 'no scope was read',
    untold.length > 0 && `${plural(untold.length, 'cluster')} of unknown exposure`,
    half.length > 0 && `${plural(half.length, 'cluster')} with an endpoint of unknown exposure`,
    internal > 0 && `${plural(internal, 'internal error')}, see the issues`,
  ].filter((gap) => gap !== false);
  return gaps.length === 0 && !scan.complete ? ['the scan was ended early'] : gaps;
}

/** What another endpoint makes of a cluster hides that one of it could not be told: it may be worse. */
function isHalfTold({ endpoints }: JudgedCluster): boolean {
  return endpoints.some(({ role, exposure }) => role !== 'private' && exposure === 'unknown');
}
