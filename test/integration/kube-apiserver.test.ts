import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedEndpoint } from '../../src/model/report.ts';
import { startEtcd } from './components/etcd.ts';
import { startKubeApiServer, type KubeApiServer } from './components/kube-apiserver.ts';
import type { Component } from './components/process.ts';
import { scanAsEks } from './scan-as-eks.ts';

const version = '1.36.3';
const host = 'A1B2C3D4E5F6A7B8C9D0E1F2A3B4C5D6.gr7.eu-west-1.eks.example';

/** Anonymous requests on health paths alone, as EKS has it from 1.32 on. */
const healthOnly = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous: { enabled: true, conditions: [{ path: /livez }, { path: /readyz }, { path: /healthz }] }
`;

let etcd: Component & { readonly url: string };
beforeAll(async () => {
  etcd = await startEtcd();
});
afterAll(() => etcd.stop());

/** Scans, and holds the audit log to the requests that the report claims: exactly these, in this order, and no others. */
async function scanAndCompare(server: KubeApiServer): Promise<JudgedEndpoint> {
  const before = server.foreignRequests().length;
  const endpoint = await scanAsEks({ host, caPem: server.caPem, port: server.port, version: '1.36' });
  const events = server.foreignRequests().slice(before);
  const claimed = endpoint.probe?.requests ?? [];
  expect(events.map(({ requestURI, responseStatus }) => ({ path: requestURI, status: responseStatus?.code }))).toEqual(
    claimed,
  );
  expect(new Set(events.map(({ auditID }) => auditID))).toEqual(new Set([endpoint.probe?.auditId]));
  expect(new Set(events.map(({ verb }) => verb))).toEqual(new Set(['get']));
  expect(new Set(events.map(({ userAgent }) => userAgent))).toEqual(
    new Set([expect.stringMatching(/^kubeperimeter\/\S+ \(read-only exposure check\)$/)]),
  );
  return endpoint;
}

describe('a real kube-apiserver with default settings', () => {
  let server: KubeApiServer;
  beforeAll(async () => {
    server = await startKubeApiServer({ etcd: etcd.url, names: [host.toLowerCase()], version });
  });
  afterAll(() => server.stop());

  it('answers anonymous requests and forbids them: six requests', async () => {
    const endpoint = await scanAndCompare(server);
    expect(endpoint).toMatchObject({ exposure: 'exposed', confirmed: true });
    expect(endpoint.probe).toMatchObject({ outcome: 'anonymous-forbidden', gitVersion: `v${version}` });
    expect(endpoint.probe?.identity.peer).toBe('this');
    expect(endpoint.probe?.requests.map(({ status }) => status)).toEqual([403, 200, 403, 403, 403, 403]);
  });

  it.each([
    ['system:discovery', 'discovery-exposed', [403, 200, 200, 403, 403, 403]],
    ['system:aggregate-to-view', 'data-exposed', [403, 200, 403, 404, 403, 403]],
    ['cluster-admin', 'admin-exposed', [200, 200, 200, 404, 404, 404]],
  ])('with %s bound to anonymous is %s', async (role, outcome, statuses) => {
    const path = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
    const group = 'rbac.authorization.k8s.io';
    const created = await server.admin('POST', path, {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'test-binding' },
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: group, kind: 'User', name: 'system:anonymous' }],
    });
    expect(created).toBe(201);
    try {
      const endpoint = await scanAndCompare(server);
      expect(endpoint.probe?.outcome).toBe(outcome);
      expect(endpoint.probe?.requests.map(({ status }) => status)).toEqual(statuses);
    } finally {
      expect(await server.admin('DELETE', `${path}/test-binding`)).toBe(200);
    }
  });
});

describe('a real kube-apiserver that limits anonymous requests', () => {
  it('with anonymous authentication off: two requests, both refused', async () => {
    const flags = ['--authorization-mode=Node,RBAC', '--anonymous-auth=false'];
    const server = await startKubeApiServer({ etcd: etcd.url, names: [host.toLowerCase()], version, flags });
    try {
      const endpoint = await scanAndCompare(server);
      expect(endpoint.probe?.outcome).toBe('anonymous-disabled');
      expect(endpoint.probe?.requests.map(({ status }) => status)).toEqual([401, 401]);
      expect(endpoint).toMatchObject({ exposure: 'exposed', confirmed: true });
    } finally {
      await server.stop();
    }
  });

  it('to health paths: two requests, the second answered', async () => {
    const server = await startKubeApiServer({
      etcd: etcd.url,
      names: [host.toLowerCase()],
      version,
      authentication: healthOnly,
    });
    try {
      const endpoint = await scanAndCompare(server);
      expect(endpoint.probe?.outcome).toBe('anonymous-health-only');
      expect(endpoint.probe?.requests.map(({ status }) => status)).toEqual([401, 200]);
    } finally {
      await server.stop();
    }
  });
});
