import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { startApiServer, type ApiServerEmulator } from '../emulators/apiserver.ts';
import { aksCluster, startArm, writeAzureCli, type ArmEmulator } from '../emulators/arm.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { eksCluster, startEks, type EksEmulator } from '../emulators/eks.ts';
import { gkeCluster, startGke, writeServiceAccountKey, type GkeEmulator } from '../emulators/gke.ts';
import { startProxy, type ProxyEmulator } from '../emulators/proxy.ts';
import { emptyFolder, kubeperimeter } from './cli.ts';

/** Of the clusters' API servers, as their clouds name them. */
const hosts = { eks: 'abc.gr7.eu-west-1.eks.example', gke: '203.0.113.10', aks: 'crm.hcp.westeurope.azmk8s.example' };
const passwordOfProxy = 'example-proxy-password';

const folder = emptyFolder();
let eks: EksEmulator;
let gke: GkeEmulator;
let arm: ArmEmulator;
let server: ApiServerEmulator;
let env: Record<string, string>;

beforeAll(async () => {
  const clouds = await createAuthority('Emulated clouds');
  const tls = await clouds.issue({ names: ['localhost'] });
  const clusters = await createAuthority('kubernetes');
  const certificate = await clusters.issue({ names: Object.values(hosts) });
  const caPem = clusters.pem;
  server = await startApiServer({ behaviour: 'health-only', certificate });
  eks = await startEks({
    tls,
    accounts: [
      {
        id: '111122223333',
        regions: { 'eu-west-1': [eksCluster({ name: 'shop', endpoint: `https://${hosts.eks}`, caPem })] },
      },
    ],
  });
  gke = await startGke({ tls, projects: { 'example-project': { clusters: [gkeCluster({ name: 'web', caPem })] } } });
  arm = await startArm({
    subscriptions: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        clusters: [aksCluster({ name: 'crm', properties: { fqdn: hosts.aks } })],
      },
    ],
  });
  writeFileSync(join(folder, 'ca.pem'), `${clouds.pem}\n${arm.caPem}`);
  env = {
    ...eks.env(),
    ...gke.environment,
    GOOGLE_APPLICATION_CREDENTIALS: await writeServiceAccountKey(folder),
    ...(await writeAzureCli(folder)),
    AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
});
afterAll(async () => {
  await Promise.all([eks.close(), gke.close(), arm.close(), server.close()]);
});

/** Scans the three clouds with a proxy of its own. */
async function scan(variables: (proxy: ProxyEmulator) => Record<string, string>, options = {}) {
  const proxy = await startProxy(options);
  const probedBefore = server.connections.length;
  const dialled = Object.values(hosts).flatMap((host) => ['--connect-to', `${host}:443:127.0.0.1:${server.port}`]);
  const ended = await kubeperimeter(['scan', ...dialled, '--format', 'json'], { env: { ...env, ...variables(proxy) } });
  await proxy.close();
  const report = JSON.parse(ended.stdout) as Report;
  return { ...ended, report, asked: new Set(proxy.asked), probes: server.connections.length - probedBefore };
}

function outcomesOf({ clusters }: Report): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(clusters.map(({ name, endpoints }) => [name, endpoints[0]?.probe?.outcome]));
}

const outcome = 'anonymous-health-only';
const seen = { crm: outcome, shop: outcome, web: outcome };

describe('a proxy in the environment', () => {
  it.each([
    ['HTTPS_PROXY', {}],
    ['https_proxy', {}],
    // Makes newer Nodes use it for whatever takes no care to avoid that.
    ['HTTPS_PROXY', { NODE_USE_ENV_PROXY: '1' }],
  ])('%s, with %j: every call of every cloud goes through it, and no probe does', async (name, more) => {
    const { report, asked, probes } = await scan(({ url }) => ({ [name]: url, ...more }));
    expect(report.issues).toEqual([]);
    expect(outcomesOf(report)).toEqual(seen);
    expect(asked).toEqual(new Set([eks, gke, arm].map(({ port }) => `localhost:${port}`)));
    // Each a look and five handshakes beside it.
    expect(probes).toBe(3 * 6);
  });

  it.each(['NO_PROXY', 'no_proxy'])('%s names what goes past it', async (name) => {
    const { report, asked } = await scan(({ url }) => ({ HTTPS_PROXY: url, [name]: 'internal.example,localhost' }));
    expect(report.issues).toEqual([]);
    expect(outcomesOf(report)).toEqual(seen);
    expect(asked).toEqual(new Set());
  });

  it('that lets nobody through leaves every cloud a failed scope, and shows no password', async () => {
    const { code, report, stdout, stderr } = await scan(
      ({ url }) => ({ HTTPS_PROXY: url.replace('//', `//someone:${passwordOfProxy}@`) }),
      { refuses: true },
    );
    expect(code).toBe(3);
    expect(report.coverage.map(({ provider, status }) => [provider, status])).toEqual(
      ['aks', 'eks', 'gke'].map((provider) => [provider, 'failed']),
    );
    expect(stdout + stderr).not.toContain(passwordOfProxy);
    for (const { message } of report.issues.filter(({ provider }) => provider)) expect(message).toMatch(/407/);
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])(
    '%s that is no URL is bad input, and its value is not shown',
    async (name) => {
      for (const value of [passwordOfProxy, `${passwordOfProxy}.example:3128`, `socks5://${passwordOfProxy}.example`]) {
        const { code, stdout, stderr } = await kubeperimeter(['scan'], { env: { ...env, [name]: value } });
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toBe(`kubeperimeter: exit 2: ${name}: it must be a URL, such as http://proxy.example:3128\n`);
      }
    },
  );
});
