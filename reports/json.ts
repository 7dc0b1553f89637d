import { visibleJson } from '../src/lib/text.ts';
import type { Report, Reporter } from '../src/model/report.ts';

/**
 * The machine's report: one line for each row of a list, so that two reports differ line by line, and in pieces, because one string
 * breaks near 50,000 clusters.
 */
export const json: Reporter = { id: 'json', title: 'JSON, for other programs', extension: 'json', render };

function* render(report: Report): Iterable<string> {
  let before = '{\n';
  for (const [key, value] of Object.entries(report) as [string, unknown][]) {
    yield `${before}${JSON.stringify(key)}: `;
    if (Array.isArray(value)) yield* renderRows(value);
    else yield renderValue(value);
    before = ',\n';
  }
  yield '\n}\n';
}

/** Rows of one piece: a piece for each costs as much as its text. */
const rowsAtOnce = 16;

function* renderRows(rows: readonly unknown[]): Iterable<string> {
  let before = '[\n  ';
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    yield before + some.map(renderValue).join(',\n  ');
    before = ',\n  ';
  }
  yield rows.length === 0 ? '[]' : '\n]';
}

/**
 * Invisible characters leave as JSON escapes: the same text to a parser, and harmless where someone prints the file on a terminal.
 * The slow path is for rows that seem to hold a field without a value (a certificate may have an empty subject).
 */
function renderValue(value: unknown): string {
  const text = JSON.stringify(value);
  return visibleJson(/[:[,](?:null|"")[,\]}]/.test(text) ? JSON.stringify(value, leaveOutEmpty) : text);
}

/** The report's contract: a field without a value is left out, never null and never an empty string. */
function leaveOutEmpty(_key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== '');
  return value === null || value === '' ? undefined : value;
}
