import { formatCount, plural } from '../../src/lib/text.ts';
import { severities } from '../../src/model/severity.ts';
import { countStatuses } from '../lib/rows.ts';
import { headline } from '../lib/summary.ts';
import { nameClusters } from './fixes.ts';
import { heading, paragraph } from './layout.ts';
import type { FixGroup } from '../lib/group.ts';
import type { Report } from '../../src/model/report.ts';

/** The end of a long text is what stands on the screen: it says the most important once more, and what was counted. */
export function* renderSummary(report: Report, [first]: readonly FixGroup[]): Iterable<string> {
  yield* heading('In short');
  yield* line('clusters', clustersInShort(report));
  if (first !== undefined)
    yield* line('first', `${first.severity.toUpperCase()}  ${first.title}: ${nameClusters(first.clusters)}`);
  const { fail, unknown, pass, 'not-applicable': inapplicable } = countStatuses(report);
  const bySeverity = severities
    .filter((severity) => report.summary.bySeverity[severity] > 0)
    .map((severity) => `${formatCount(report.summary.bySeverity[severity])} ${severity}`);
  yield* line('findings', `${formatCount(fail)} failed${bySeverity.length === 0 ? '' : ` (${bySeverity.join(', ')})`}`);
  yield* line(
    'checks',
    `${formatCount(pass)} passed, ${formatCount(unknown)} could not tell, ${formatCount(inapplicable)} not applicable`,
  );
  const { complete, partial, failed, skipped } = report.summary.scopes;
  const gaps = report.scan.complete ? '' : ': not everything was seen';
  yield* line('scopes', `${complete} read, ${partial} in part, ${failed} failed, ${skipped} skipped${gaps}`);
  yield* line('scan', report.scan.id);
}

function clustersInShort(report: Report): string {
  const { blind, unjudged } = headline(report);
  if (blind) return 'not known: nothing was read';
  if (report.summary.clusters === 0) return 'none in the scopes that were read';
  return `${openClusters(report)}${unjudged > 0 ? `, ${unjudged} could not be judged` : ''}`;
}

export function openClusters(report: Report): string {
  return `${headline(report).open} of ${plural(report.summary.clusters, 'cluster')} open to the internet`;
}

function line(label: string, text: string): readonly string[] {
  return paragraph(text, 12, `  ${label}`.padEnd(12));
}
