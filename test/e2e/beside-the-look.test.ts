import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { startApiServer, type ApiServerEmulator } from '../emulators/apiserver.ts';
import { createAuthority } from '../emulators/certificates.ts';
import { eksCluster, startEks, type EksEmulator } from '../emulators/eks.ts';
import { emptyFolder, kubeperimeter } from './cli.ts';

const host = 'FEDCBA9876543210FEDCBA9876543210.gr7.eu-west-1.eks.example';
const target = ['--provider', 'eks', '--aws-region', 'eu-west-1'];
const bootstrapInfo = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

let eks: EksEmulator;
let server: ApiServerEmulator;
beforeAll(async () => {
  const authority = await createAuthority('kubernetes');
  const certificate = await authority.issue({ names: [host.toLowerCase()] });
  server = await startApiServer({ behaviour: 'health-only', certificate });
  const cluster = eksCluster({ name: 'shop', endpoint: `https://${host}`, caPem: authority.pem });
  eks = await startEks({ accounts: [{ id: '111122223333', regions: { 'eu-west-1': [cluster] } }] });
});
afterAll(async () => {
  await Promise.all([eks.close(), server.close()]);
});

async function scan(args: readonly string[], cwd = emptyFolder()) {
  const dialled = ['--connect-to', `${host}:443:127.0.0.1:${server.port}`, '--fail-on', 'none'];
  const { stdout } = await kubeperimeter(['scan', ...target, ...dialled, '--format', 'json', ...args], {
    cwd,
    env: eks.env(),
  });
  const { clusters, findings } = JSON.parse(stdout) as Report;
  return {
    probe: clusters[0]?.endpoints[0]?.probe,
    statusOf: (id: string) =>
      findings.find(({ checkId, endpointRole }) => checkId === id && endpointRole === 'public')?.status,
  };
}

it('the bootstrap information is asked for where an option or the configuration says so', async () => {
  const { statusOf } = await scan(['--no-tls-posture']);
  expect(server.requests.map(({ url }) => url)).not.toContain(bootstrapInfo);
  expect(statusOf('bootstrap-info-readable')).toBe('not-applicable');
  const asked = await scan(['--no-tls-posture', '--bootstrap-info']);
  expect(server.requests.at(-1)?.url).toBe(bootstrapInfo);
  expect(asked.statusOf('bootstrap-info-readable')).toBe('pass');
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'kubeperimeter.yaml'), 'bootstrap-info: true\nno-tls-posture: true\n');
  await scan([], cwd);
  expect(server.requests.filter(({ url }) => url === bootstrapInfo)).toHaveLength(2);
});

it('TLS is inspected, unless that is turned off', async () => {
  const before = server.connections.length;
  const without = await scan(['--no-tls-posture']);
  expect(without.probe?.tls).not.toHaveProperty('posture');
  expect(server.connections).toHaveLength(before + 1);
  const { probe, statusOf } = await scan([]);
  expect(probe?.tls?.posture?.versions.map(({ offered }) => offered)).toEqual(['no', 'no', 'yes', 'yes']);
  expect(server.connections).toHaveLength(before + 2 + 5);
  const ids = ['tls-legacy-version', 'weak-cipher', 'weak-certificate', 'self-signed-certificate'];
  expect(ids.map((id) => [id, statusOf(id), without.statusOf(id)])).toEqual(
    ids.map((id) => [id, 'pass', 'not-applicable']),
  );
  expect(without.statusOf('certificate-expiring')).toBe('pass');
});

it('a machine without rights inspects TLS, too', async () => {
  const cwd = emptyFolder();
  await kubeperimeter(['scan', ...target, '--no-probe', '--save-evidence', 'settings.json'], { cwd, env: eks.env() });
  const dialled = ['--connect-to', `${host}:443:127.0.0.1:${server.port}`];
  await kubeperimeter(['probe', 'settings.json', ...dialled, '--save-evidence', 'looks.json'], { cwd });
  const { stdout } = await kubeperimeter(['report', 'looks.json', '--format', 'json'], { cwd });
  const [cluster] = (JSON.parse(stdout) as Report).clusters;
  expect(cluster?.endpoints[0]?.probe?.tls?.posture?.connections).toBe(5);
});

it('a dry run names the bootstrap information, and no further handshake, where the options ask for that', async () => {
  const { stdout } = await kubeperimeter(['scan', ...target, '--dry-run', '--bootstrap-info', '--no-tls-posture']);
  expect(stdout).toContain(`\n  GET ${bootstrapInfo}\n`);
  expect(stdout).toContain('no further TLS handshakes');
});
