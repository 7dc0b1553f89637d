import { plural } from '../../src/lib/text.ts';
import { nothingToFix } from '../lib/summary.ts';
import { wrapCommand } from '../lib/wrap.ts';
import { heading, paragraph, shortName, width } from './layout.ts';
import type { FixGroup } from '../lib/group.ts';
import type { Report } from '../../src/model/report.ts';

const shownGroups = 5;
const shownClusters = 3;
const shownCommands = 3;

/** What to do first: at most five changes, each with the commands for its worst cluster. */
export function* renderFixes(groups: readonly FixGroup[], report: Report): Iterable<string> {
  yield* heading('What to do first');
  if (groups.length === 0) yield* paragraph(nothingToFix(report), 2);
  for (const [index, group] of groups.slice(0, shownGroups).entries()) yield* renderGroup(group, index + 1);
  const left = groups.slice(shownGroups);
  if (left.length > 0) {
    const ids = left.map(({ checkId }) => checkId).join(', ');
    yield* paragraph(`and ${plural(left.length, 'more kind')} of finding: ${ids}.`, 5);
  }
}

function* renderGroup({ severity, title, fixes, clusters, proven }: FixGroup, place: number): Iterable<string> {
  const seen = proven > 0 ? `, ${proven} proven` : '';
  yield* paragraph(
    `${severity.toUpperCase()}  ${title} (${plural(clusters.length, 'cluster')}${seen})`,
    5,
    `${place}. `,
  );
  yield* paragraph(nameClusters(clusters), 5);
  const [first] = fixes;
  if (first?.summary !== undefined) yield* paragraph(first.summary, 5);
  for (const command of first?.commands.slice(0, shownCommands) ?? [])
    yield* wrapCommand(command, width, ' '.repeat(7));
}

/** The first few by name. */
export function nameClusters(clusters: FixGroup['clusters']): string {
  const names = clusters.slice(0, shownClusters).map(({ name }) => shortName(name));
  const more = clusters.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
