import { expect, test } from 'vitest';
import { answer, cluster, evidence, probe, vantage } from './evidence.ts';
import { parseEvidence } from '../../../src/engine/load-evidence.ts';

const prod = cluster('prod');
const vantages = [{ ...vantage(), id: 'laptop' }];

test.each([
  ['of none of the vantages', { vantage: 'office' }, { vantages }],
  ['of no vantage, though there are some', {}, { vantages }],
  ['of one, where there are none', { vantage: 'laptop' }, {}],
])('a look %s is refused', (_, of, scan) => {
  const file = evidence({ clusters: [prod], probes: [probe(prod, answer(), of)] }, scan);
  expect(() => parseEvidence(JSON.stringify(file), 'e.json')).toThrow(
    'cannot use e.json: probes[0].vantage is none of scan.vantages',
  );
});

test('a look of one of them is taken', () => {
  const file = evidence({ clusters: [prod], probes: [probe(prod, answer(), { vantage: 'laptop' })] }, { vantages });
  expect(parseEvidence(JSON.stringify(file), 'e.json')).toEqual(file);
});

test('looks of a run that made none are refused: no vantage would be theirs', () => {
  const file = evidence({ clusters: [prod], probes: [probe(prod, answer())] }, { probe: { enabled: false } });
  expect(() => parseEvidence(JSON.stringify(file), 'e.json')).toThrow(
    'cannot use e.json: scan.probe.enabled is false, yet there are probes',
  );
});

test('a look at a cluster that is not listed is refused: it would be lost', () => {
  const file = evidence({ clusters: [cluster('dev')], probes: [probe(prod, answer())] });
  expect(() => parseEvidence(JSON.stringify(file), 'e.json')).toThrow(
    'cannot use e.json: probes[0].clusterId is none of clusters',
  );
});
