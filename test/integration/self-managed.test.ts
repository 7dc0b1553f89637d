import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedEndpoint, Report } from '../../src/model/report.ts';
import { emptyFolder, kubeperimeter, type Ended } from '../e2e/cli.ts';
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
  // The administrator's own file, by another name of the server: whoever used its key would be the administrator in the audit log.
  const own = readFileSync(server.kubeconfig, 'utf8');
  writeFileSync(join(folder, 'config'), own.replace(`https://127.0.0.1:${server.port}`, `https://${host}:6443`));
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
  return endpointOf(ended);
}

function endpointOf({ code, stdout, stderr }: Ended): JudgedEndpoint {
  if (code !== 0) throw new Error(`the scan ended with ${code}: ${stderr}`);
  return (JSON.parse(stdout) as Report).clusters[0]?.endpoints[0] as JudgedEndpoint;
}

describe('a real kube-apiserver that a kubeconfig names', () => {
  it('is exposed where it answers from outside', async () => {
    const endpoint = await expectAudited(server, scan);
    expect(endpoint).toMatchObject({ role: 'public', exposure: 'exposed', confirmed: true });
    expect(endpoint.probe).toMatchObject({ outcome: 'anonymous-forbidden', tls: { chain: 'cluster-ca' } });
    expect(endpoint.probe).not.toHaveProperty('ports');
  });

  it('is private where its file says this machine, and looked at from inside', async () => {
    const args = [
      '--provider',
      'kubeconfig',
      '--kubeconfig',
      server.kubeconfig,
      '--yes',
      '--inside',
      '--format',
      'json',
    ];
    const endpoint = await expectAudited(server, async () => endpointOf(await kubeperimeter(['scan', ...args])));
    expect(endpoint).toMatchObject({ role: 'private', exposure: 'private', confirmed: false });
    expect(endpoint.reason).toContain('whose other addresses may lead to the same API server');
    expect(endpoint.probe).toMatchObject({ outcome: 'anonymous-forbidden', tls: { chain: 'cluster-ca' } });
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
