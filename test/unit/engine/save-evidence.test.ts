import { expect, test } from 'vitest';
import { answer, cluster, evidence, probe } from './evidence.ts';
import { evidencePieces } from '../../../src/engine/save-evidence.ts';

const clusters = Array.from({ length: 20 }, (_, at) => cluster(`c${at}`));

test('evidence is written as JSON.stringify writes it, and never as a whole', () => {
  const file = evidence({ clusters, probes: clusters.map((each) => probe(each, answer())) });
  const pieces = [...evidencePieces(file)];
  expect(pieces.join('')).toBe(`${JSON.stringify(file)}\n`);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1000);
});

test('also where there is nothing', () => {
  expect([...evidencePieces(evidence({ coverage: [] }))].join('')).toBe(
    `${JSON.stringify(evidence({ coverage: [] }))}\n`,
  );
});
