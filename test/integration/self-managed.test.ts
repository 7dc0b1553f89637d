import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedEndpoint, Report } from '../../src/model/report.ts';
import { emptyFolder, kubeperimeter } from '../e2e/cli.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { expectAudited } from './audited.ts';
import { startEtcd, type Etcd, type EtcdOptions } from './components/etcd.ts';
import { startKubeApiServer, type KubeApiServer } from './components/kube-apiserver.ts';
import { startKubectlProxy } from './components/kubectl-proxy.ts';

const host = 'api.k8s.example';

let etcd: Etcd;
let server: KubeApiServer;
const folder = emptyFolder();

beforeAll(async () => {
  etcd = await startEtcd();
  server = await startKubeApiServer({ etcd: etcd.url, names: [host], version: '1.36.3' });
  const cluster = { server: `https://${host}:6443`, 'certificate-authority-data': btoa(server.authority.pem) };
  const config = {
    'current-context': 'real',
    clusters: [{ name: 'real', cluster }],
    contexts: [{ name: 'real', context: { cluster: 'real', user: 'nobody' } }],
    users: [],
  };
  writeFileSync(join(folder, 'config'), stringify(config));
});
afterAll(async () => {
  await server.stop();
  await etcd.stop();
});

/** Scans from outside, as far as the program is told, with these ports of the host led to real ones. */
async function scan(ports: Readonly<Record<number, number>> = {}): Promise<JudgedEndpoint> {
  const led = Object.entries({ 6443: server.port, ...ports });
  const own = ['--provider', 'kubeconfig', '--kubeconfig', join(folder, 'config'), '--yes', '--fail-on', 'none'];
  const dialled = led.flatMap(([from, to]) => ['--connect-to', `${host}:${from}:127.0.0.1:${to}`]);
  const others = Object.keys(ports).length > 0 ? ['--ports', Object.keys(ports).join(',')] : [];
  const from = ['--vantage-address', '52.95.110.7', '--vantage-cloud', 'none', '--format', 'json'];
  const ended = await kubeperimeter(['scan', ...own, ...dialled, ...others, ...from]);
  if (ended.code !== 0) throw new Error(`the scan ended with ${ended.code}: ${ended.stderr}`);
  return (JSON.parse(ended.stdout) as Report).clusters[0]?.endpoints[0] as JudgedEndpoint;
}

describe('a real kube-apiserver that a kubeconfig names', () => {
  it('is exposed where it answers from outside', async () => {
    const endpoint = await expectAudited(server, scan);
    expect(endpoint).toMatchObject({ role: 'public', exposure: 'exposed', confirmed: true });
    expect(endpoint.probe).toMatchObject({ outcome: 'anonymous-forbidden', tls: { chain: 'cluster-ca' } });
    expect(endpoint.probe).not.toHaveProperty('ports');
  });

  it('is recognised at another port as well', async () => {
    const { probe } = await scan({ 8443: server.port });
    expect(probe?.ports).toMatchObject([{ port: 8443, state: 'answers', service: 'API server' }]);
  });
});

describe('a real etcd beside it', () => {
  it('without TLS hangs up, which is all that one connection shows', async () => {
    const { probe } = await scan({ 2379: etcd.port });
    expect(probe?.ports).toMatchObject([{ port: 2379, state: 'accepts', usual: 'etcd' }]);
    expect(probe?.ports?.[0]?.detail).toContain('may speak no TLS');
  });

  it('as its metrics port, by its version', async () => {
    const { probe } = await scan({ 2381: etcd.port });
    expect(probe?.ports).toMatchObject([{ port: 2381, service: 'etcd metrics' }]);
  });

  const demanding = { detail: 'The peer requires a client certificate.' };
  it.each<[string, (pem: string) => Pick<EtcdOptions, 'clientCa'>, object]>([
    ['without client certificates lets anyone in', () => ({}), { service: 'etcd', grants: 'control' }],
    ['with them demands one', (pem) => ({ clientCa: pem }), demanding],
  ])('%s', async (_, guard, facts) => {
    const authority = await createAuthority('etcd-ca');
    const tls = await authority.issue({ names: ['127.0.0.1', host] });
    const guarded = await startEtcd({ tls, ...guard(authority.pem) });
    const { probe } = await scan({ 2379: guarded.port });
    await guarded.stop();
    expect(probe?.ports).toMatchObject([{ port: 2379, state: 'answers', ...facts }]);
  });
});

it('a real kubectl proxy beside it hands out the rights of its user', async () => {
  const proxy = await startKubectlProxy(server);
  const { probe } = await expectAudited(server, () => scan({ 8001: proxy.port }));
  await proxy.stop();
  expect(probe?.ports).toMatchObject([{ port: 8001, service: 'kubectl proxy', grants: 'control' }]);
  const byProxy = server
    .audited()
    .filter(({ auditID, user }) => auditID === probe?.auditId && user.username === 'admin');
  expect(byProxy.map(({ verb, requestURI }) => `${verb} ${requestURI}`)).toEqual(['get /api']);
});
