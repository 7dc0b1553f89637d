import { exposures } from '../model/endpoint.ts';
import type { CoverageRow } from '../model/evidence.ts';
import type { Finding, JudgedCluster, Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';

export function summarize(
  clusters: readonly JudgedCluster[],
  findings: readonly Finding[],
  coverage: readonly CoverageRow[],
): Report['summary'] {
  const failed = findings.filter(({ status }) => status === 'fail');
  return {
    clusters: clusters.length,
    byExposure: count(
      exposures,
      clusters.map(({ exposure }) => exposure),
    ),
    bySeverity: count(
      severities,
      failed.map(({ severity }) => severity),
    ),
    scopes: count(
      ['complete', 'partial', 'failed', 'skipped'],
      coverage.map(({ status }) => status),
    ),
  };
}

/** How often each word occurs; also those that never do, so that a reader sees the zero. */
function count<Word extends string>(words: readonly Word[], found: readonly Word[]): Record<Word, number> {
  const counts = Object.fromEntries(words.map((word) => [word, 0])) as Record<Word, number>;
  for (const word of found) counts[word] += 1;
  return counts;
}
