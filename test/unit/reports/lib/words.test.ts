import { expect, test } from 'vitest';
import { providerWord, whereabouts } from '../../../../reports/lib/words.ts';
import type { JudgedCluster } from '../../../../src/model/report.ts';

const own: JudgedCluster = {
  id: 'kubeconfig:dev@10.0.0.7:6443',
  provider: 'kubeconfig',
  name: 'dev',
  auditLog: 'unknown',
  state: 'unknown',
  exposure: 'private',
  endpoints: [],
  otherPaths: [],
};

test.each<[JudgedCluster, readonly string[]]>([
  [own, ['Self-managed', 'state unknown']],
  [{ ...own, state: 'running' }, ['Self-managed']],
  [
    { ...own, provider: 'aks', account: 'a-1', location: 'westeurope', resourceGroup: 'apps', state: 'stopped' },
    ['AKS', 'westeurope', 'apps', 'a-1', 'stopped'],
  ],
])('a cluster is placed by what is known of it', (cluster, places) => {
  expect(whereabouts(cluster)).toEqual(places);
});

test('clouds go by their short names', () => {
  expect(['eks', 'gke', 'aks', 'kubeconfig'].map(providerWord)).toEqual(['EKS', 'GKE', 'AKS', 'Self-managed']);
});
