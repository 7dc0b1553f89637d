import { formatCount, plural, visible } from '../src/lib/text.ts';
import { exposures } from '../src/model/endpoint.ts';
import { groupFixes } from './lib/group.ts';
import { rankClusters, splitClusters } from './lib/rows.ts';
import { headline, notices } from './lib/summary.ts';
import { vantagesOf } from './lib/observations.ts';
import { exposureWords, minuteOf } from './lib/words.ts';
import { renderDeciding } from './text/clusters.ts';
import { renderGaps } from './text/coverage.ts';
import { renderFixes } from './text/fixes.ts';
import { heading, paragraph } from './text/layout.ts';
import { openClusters, renderSummary } from './text/summary.ts';
import type { ClusterFindings } from './lib/rows.ts';
import type { Report, Reporter } from '../src/model/report.ts';

/** For a terminal and for logs: no colour, no control sequence, worst first. */
export const text: Reporter = { id: 'text', title: 'Text, for a terminal and for logs', extension: 'txt', render };

function* render(report: Report): Iterable<string> {
  // Text is made visible before it is broken into lines; once more here, so that no way around it can be added.
  for (const line of renderLines(report)) yield `${visible(line)}\n`;
}

function* renderLines(report: Report): Iterable<string> {
  yield* renderHead(report);
  yield* renderNumber(report);
  const rows = rankClusters(report);
  const { deciding, others } = splitClusters(rows);
  const groups = groupFixes(report, rows);
  yield* renderFixes(groups, report);
  yield* renderDeciding(deciding);
  yield* renderOthers(others);
  yield* renderGaps(report);
  yield* renderSummary(report, groups);
}

function* renderHead(report: Report): Iterable<string> {
  const { finishedAt } = report.scan;
  const from = vantagesOf(report).map(({ name, addresses, kind, resolvers = [] }) => {
    const shown = addresses.length === 0 ? 'address unknown' : addresses.join(', ');
    const asked = resolvers.length === 0 ? '' : `, names by ${resolvers.join(', ')}`;
    return `${name} (${shown}), ${kind}${asked}`;
  });
  yield* paragraph(`Kubernetes API server exposure, seen from ${from.join('; and from ')}`, 0);
  yield* paragraph(`${minuteOf(finishedAt)} · ${report.tool.name} ${report.tool.version}`, 0);
  for (const notice of notices(report)) {
    yield '';
    yield* paragraph(`${notice.title.toUpperCase()}: ${notice.text}`, 2, notice.kind === 'gap' ? '! ' : '- ');
  }
}

function* renderNumber(report: Report): Iterable<string> {
  yield '';
  const { blind } = headline(report);
  if (blind) yield* paragraph('How many clusters are open to the internet is not known.', 0);
  else if (report.summary.clusters === 0) yield* paragraph('No clusters in the scopes that were read.', 0);
  else yield* renderOpenClusters(report);
}

function* renderOpenClusters(report: Report): Iterable<string> {
  const { open, proven, unjudged, unread } = headline(report);
  yield* paragraph(openClusters(report), 0);
  const scopes = unread === 0 ? '' : `, and ${plural(unread, 'scope')} not fully read`;
  const facts = [
    [proven, 'proven: the API server answered us'],
    [open - proven, 'by settings only'],
    [unjudged, `could not be judged${scopes}`],
  ] as const;
  const digits = Math.max(...facts.map(([count]) => formatCount(count).length));
  for (const [count, what] of facts) yield* paragraph(`${formatCount(count).padStart(digits)}  ${what}`, 4);
  yield* paragraph(exposureCounts(report.clusters), 2);
}

/** `1 conflict, 9 exposed`: what there is of each exposure, worst first. */
function exposureCounts(clusters: Report['clusters']): string {
  const counts = exposures.flatMap((exposure) => {
    const count = clusters.filter((cluster) => cluster.exposure === exposure).length;
    return count === 0 ? [] : `${formatCount(count)} ${exposureWords[exposure].word.toLowerCase()}`;
  });
  return counts.join(', ');
}

function* renderOthers(others: readonly ClusterFindings[]): Iterable<string> {
  if (others.length === 0) return;
  yield* heading(`No decision needed: ${plural(others.length, 'cluster')}`);
  yield* paragraph(exposureCounts(others.map(({ cluster }) => cluster)), 2);
}
