import { cut, formatCount, plural } from '../../src/lib/text.ts';
import { groupIssues } from '../lib/issues.ts';
import { coverageWords, providerWord } from '../lib/words.ts';
import { heading, paragraph } from './layout.ts';
import type { CoverageRow } from '../../src/model/evidence.ts';
import type { Report } from '../../src/model/report.ts';

const shownRows = 40;
const shownPlaces = 4;

/** What was not seen: scopes, single clusters, and ways in that no permission of ours shows. */
export function* renderGaps(report: Report): Iterable<string> {
  yield* renderScopes(report);
  yield* renderIssues(report);
  const { notSeen } = report.scan;
  if (notSeen.length === 0) return;
  yield* heading('Ways in that this scan cannot see');
  for (const { provider, what } of notSeen) yield* paragraph(`${providerWord(provider)}: ${what}`, 4, '- ');
}

/** One line for all scopes of a cloud that are missing for one reason: a policy may shut out most regions of every account. */
function* renderScopes({ coverage }: Report): Iterable<string> {
  const gaps = coverage.filter(({ status }) => status !== 'complete');
  if (gaps.length === 0) return;
  yield* heading('Not read: nothing here may be taken as safe');
  const groups = Map.groupBy(gaps, ({ provider, status, reason = '' }) => JSON.stringify([provider, status, reason]));
  for (const rows of [...groups.values()].slice(0, shownRows)) yield* renderSame(rows);
  yield* renderRest(groups.size);
}

function* renderSame(rows: readonly CoverageRow[]): Iterable<string> {
  const [{ provider, status, reason = '' }] = rows as readonly [CoverageRow, ...CoverageRow[]];
  const places = rows.map(({ account, location }) => `${account} ${location}`);
  const where = places.length === 1 ? ` ${places[0]}` : `, ${plural(places.length, 'scope')}`;
  const what = [`${providerWord(provider)}${where}: ${coverageWords[status]}`, reason].filter((part) => part !== '');
  yield* paragraph(what.join('; '), 4, '- ');
  if (places.length > 1) yield* renderPlaces(places);
}

function* renderIssues({ issues }: Report): Iterable<string> {
  if (issues.length === 0) return;
  const groups = groupIssues(issues);
  yield* heading(`Issues: ${groups.length}`);
  for (const { code, message, where, places } of groups.slice(0, shownRows)) {
    yield* paragraph(`${code}${where === '' ? '' : `, ${where}`}: ${message}`, 4, '- ');
    if (places.length > 1) yield* renderPlaces(places);
  }
  yield* renderRest(groups.length);
}

/** The first few: whoever has a thousand of them looks them up. */
function* renderPlaces(places: readonly string[]): Iterable<string> {
  const left = places.length - shownPlaces;
  const shown = places.slice(0, shownPlaces).map((place) => cut(place, 120));
  const rest = left > 0 ? `, and ${formatCount(left)} more: see the JSON or the HTML report` : '';
  yield* paragraph(`${shown.join(', ')}${rest}`, 6);
}

function* renderRest(count: number): Iterable<string> {
  if (count > shownRows)
    yield* paragraph(`… and ${plural(count - shownRows, 'more row')}: see the JSON or the HTML report.`, 4);
}
