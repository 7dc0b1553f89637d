import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedEndpoint, Report } from '../../src/model/report.ts';
import { kubeperimeter } from '../e2e/cli.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { startEtcd } from './components/etcd.ts';
import { startKubeApiServer, type KubeApiServer } from './components/kube-apiserver.ts';
import { freePort, startComponent, type Component } from './components/process.ts';

const host = 'api.k8s.example';

let etcd: Component & { readonly url: string };
let server: KubeApiServer;
const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-self-managed-'));

beforeAll(async () => {
  etcd = await startEtcd();
  server = await startKubeApiServer({ etcd: etcd.url, names: [host], version: '1.36.3' });
  const cluster = { server: `https://${host}:6443`, 'certificate-authority-data': btoa(server.caPem) };
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
    const endpoint = await scan();
    expect(endpoint).toMatchObject({ role: 'public', exposure: 'exposed', confirmed: true });
    expect(endpoint.probe).toMatchObject({ outcome: 'anonymous-forbidden', tls: { chain: 'cluster-ca' } });
    expect(endpoint.probe).not.toHaveProperty('ports');
  });

  it('is recognised at another port as well', async () => {
    const { probe } = await scan({ 8443: server.port });
    expect(probe?.ports).toMatchObject([{ port: 8443, state: 'answers', service: 'API server' }]);
  });
});

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('a real etcd beside it', () => {
  it('without TLS hangs up, which is all that one connection shows', async () => {
    const { probe } = await scan({ 2379: Number(new URL(etcd.url).port) });
    expect(probe?.ports).toMatchObject([{ port: 2379, state: 'accepts', usual: 'etcd' }]);
    expect(probe?.ports?.[0]?.detail).toContain('may speak no TLS');
  });

  it('as its metrics port, by its version', async () => {
    const { probe } = await scan({ 2381: Number(new URL(etcd.url).port) });
    expect(probe?.ports).toMatchObject([{ port: 2381, service: 'etcd metrics' }]);
  });

  it.each([
    ['without client certificates lets anyone in', false, { service: 'etcd', grants: 'control' }],
    ['with them demands one', true, { detail: 'The peer requires a client certificate.' }],
  ])('%s', async (_, asksCertificate, facts) => {
    const authority = await createAuthority('etcd-ca');
    const leaf = await authority.issue({ names: ['127.0.0.1', host] });
    const [client, peer] = [await freePort(), await freePort()];
    const metrics = `http://127.0.0.1:${await freePort()}`;
    const guarded = await startComponent(
      'etcd',
      [
        `--data-dir=${mkdtempSync(join(tmpdir(), 'kubeperimeter-etcd-'))}`,
        `--listen-client-urls=https://127.0.0.1:${client}`,
        `--advertise-client-urls=https://127.0.0.1:${client}`,
        `--listen-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-cluster=default=http://127.0.0.1:${peer}`,
        `--listen-metrics-urls=${metrics}`,
        `--cert-file=${put('etcd.pem', leaf.cert)}`,
        `--key-file=${put('etcd.key', leaf.key)}`,
        '--unsafe-no-fsync',
        ...(asksCertificate ? ['--client-cert-auth', `--trusted-ca-file=${put('etcd-ca.pem', authority.pem)}`] : []),
      ],
      async () => (await fetch(`${metrics}/health`)).ok,
    );
    const { probe } = await scan({ 2379: client });
    await guarded.stop();
    expect(probe?.ports).toMatchObject([{ port: 2379, state: 'answers', ...facts }]);
  });
});
