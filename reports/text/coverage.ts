import { plural } from '../../src/lib/text.ts';
import { coverageWords, providerWord } from '../lib/words.ts';
import { heading, paragraph } from './layout.ts';
import type { Report } from '../../src/model/report.ts';

const shownRows = 40;

/** What was not seen: scopes, single clusters, and ways in that no permission of ours shows. */
export function* renderGaps(report: Report): Iterable<string> {
  yield* renderScopes(report);
  yield* renderIssues(report);
  const { notSeen } = report.scan;
  if (notSeen.length === 0) return;
  yield* heading('Ways in that this scan cannot see');
  for (const { provider, what } of notSeen) yield* paragraph(`${providerWord(provider)}: ${what}`, 4, '- ');
}

function* renderScopes({ coverage }: Report): Iterable<string> {
  const gaps = coverage.filter(({ status }) => status !== 'complete');
  if (gaps.length === 0) return;
  yield* heading('Not read: nothing here may be taken as safe');
  for (const { provider, account, location, status, reason } of gaps.slice(0, shownRows)) {
    const scope = `${providerWord(provider)} ${account} ${location}`;
    yield* paragraph(
      [`${scope}: ${coverageWords[status]}`, reason ?? ''].filter((part) => part !== '').join('; '),
      4,
      '- ',
    );
  }
  yield* renderRest(gaps.length);
}

function* renderIssues({ issues }: Report): Iterable<string> {
  if (issues.length === 0) return;
  yield* heading(`Issues: ${issues.length}`);
  for (const { code, message, provider, account, location, clusterId } of issues.slice(0, shownRows)) {
    const where = clusterId ?? [provider, account, location].filter((part) => part !== undefined).join(' ');
    yield* paragraph(`${code}${where === '' ? '' : `, ${where}`}: ${message}`, 4, '- ');
  }
  yield* renderRest(issues.length);
}

function* renderRest(count: number): Iterable<string> {
  if (count > shownRows)
    yield* paragraph(`… and ${plural(count - shownRows, 'more row')}: see the JSON or the HTML report.`, 4);
}
