import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { startApiServer, type ApiServerEmulator } from '../emulators/apiserver.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { emptyFolder, kubeperimeter } from './cli.ts';

const host = 'api.k8s.example';
const secret = 'sEcReT-b7e2';

let server: ApiServerEmulator;
let kubelet: ApiServerEmulator;
let caPem: string;
const cwd = emptyFolder();

beforeAll(async () => {
  const authority = await createAuthority('kubernetes');
  caPem = authority.pem;
  const certificate = await authority.issue({ names: [host, '127.0.0.1', 'kubernetes.default.svc'] });
  server = await startApiServer({ behaviour: 'anonymous-forbidden', certificate });
  kubelet = await startApiServer({ behaviour: 'kubelet', certificate });
  writeFileSync(join(cwd, 'ca.crt'), caPem);
});
afterAll(() => Promise.all([server.close(), kubelet.close()]));

/** A kubeconfig of one cluster, whose user holds all that must not be used or kept. */
function config(cluster: object, name = 'dev'): string {
  const marker = join(cwd, 'plugin-ran');
  const exec = { command: '/bin/sh', args: ['-c', `touch ${marker}`], env: [{ name: 'SECRET', value: secret }] };
  const provider = { name: 'oidc', config: { 'refresh-token': secret, 'cmd-path': `touch ${marker}` } };
  const held = { token: secret, password: secret, 'client-key-data': btoa(secret), 'token-file': 'token', as: secret };
  const user = { ...held, 'auth-provider': provider, exec };
  return stringify({
    'current-context': name,
    preferences: { secret },
    clusters: [{ name: `${name}-cluster`, cluster: { ...cluster, extensions: [{ name: 'x', extension: secret }] } }],
    contexts: [{ name, context: { cluster: `${name}-cluster`, user: 'admin' } }],
    users: [{ name: 'admin', user }],
  });
}

interface ScanOptions {
  readonly to?: ApiServerEmulator;
  readonly args?: readonly string[];
}

/** Scans the one cluster of a kubeconfig, by default as seen from outside, over an address that we are told of. */
async function scan(cluster: object, { to = server, args = [] }: ScanOptions = {}) {
  writeFileSync(join(cwd, 'kube.yaml'), config(cluster));
  const file = args.includes('--kubeconfig') ? [] : ['--kubeconfig', 'kube.yaml'];
  const own = ['--provider', 'kubeconfig', ...file, '--format', 'json'];
  const outside = ['--vantage-address', '52.95.110.7', '--connect-to', `${host}:6443:127.0.0.1:${to.port}`];
  const ended = await kubeperimeter(['scan', ...own, ...(args.includes('--inside') ? [] : outside), ...args], { cwd });
  const report = ended.stdout === '' ? undefined : (JSON.parse(ended.stdout) as Report);
  return { ...ended, report, cluster: report?.clusters[0], endpoint: report?.clusters[0]?.endpoints[0] };
}

function failed(report: Report | undefined): readonly string[] {
  return (report?.findings ?? []).filter(({ status }) => status === 'fail').map(({ checkId }) => checkId);
}

const outside = { server: `https://${host}:6443`, 'certificate-authority': 'ca.crt' };

describe('a self-managed cluster that answers from outside', () => {
  it('is exposed, as no settings say otherwise', async () => {
    const { code, report, cluster, endpoint } = await scan(outside, { args: ['--yes'] });
    expect(code).toBe(1);
    expect(cluster).toMatchObject({
      id: `kubeconfig:dev-cluster@${host}:6443`,
      provider: 'kubeconfig',
      name: 'dev',
      state: 'running',
      exposure: 'exposed',
    });
    expect(Object.keys(cluster ?? {})).not.toEqual(expect.arrayContaining(['account']));
    expect(Object.keys(cluster ?? {})).not.toEqual(expect.arrayContaining(['location']));
    expect(endpoint).toMatchObject({
      role: 'public',
      host,
      port: 6443,
      access: { kind: 'unknown', settings: 'none' },
      confirmed: true,
      reason: 'it answered us; there are no settings to compare',
      probe: { outcome: 'anonymous-forbidden', tls: { chain: 'cluster-ca' } },
    });
    expect(failed(report)).toEqual(['open-endpoint', 'version-disclosed']);
    expect(report?.coverage).toEqual([
      { provider: 'kubeconfig', account: 'unknown', location: '*', status: 'complete', clusters: 1 },
    ]);
  });

  it('is asked once, whichever entries lead to it', async () => {
    const names = ['dev', 'admin', 'reader'];
    const file = {
      clusters: names.map((name) => ({ name, cluster: outside })),
      contexts: names.map((name) => ({ name, context: { cluster: name } })),
    };
    writeFileSync(join(cwd, 'several.yaml'), stringify(file));
    const before = server.requests.length;
    const args = ['--yes', '--kubeconfig', 'several.yaml', ...names.flatMap((name) => ['--context', name])];
    const { report } = await scan(outside, { args });
    expect(report?.clusters.map(({ exposure, endpoints: [one] }) => [exposure, one?.probe?.outcome])).toEqual(
      names.map(() => ['exposed', 'anonymous-forbidden']),
    );
    expect(server.requests.length).toBe(before + 6);
  });

  it('gets its fix with the port that it listens on', async () => {
    const { report } = await scan(outside, { args: ['--yes'] });
    const fix = report?.findings.find(({ checkId }) => checkId === 'open-endpoint')?.remediation;
    expect(fix?.commands.join('\n')).toContain('tcp dport 6443');
  });

  it('is asked nothing but our own requests, with no credential of the file', async () => {
    const before = server.requests.length;
    const evidence = join(cwd, 'e.json');
    const proxied = { ...outside, 'proxy-url': `http://user:${secret}@proxy.example:3128` };
    const { stdout, stderr, report } = await scan(proxied, { args: ['--yes', '--save-evidence', evidence] });
    const asked = server.requests.slice(before);
    expect(asked.length).toBeGreaterThan(1);
    for (const { method, headers } of asked) {
      expect(method).toBe('GET');
      expect(Object.keys(headers)).not.toContain('authorization');
      expect(headers.host).toBe(`${host}:6443`);
    }
    expect(report?.issues).toEqual([]);
    const { code, stdout: again } = await kubeperimeter(['report', evidence, '--format', 'json'], { cwd });
    expect([code, again]).toEqual([1, stdout]);
    const page = await kubeperimeter(['report', evidence, '--format', 'html'], { cwd });
    const told = [stdout, stderr, page.stdout, readFileSync(evidence, 'utf8'), JSON.stringify(asked)].join('\n');
    expect(told).not.toContain(secret);
    expect(told).not.toContain(btoa(secret));
    expect(existsSync(join(cwd, 'plugin-ran'))).toBe(false);
  });
});

describe('what vouches for it', () => {
  const bare = { server: `https://${host}:6443` };

  it('without an authority: the roots of this machine, which this certificate does not chain to', async () => {
    const before = server.requests.length;
    const { code, endpoint } = await scan(bare, { args: ['--yes'] });
    expect(endpoint?.probe).toMatchObject({ outcome: 'not-this-cluster', requests: [] });
    expect(endpoint).toMatchObject({ exposure: 'unknown', confirmed: false });
    expect([code, server.requests.length]).toEqual([0, before]);
  });

  it('with verification skipped: the answers, and a finding', async () => {
    const { endpoint, report } = await scan({ ...bare, 'insecure-skip-tls-verify': true }, { args: ['--yes'] });
    expect(endpoint).toMatchObject({ exposure: 'exposed', probe: { outcome: 'anonymous-forbidden' } });
    expect(failed(report)).toContain('tls-verification-skipped');
  });

  it('a kubelet with the same authority is not the cluster', async () => {
    const { code, cluster, report } = await scan(outside, { to: kubelet, args: ['--yes'] });
    expect(cluster).toMatchObject({ exposure: 'unknown', state: 'unknown' });
    expect(failed(report)).toEqual(['could-not-verify']);
    expect(code).toBe(0);
  });

  it('tls-server-name in place of the host', async () => {
    const named = { ...outside, 'tls-server-name': 'kubernetes.default.svc' };
    const { endpoint } = await scan(named, { args: ['--yes'] });
    expect(endpoint?.probe?.tls).toMatchObject({ nameMatches: true });
    expect(server.serverNames.at(-1)).toBe('kubernetes.default.svc');
    expect(endpoint?.reason).toContain('looked up under kubernetes.default.svc');
  });
});

function local(): object {
  return { server: `https://127.0.0.1:${server.port}`, 'certificate-authority': 'ca.crt' };
}

describe('a private host', () => {
  it('is dialled from inside only', async () => {
    const before = server.connections.length;
    const { code, cluster, endpoint } = await scan(local(), { args: ['--yes'] });
    expect(cluster).toMatchObject({ exposure: 'private', state: 'unknown' });
    expect(endpoint).toMatchObject({ role: 'private', probe: { outcome: 'not-probed' } });
    expect([code, server.connections.length]).toEqual([0, before]);
  });

  it('is private, and running once it answered', async () => {
    const { code, cluster, endpoint } = await scan(local(), { args: ['--yes', '--inside'] });
    expect(cluster).toMatchObject({ exposure: 'private', state: 'running' });
    expect(endpoint).toMatchObject({ role: 'private', probe: { outcome: 'anonymous-forbidden' } });
    expect(code).toBe(0);
  });
});

function ports(list: string): readonly string[] {
  return ['--yes', '--ports', list];
}

function toKubelet(): readonly string[] {
  return ['--connect-to', `${host}:10250:127.0.0.1:${kubelet.port}`];
}

describe('--ports', () => {
  it('tells what else can be reached on the host, by one connection each', async () => {
    const before = kubelet.connections.length;
    const { report, endpoint } = await scan(outside, { args: [...ports('10250,2379'), ...toKubelet()] });
    expect(endpoint?.probe?.ports).toMatchObject([{ port: 10_250, state: 'answers', service: 'kubelet' }]);
    expect(kubelet.connections.length).toBe(before + 1);
    expect(report?.findings.find(({ checkId }) => checkId === 'exposed-ports')).toMatchObject({
      status: 'fail',
      severity: 'medium',
      message: 'Beside the API server kubelet (port 10250) can be reached on its host from outside.',
    });
    expect(report?.issues).toEqual([]);
  });

  it('is left alone where it was not asked for, or a stranger answers', async () => {
    const before = kubelet.connections.length;
    const { report } = await scan(outside, { args: ['--yes', ...toKubelet()] });
    expect(report?.issues).toMatchObject([{ code: 'malformed' }]);
    const { endpoint } = await scan(
      { ...outside, 'tls-server-name': 'other.example' },
      {
        args: [...ports('10250'), ...toKubelet()],
      },
    );
    expect(endpoint?.probe).toMatchObject({ outcome: 'not-this-cluster', ports: [] });
    expect(kubelet.connections.length).toBe(before);
  });

  it('is for hosts of your own, and for the documented ports', async () => {
    const cloud = await kubeperimeter(['scan', '--provider', 'eks', '--ports']);
    expect([cloud.code, cloud.stderr]).toEqual([2, expect.stringContaining('--ports: only hosts of your own')]);
    const { code, stderr } = await scan(outside, { args: ports('31000') });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--ports: "31000" is none of 22, 80')]);
  });

  it('--dry-run says what would be sent', async () => {
    const args = ['--kubeconfig', 'kube.yaml', '--provider', 'kubeconfig', '--dry-run', '--ports'];
    const { stdout } = await kubeperimeter(['scan', ...args], { cwd });
    expect(stdout).toContain('\n  2379 GET /version over TLS\n');
  });
});

describe('consent', () => {
  it('nothing is dialled where nobody confirmed the host', async () => {
    const before = server.connections.length;
    const { code, stdout, stderr } = await scan(outside);
    expect([code, stdout, server.connections.length]).toEqual([2, '', before]);
    expect(stderr).toMatch(/^kubeperimeter: exit 2: --yes: .*api\.k8s\.example:6443\n$/);
  });

  it('with the probe off there is nothing to confirm', async () => {
    const { code, endpoint } = await scan(outside, { args: ['--no-probe'] });
    expect([code, endpoint?.exposure]).toEqual([0, 'unknown']);
  });

  it('stands in the configuration file as well', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'kube.yaml'), config({ ...outside, 'certificate-authority': join(cwd, 'ca.crt') }));
    const keys = {
      provider: 'kubeconfig',
      kubeconfig: 'kube.yaml',
      context: ['dev'],
      yes: true,
      'vantage-address': '52.95.110.7',
      'connect-to': `${host}:6443:127.0.0.1:${server.port}`,
    };
    writeFileSync(join(folder, 'kubeperimeter.yaml'), stringify(keys));
    const { stdout } = await kubeperimeter(['scan', '--format', 'json'], { cwd: folder });
    expect((JSON.parse(stdout) as Report).clusters[0]).toMatchObject({ exposure: 'exposed' });
  });
});
