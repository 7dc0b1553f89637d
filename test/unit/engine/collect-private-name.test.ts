import { expect, test } from 'vitest';
import { answer, cluster, collected, endpoint, scriptedProvider, silence } from '../../fixtures/providers.ts';
import type { AddressClass } from '../../../src/model/probe.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Access } from '../../../src/model/endpoint.ts';

const none: Access = { kind: 'unknown', ranges: [], reason: 'made up', settings: 'none' };
const unread: Access = { kind: 'unknown', ranges: [], reason: 'made up' };

function named(access: Access): Cluster {
  return cluster({ id: 'kubeconfig:dev@api.example:6443', provider: 'kubeconfig', endpoints: [endpoint({ access })] });
}

async function roleAfter(access: Access, classes: readonly AddressClass[]): Promise<readonly (string | undefined)[]> {
  const resolved = classes.map((name) => ({ address: '10.0.0.7', class: name }));
  const provider = scriptedProvider({ id: 'kubeconfig', clusters: () => [named(access)] });
  const evidence = await collected({
    providers: [provider],
    answers: () => (classes.includes('public') ? answer({ resolved }) : silence({ resolved })),
  });
  return [evidence.clusters[0]?.endpoints[0]?.role, evidence.probes[0]?.role];
}

test.each<[readonly AddressClass[], string]>([
  [['private'], 'private'],
  [['cgnat', 'unique-local'], 'private'],
  [['public'], 'public'],
  [['private', 'public'], 'public'],
  // A resolver that blocks a name answers so: nothing is known of the network then.
  [['loopback'], 'public'],
  [['unspecified'], 'public'],
  [[], 'public'],
])('a name of addresses that are %s makes the endpoint %s', async (classes, role) => {
  expect(await roleAfter(none, classes)).toEqual([role, role]);
});

test('a name of loopback alone is private where this cluster answered there', async () => {
  const resolved = [{ address: '127.0.0.1', class: 'loopback' }] as const;
  const provider = scriptedProvider({ id: 'kubeconfig', clusters: () => [named(none)] });
  const { clusters } = await collected({ providers: [provider], answers: () => answer({ resolved }) });
  expect(clusters[0]?.endpoints[0]?.role).toBe('private');
});

test('where settings exist they say what an endpoint is, whatever its name resolves to', async () => {
  expect(await roleAfter(unread, ['private'])).toEqual(['public', 'public']);
});
