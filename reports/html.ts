import { createHash } from 'node:crypto';
import { groupFixes } from './lib/group.ts';
import { html as markup, render as toText, trusted } from './lib/html.ts';
import { rankClusters, splitClusters } from './lib/rows.ts';
import { minuteOf } from './lib/words.ts';
import { renderClusters } from './html/clusters.ts';
import { renderCoverage } from './html/coverage.ts';
import { renderFixes, renderFixFirst } from './html/fixes.ts';
import { renderLegend } from './html/legend.ts';
import { renderOthers } from './html/others.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import { renderBars, renderHeader, renderNotices, renderNumber } from './html/summary.ts';
import type { Exposure } from '../src/model/endpoint.ts';
import type { Html } from './lib/html.ts';
import type { Report, Reporter } from '../src/model/report.ts';

/** One file that asks for nothing else and can be read without its script. */
export const html: Reporter = { id: 'html', title: 'HTML, one self-contained page', extension: 'html', render };

function* render(report: Report): Iterable<string> {
  for (const piece of renderPage(report)) yield toText(piece);
}

function* renderPage(report: Report): Iterable<Html> {
  const rows = rankClusters(report);
  const groups = groupFixes(report, rows);
  const { deciding, others } = splitClusters(rows);
  const texts = new Map(report.checks.map((check) => [check.id, check]));
  const firstRow = firstRows();
  yield renderStart(report);
  yield markup`${renderHeader(report)}<main>${renderNotices(report)}<div class="summary"><div>${renderNumber(report)}${renderBars(report)}</div>${renderFixFirst(groups, report)}</div>
`;
  yield* renderClusters(deciding, texts, firstRow);
  yield* renderOthers(others, texts, firstRow);
  yield* renderFixes(groups);
  yield markup`${renderCoverage(report)}${renderLegend(report)}</main><script>${trusted(script)}</script></body></html>
`;
}

function firstRows(): (exposure: Exposure) => Exposure | undefined {
  const given = new Set<Exposure>();
  return (exposure) => {
    if (given.has(exposure)) return undefined;
    given.add(exposure);
    return exposure;
  };
}

/**
 * The policy admits this style and this script by their hashes and nothing else at all, should an escape ever be forgotten. The tag is not called
 * `html` here: the formatter would lay the template out anew, and a blank within the style changes its hash.
 */
function renderStart({ scan }: Report): Html {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>API server exposure, ${minuteOf(scan.finishedAt)}</title>
<style>${trusted(style)}</style></head><body>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
