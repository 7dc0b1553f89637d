import { expect, test } from 'vitest';
import { cluster, endpoint, evidence, judgeAll } from './evidence.ts';
import type { Cluster } from '../../../src/model/cluster.ts';

const arn = 'arn:aws:eks:eu-1:1234:cluster/prod';
const described = cluster('prod', { aliases: [arn], endpoints: [endpoint({ host: 'PROD.example' })] });

function external(aliases: readonly string[], changes: Partial<Cluster> = {}): Cluster {
  return cluster('listed', { provider: 'gke', state: 'external', endpoints: [], aliases, ...changes });
}

test.each<[string, Cluster, readonly Cluster[], string | undefined]>([
  ['an alias of both', external([arn]), [described], described.id],
  ['in another case', external([arn.toUpperCase()]), [described], described.id],
  ["the other's id", external([described.id]), [described], described.id],
  ["the other's endpoint", external(['https://prod.example/']), [described], described.id],
  ['a name alone', external(['prod'], { name: 'prod' }), [described], undefined],
  ['no alias', external([]), [described], undefined],
  ['an alias of two clusters', external([arn]), [described, { ...described, id: 'eks:other' }], undefined],
  ['two clusters of one provider', external([arn], { provider: 'eks' }), [described], undefined],
  ['another external cluster', external([arn]), [{ ...described, state: 'external' }], undefined],
  ['a cluster that is described itself', external([arn], { state: 'running' }), [described], undefined],
  ['what the provider found out itself', external([], { sameAs: 'aks:1' }), [described], 'aks:1'],
])('%s', (_, subject, others, expected) => {
  const { clusters } = judgeAll(evidence({ clusters: [subject, ...others] }));
  const found = clusters.find(({ id }) => id === subject.id);
  expect(found?.sameAs).toBe(expected);
  expect(clusters).toHaveLength(others.length + 1);
  expect(found).not.toHaveProperty('aliases');
});
