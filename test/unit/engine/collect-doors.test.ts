import { describe, expect, it } from 'vitest';
import { answer, cluster, collected, endpoint, scriptedProvider, startCollecting } from '../../fixtures/providers.ts';
import { tls } from '../checks/subjects.ts';
import { posture } from '../checks/postures.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Endpoint } from '../../../src/model/endpoint.ts';

const host = 'api.k8s.example';

function own(entry: string, changes: Partial<Endpoint> = {}): Cluster {
  const id = `kubeconfig:${entry}@${host}:443`;
  return cluster({ id, name: entry, provider: 'kubeconfig', endpoints: [endpoint({ host, ...changes })] });
}

const file = (...clusters: readonly Cluster[]) => scriptedProvider({ id: 'kubeconfig', clusters: () => clusters });
const cloud = (...clusters: readonly Cluster[]) => scriptedProvider({ clusters: () => clusters });
const listed = cluster({ endpoints: [endpoint({ host: host.toUpperCase() })] });

describe('one API server that several entries lead to', () => {
  it('is looked at once, and each entry has the whole look', async () => {
    const met = answer({ tls: tls() });
    const inspected: string[] = [];
    const { evidence, looks } = startCollecting({
      providers: [file(own('admin'), own('reader'), own('third'))],
      answers: () => ({ ...met }),
      inspectTls: async ({ clusterId }) => {
        inspected.push(clusterId);
        return posture();
      },
    });
    const { probes, coverage } = await evidence;
    expect(probes.map(({ result }) => result)).toEqual([1, 2, 3].map(() => ({ ...met, posture: posture() })));
    expect(coverage).toMatchObject([{ status: 'complete', clusters: 3 }]);
    expect([looks.length, inspected.length]).toEqual([1, 1]);
  });

  it('and that a cloud lists too', async () => {
    const { evidence, looks } = startCollecting({ providers: [cloud(listed), file(own('same'))] });
    expect((await evidence).probes).toHaveLength(2);
    expect(looks).toHaveLength(1);
  });

  it.each<[string, Partial<Endpoint>]>([
    ['a port', { port: 6443 }],
    ['a name to look certificates up under', { serverName: 'kubernetes.default.svc' }],
    ['an authority', { trust: { kind: 'cluster-ca', pem: 'another one' } }],
    ['a way to trust it', { trust: { kind: 'unverified' } }],
  ])('unless one has %s of its own', async (_, changes) => {
    const { evidence, looks } = startCollecting({ providers: [file(own('admin'), own('other', changes))] });
    await evidence;
    expect(looks).toHaveLength(2);
  });

  it('a fault is the fault of each', async () => {
    const { issues, coverage } = await collected({
      providers: [file(own('admin'), own('reader'))],
      answers: () => {
        throw new RangeError('out of range');
      },
    });
    expect(issues.map(({ clusterId }) => clusterId)).toEqual([own('admin').id, own('reader').id]);
    expect(coverage).toMatchObject([{ status: 'partial' }]);
  });
});

it('two clusters of one cloud are looked at each, whatever they share', async () => {
  const { evidence, looks } = startCollecting({
    providers: [cloud(listed, cluster({ ...listed, id: `${listed.id}-b` }))],
  });
  expect((await evidence).probes).toHaveLength(2);
  expect(looks).toHaveLength(2);
});
