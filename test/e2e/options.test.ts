import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { startApiServer, type ApiServerEmulator } from '../emulators/apiserver.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { eksCluster, startEks, type EksEmulator } from '../emulators/eks.ts';
import { emptyFolder, kubeperimeter } from './cli.ts';

const host = 'ABCDEF0123456789ABCDEF0123456789.gr7.eu-west-1.eks.example';
const office = '203.0.113.0/24';
const target = ['--provider', 'eks', '--aws-region', 'eu-west-1'];

let eks: EksEmulator;
let server: ApiServerEmulator;
let caPem: string;
beforeAll(async () => {
  const authority = await createAuthority('kubernetes');
  caPem = authority.pem;
  server = await startApiServer({
    behaviour: 'health-only',
    certificate: await authority.issue({ names: [host.toLowerCase()] }),
  });
  const cluster = eksCluster({ name: 'shop', endpoint: `https://${host}`, caPem, cidrs: [office] });
  eks = await startEks({ accounts: [{ id: '111122223333', regions: { 'eu-west-1': [cluster] } }] });
});
afterAll(async () => {
  await Promise.all([eks.close(), server.close()]);
});

/** Without TLS posture, which takes seconds. */
async function scan(...args: string[]) {
  const dialled = ['--connect-to', `${host.toLowerCase()}:443:127.0.0.1:${server.port}`, '--no-tls-posture'];
  const ended = await kubeperimeter(['scan', ...target, ...dialled, '--format', 'json', ...args], { env: eks.env() });
  const report = JSON.parse(ended.stdout) as Report;
  return { ...ended, report, endpoint: report.clusters[0]?.endpoints[0] };
}

describe('where we stand', () => {
  it('a tunnel without a vantage address counts as inside: the settings alone, no contradiction', async () => {
    const { endpoint, report, code } = await scan('--confirm-after', '0');
    expect(endpoint).toMatchObject({ exposure: 'restricted', confirmed: false, vantageAdmitted: 'not-applicable' });
    expect(endpoint?.probe).toMatchObject({ outcome: 'anonymous-health-only', via: `127.0.0.1:${server.port}` });
    expect(report.scan.vantage.addresses).toEqual([]);
    expect(code).toBe(0);
  });

  it('an address that the list does not admit, answered twice, is a contradiction', async () => {
    const { endpoint, code } = await scan(
      '--vantage-address',
      '52.95.110.7',
      '--confirm-after',
      '0',
      '--exclude',
      'other-*',
    );
    expect(code).toBe(1);
    expect(endpoint).toMatchObject({ exposure: 'contradiction', confirmed: true, vantageAdmitted: 'no' });
    expect(endpoint?.probe?.secondLook).toMatchObject({ settings: 'equal' });
  });

  it('names the vantage and its cloud', async () => {
    const { report } = await scan('--vantage', 'runner-7', '--vantage-cloud', 'aws', '--inside');
    expect(report.scan.vantage).toMatchObject({ name: 'runner-7', kind: 'inside', cloud: 'aws', intercepted: false });
  });
});

/** A what-is-my-address service on loopback, and how often it was asked. */
async function startAddressService(answer: string) {
  let asked = 0;
  const service = createServer((_, response) => {
    asked += 1;
    response.end(answer);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
  return { url, asked: () => asked, close: () => void service.close() };
}

describe('--vantage-address auto', () => {
  it('asks the service that was named, once; a tunnel may come out elsewhere, so it still counts as inside', async () => {
    const service = await startAddressService('52.95.110.7\n');
    const { report, endpoint } = await scan('--vantage-address', 'auto', '--vantage-address-service', service.url);
    expect(report.scan.vantage.addresses).toEqual(['52.95.110.7']);
    expect(endpoint).toMatchObject({ exposure: 'restricted', confirmed: false, vantageAdmitted: 'not-applicable' });
    expect(report.issues).toEqual([]);
    expect(service.asked()).toBe(1);
    service.close();
  });

  it('leaves the address unknown, and an issue, where the answer is no public address', async () => {
    const service = await startAddressService('10.0.0.1');
    const { report } = await scan('--vantage-address', 'auto', '--vantage-address-service', service.url);
    expect(report.scan.vantage.addresses).toEqual([]);
    expect(report.issues).toMatchObject([
      { code: 'malformed', message: expect.stringContaining('10.0.0.1') as string },
    ]);
    service.close();
  });

  it('asks nobody unless it is given, nor in a dry run', async () => {
    const service = await startAddressService('52.95.110.7');
    await scan('--vantage-address-service', service.url);
    const auto = ['--vantage-address', 'auto', '--vantage-address-service', service.url];
    const { stdout } = await kubeperimeter(['scan', ...target, ...auto, '--dry-run'], { env: eks.env() });
    expect(stdout).toContain(`GET ${service.url}`);
    expect(service.asked()).toBe(0);
    service.close();
  });

  it('takes the service from the configuration file', async () => {
    const service = await startAddressService('52.95.110.7');
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'kubeperimeter.yaml'), `vantage-address: auto\nvantage-address-service: ${service.url}\n`);
    const { stdout } = await kubeperimeter(['scan', ...target, '--no-probe', '--format', 'json'], {
      cwd,
      env: eks.env(),
    });
    expect((JSON.parse(stdout) as Report).scan.vantage.addresses).toEqual(['52.95.110.7']);
    service.close();
  });
});

describe('what is probed', () => {
  it.each(['shop', 'eks:*/eu-west-1/sh?p'])('--exclude %s: nothing is sent', async (glob) => {
    const before = server.connections.length;
    const { endpoint } = await scan('--exclude', glob);
    expect(endpoint?.probe).toMatchObject({ outcome: 'not-probed', requests: [] });
    expect(server.connections.length).toBe(before);
  });

  it('a --connect-to that matches no endpoint is an issue', async () => {
    const { report } = await scan('--connect-to', 'typing.error.example:443:127.0.0.1:9');
    expect(report.issues).toMatchObject([
      { code: 'malformed', message: expect.stringContaining('typing.error.example') as string },
    ]);
  });

  it('gives each endpoint an Audit-ID, and the query that finds it in the log of its cluster', async () => {
    const { endpoint, report } = await scan();
    const { auditId = '', logQuery } = endpoint?.probe ?? {};
    expect(auditId).toMatch(/^[0-9a-f-]{36}$/);
    expect(logQuery).toContain(auditId);
    expect(report.clusters[0]?.auditLog).toBe('on');
    expect(server.requests.at(-1)?.headers['audit-id']).toBe(auditId);
  });
});

describe('--dry-run', () => {
  it('prints the calls and the requests, and makes none', async () => {
    const calls = eks.calls();
    const connections = server.connections.length;
    const { code, stdout, stderr } = await kubeperimeter(['scan', ...target, '--dry-run'], { env: eks.env() });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('eu-west-1');
    expect(stdout).toContain('eks:DescribeCluster');
    for (const path of ['/livez', '/version', '/api/v1/namespaces/kube-system/secrets/'])
      expect(stdout).toContain(`\n  GET ${path}`);
    expect(stdout).toContain('up to 6 more TLS handshakes');
    expect(stdout).not.toContain('kube-public');
    expect([eks.calls(), server.connections.length]).toEqual([calls, connections]);
  });

  it('with --no-probe says that nothing is sent to API servers', async () => {
    const { stdout } = await kubeperimeter(['scan', '--no-probe', '--dry-run']);
    expect(stdout).toContain('nothing is sent');
    expect(stdout).not.toContain('GET /livez');
  });
});

describe('--deep', () => {
  it('asks one call more of each cluster, and none without it', async () => {
    const before = eks.calls('ListCapabilities');
    const plain = await scan('--no-probe');
    expect(eks.calls('ListCapabilities')).toBe(before);
    expect(plain.report.clusters[0]?.otherPaths).toEqual([]);
    const deep = await scan('--no-probe', '--deep');
    expect(eks.calls('ListCapabilities')).toBe(before + 1);
    expect(deep.report.clusters[0]?.otherPaths).toMatchObject([{ kind: 'eks-argocd', state: 'closed' }]);
    const notSeen = [plain, deep].map(({ report }) => report.scan.notSeen.some(({ what }) => what.includes('Argo CD')));
    expect(notSeen).toEqual([true, false]);
  });

  it('without its permission is a gap: a partial scope, an issue of the cluster, exit 3', async () => {
    const refusing = await startEks({
      accounts: [{ id: '111122223333', regions: { 'eu-west-1': [eksCluster({ name: 'shop', cidrs: [office] })] } }],
      refuse: { capabilities: { shop: { status: 403, type: 'AccessDeniedException' } } },
    });
    const args = ['scan', ...target, '--no-probe', '--deep', '--format', 'json'];
    const { code, stdout } = await kubeperimeter(args, { env: refusing.env() });
    await refusing.close();
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(3);
    expect(report.clusters).toMatchObject([
      { name: 'shop', exposure: 'restricted', otherPaths: [{ kind: 'eks-argocd', state: 'unknown' }] },
    ]);
    expect(report.coverage).toMatchObject([
      { status: 'partial', clusters: 1, reason: 'other ways into 1 cluster could not be read' },
    ]);
    expect(report.issues).toMatchObject([{ code: 'forbidden', clusterId: report.clusters[0]?.id }]);
  });

  it('is a key of the configuration file, and in the dry run', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'kubeperimeter.yaml'), 'deep: true\n');
    const { stdout } = await kubeperimeter(['scan', ...target, '--dry-run'], { cwd });
    expect(stdout).toContain('eks:ListCapabilities');
    expect((await kubeperimeter(['scan', ...target, '--dry-run'])).stdout).not.toContain('eks:ListCapabilities');
  });
});

describe('output', () => {
  it('without a format is text on stdout', async () => {
    const { stdout, stderr } = await kubeperimeter(['scan', ...target, '--no-probe'], { env: eks.env() });
    expect(stdout).toMatch(/^Kubernetes API server exposure/);
    expect(stderr).toMatch(/^kubeperimeter: exit 0: /);
  });

  it('gives progress lines where CI is set, on stderr', async () => {
    const { stderr } = await kubeperimeter(['scan', ...target, '--no-probe'], { env: { ...eks.env(), CI: 'true' } });
    expect(stderr).toMatch(/kubeperimeter: 1 of 1 scope read, 1 cluster, 0 of 0 endpoints probed\n/);
  });

  it('keeps the exit code when its reader goes away', async () => {
    const { code } = await kubeperimeter(['scan', ...target, '--no-probe'], {
      env: eks.env(),
      started: (child) => child.stdout?.destroy(),
    });
    expect(code).toBe(0);
  });
});

/** A settings scan of a cluster that is open to the internet; its exit code. */
async function scanOpen(...args: string[]): Promise<number> {
  const cluster = eksCluster({ name: 'open', caPem });
  const emulator = await startEks({ accounts: [{ id: '111122223333', regions: { 'eu-west-1': [cluster] } }] });
  const { code } = await kubeperimeter(['scan', ...target, '--no-probe', ...args], { env: emulator.env() });
  await emulator.close();
  return code;
}

describe('--fail-on', () => {
  it.each([
    [[], 1],
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'critical'], 0],
    [['--fail-on', 'low'], 1],
    [['--fail-on', 'none'], 0],
  ])('%j on a cluster with a high finding is exit %i', async (args, code) => {
    expect(await scanOpen(...args)).toBe(code);
  });
});

describe('checks and explain', () => {
  it('list every check with its severity', async () => {
    const { code, stdout } = await kubeperimeter(['checks']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').length).toBeGreaterThanOrEqual(15);
    expect(stdout).toMatch(/critical +admin-exposed|admin-exposed +critical/);
  });

  it('explain one with its commands for each cloud', async () => {
    const { stdout } = await kubeperimeter(['explain', 'open-endpoint']);
    for (const command of ['aws eks', 'gcloud container', 'az aks']) expect(stdout).toContain(command);
  });
});

describe('evidence', () => {
  it('is judged again with another gate, without any cloud', async () => {
    const cwd = emptyFolder();
    const dialled = ['--connect-to', `${host}:443:127.0.0.1:${server.port}`, '--no-tls-posture'];
    await kubeperimeter(['scan', ...target, ...dialled, '--save-evidence', 'e.json'], { cwd, env: eks.env() });
    expect((await kubeperimeter(['report', 'e.json'], { cwd })).code).toBe(0);
    expect((await kubeperimeter(['report', 'e.json', '--fail-on', 'info'], { cwd })).code).toBe(1);
    writeFileSync(join(cwd, 'kubeperimeter.yaml'), 'fail-on: info\n');
    expect((await kubeperimeter(['report', 'e.json'], { cwd })).code).toBe(0);
  });
});
