import { expect, test } from 'vitest';
import { cluster, endpoint } from '../../fixtures/providers.ts';
import { targetOf } from '../../../src/engine/collect/plan.ts';
import type { ProbeRules } from '../../../src/engine/collect/request.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { ProbeTarget } from '../../../src/model/probe.ts';

const rules: ProbeRules = {
  enabled: true,
  excluded: () => false,
  ports: [2379, 6443, 10_250],
  connectTo: [{ host: 'api.example', hostPort: 10_250, address: '127.0.0.1', port: 9250 }],
};

function portsOf(host: string, changes: Partial<Cluster> = {}, from = rules): ProbeTarget['ports'] {
  const door = endpoint({ host, port: 6443 });
  const id = 'kubeconfig:dev@api.example:6443';
  return targetOf(cluster({ id, provider: 'kubeconfig', endpoints: [door], ...changes }), door, from, 'audit-id').ports;
}

test("all but the API server's own, each over its own --connect-to", () => {
  const ports = [{ port: 2379 }, { port: 10_250, connectTo: { address: '127.0.0.1', port: 9250 } }];
  expect(portsOf('API.example')).toEqual(ports);
  expect(portsOf('10.0.0.7')).toEqual([{ port: 2379 }, { port: 10_250 }]);
});

test('none where they were not asked for', () => {
  const { ports: _, ...without } = rules;
  expect(portsOf('api.example', {}, without)).toBeUndefined();
});

test.each(['eks', 'gke', 'aks'] as const)('none of an %s cluster, whatever was asked for', (provider) => {
  expect(portsOf('api.example', { provider })).toBeUndefined();
});
