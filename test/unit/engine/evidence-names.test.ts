import { expect, test } from 'vitest';
import { answer, closed, cluster, endpoint, evidence, open, probe, silence, vantage } from './evidence.ts';
import { parseEvidence } from '../../../src/engine/load-evidence.ts';
import type { Evidence } from '../../../src/model/evidence.ts';

const prod = cluster('prod', { endpoints: [endpoint({ access: open })] });
const twin = { ...prod, endpoints: [endpoint({ access: closed })] };
const vantages = [
  { ...vantage(), id: 'laptop' },
  { ...vantage(), id: 'runner' },
];

test.each<[string, Evidence, string]>([
  ['two clusters of one id', evidence({ clusters: [prod, twin] }), 'clusters[1].id stands there twice'],
  [
    'two endpoints of one role',
    evidence({ clusters: [{ ...prod, endpoints: [...prod.endpoints, ...twin.endpoints] }] }),
    'clusters[0].endpoints[1].role stands there twice',
  ],
  [
    'two looks at one endpoint',
    evidence({ clusters: [prod], probes: [probe(prod, answer()), probe(prod, silence())] }),
    'probes[1] stands there twice',
  ],
  [
    'two vantages of one id',
    evidence({}, { vantages: [...vantages, ...vantages] }),
    'scan.vantages[2].id stands there twice',
  ],
  [
    'an id of another provider',
    evidence({ clusters: [prod, { ...prod, provider: 'kubeconfig', id: 'eks:1234/eu-1/own' }] }),
    'clusters[1].id does not begin with kubeconfig:',
  ],
])('%s are refused, as one would hide the other', (_, file, message) => {
  expect(() => parseEvidence(JSON.stringify(file), 'e.json')).toThrow(`cannot use e.json: ${message}`);
});

test('one look from each of two vantages is taken', () => {
  const probes = vantages.map(({ id }) => probe(prod, answer(), { vantage: id }));
  const file = evidence({ clusters: [prod], probes }, { vantages });
  expect(parseEvidence(JSON.stringify(file), 'e.json')).toEqual(file);
});

test('evidence that no program could write again is refused: what nobody reads may be nested without end', () => {
  const text = JSON.stringify(evidence()).replace(
    '"clusters":',
    `"later":${'['.repeat(5000)}${']'.repeat(5000)},"clusters":`,
  );
  expect(() => parseEvidence(text, 'e.json')).toThrow('cannot use e.json: it is nested more than 32 deep');
});
