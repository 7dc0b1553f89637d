import type { Evidence } from '../model/evidence.ts';

/** Evidence as JSON, one line, in pieces: one string breaks near 100,000 clusters, and the scan behind them would be lost. */
export function* evidencePieces(evidence: Evidence): Iterable<string> {
  let before = '{';
  for (const [key, value] of Object.entries(evidence) as [string, unknown][]) {
    yield `${before}${JSON.stringify(key)}:`;
    if (Array.isArray(value)) yield* itemPieces(value);
    else yield JSON.stringify(value);
    before = ',';
  }
  yield '}\n';
}

function* itemPieces(items: readonly unknown[]): Iterable<string> {
  let before = '[';
  for (const item of items) {
    yield before + JSON.stringify(item);
    before = ',';
  }
  yield items.length === 0 ? '[]' : ']';
}
