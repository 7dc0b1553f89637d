import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aksCluster, startArm, writeAzureCli } from '../test/emulators/arm.ts';
import { gkeCluster, startGke, writeServiceAccountKey } from '../test/emulators/gke.ts';
import { cli, measure } from './measure.ts';
import { startManyClusters } from './many-clusters.ts';

const settingsOnly = [cli, 'scan', '--no-probe', '--fail-on', 'none', '--allow-partial'];
const quiet = { METADATA_SERVER_DETECTION: 'none' };

/** Calls that each 1,000 clusters cost, counted at the emulators. Cloud providers bill and throttle by call. */
export async function benchCalls(): Promise<void> {
  await eksCalls();
  await gkeCalls();
  await aksCalls();
}

function print(cloud: string, calls: number, least: number, what: string): void {
  console.log(
    `calls, ${cloud}: ratio ${(calls / least).toFixed(2)} (aim 1) — ${calls} calls against ${least}: ${what}`,
  );
}

async function eksCalls(): Promise<void> {
  const eks = await startManyClusters(1000);
  await measure({ args: [...settingsOnly, '--provider', 'eks', '--aws-region', 'eu-west-1'], env: eks.env() });
  await eks.close();
  print('EKS, 1,000 clusters in a region', eks.calls(), 1010, '10 lists and 1,000 describes');
}

async function gkeCalls(): Promise<void> {
  const names = Array.from({ length: 10 }, (_, index) => `bench-project-${index}`);
  const clusters = Array.from({ length: 100 }, (_, index) => gkeCluster({ name: `cluster-${index}` }));
  const gke = await startGke({ projects: Object.fromEntries(names.map((name) => [name, { clusters }])) });
  const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-bench-'));
  const env = { ...quiet, ...gke.environment, GOOGLE_APPLICATION_CREDENTIALS: await writeServiceAccountKey(folder) };
  const projects = names.flatMap((name) => ['--gcp-project', name]);
  await measure({ args: [...settingsOnly, '--provider', 'gke', ...projects], env });
  await gke.close();
  rmSync(folder, { recursive: true });
  print('GKE, 1,000 clusters in 10 projects', gke.requests.length, 10, 'one for each project');
}

async function aksCalls(): Promise<void> {
  const id = '00000000-0000-4000-8000-000000000001';
  const clusters = Array.from({ length: 1000 }, (_, index) =>
    aksCluster({ name: `cluster-${index}`, subscription: id }),
  );
  const arm = await startArm({ subscriptions: [{ id, clusters }] });
  const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-bench-'));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, arm.caPem);
  const env = {
    ...(await writeAzureCli(folder)),
    AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
    NODE_EXTRA_CA_CERTS: ca,
  };
  await measure({ args: [...settingsOnly, '--provider', 'aks', '--azure-subscription', id], env });
  await arm.close();
  rmSync(folder, { recursive: true });
  print('AKS, 1,000 clusters in pages of 100', arm.requests.length, 10, 'one for each page');
}
