import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer, startFilteredPort } from '../emulators/apiserver.ts';
import { aksCluster, startArm, writeAzureCli } from '../emulators/arm.ts';
import { createAuthority, type Authority } from '../emulators/certificates.ts';
import { startDns } from '../emulators/dns.ts';
import { connectorCluster, eksCluster, startEks, type WireCluster } from '../emulators/eks.ts';
import { gkeCluster, startGke, writeServiceAccountKey } from '../emulators/gke.ts';
import { demoClusters, vantageAddress, type DemoCluster } from './clusters.ts';

/** Everything that the demo scans, running on loopback. */
export interface DemoEstate {
  /** The variables that lead each cloud's own credential chain and endpoint here. */
  readonly env: Readonly<Record<string, string>>;
  /** The options of `scan` that say where we stand and what to dial in place of the made-up hosts. */
  readonly args: readonly string[];
  close(): Promise<void>;
}

interface Placed {
  readonly cluster: DemoCluster;
  readonly authority: Authority;
  readonly described: object;
  readonly host?: string;
}

/** As a server whose settings were weakened for old clients. */
const legacyTls = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

const project = 'demo-project';

export async function startDemo(clusters: readonly DemoCluster[] = demoClusters): Promise<DemoEstate> {
  const folder = await mkdtemp(join(tmpdir(), 'kubeperimeter-demo-'));
  const placed = await Promise.all(clusters.map(place));
  const clouds = await startClouds(placed, folder);
  const wires = await startWires(placed);
  const scan = [
    '--deep',
    '--vantage',
    'demo',
    '--vantage-address',
    vantageAddress,
    '--vantage-cloud',
    'none',
    '--confirm-after',
    '1',
  ];
  return {
    env: clouds.env,
    args: [...scan, ...wires.args],
    close: async () => {
      await Promise.all([clouds.close(), wires.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Each cluster has an authority of its own, as in the clouds; on AKS nothing else tells clusters from an interception. */
async function place(cluster: DemoCluster): Promise<Placed> {
  const authority = await createAuthority(cluster.cloud === 'aks' ? 'ca' : 'kubernetes');
  const described = describe(cluster, authority.pem);
  const host = hostOf(cluster, described);
  return { cluster, authority, described, ...(host !== undefined && { host }) };
}

function describe(cluster: DemoCluster, caPem: string): WireCluster | object {
  const { name } = cluster;
  switch (cluster.cloud) {
    case 'eks':
      return eksCluster({ name, region: cluster.region, caPem, ...cluster.settings });
    case 'eks-connector':
      return connectorCluster({ name, region: cluster.region });
    case 'gke':
      return gkeCluster({ name, project, caPem, ...cluster.settings });
    case 'aks':
      return aksCluster({ name, properties: cluster.settings });
  }
}

/** The host that the scan will ask for: of the public endpoint, or of the DNS endpoint where there is no other. */
function hostOf(cluster: DemoCluster, described: object): string | undefined {
  if (cluster.cloud === 'gke') return cluster.settings.publicAddress ?? cluster.settings.dns?.endpoint;
  if (cluster.cloud === 'aks') return (described as { properties: { fqdn?: string } }).properties.fqdn;
  return (described as { endpoint?: string }).endpoint?.replace('https://', '');
}

async function startClouds(placed: readonly Placed[], folder: string) {
  const inRegion = (region: string): WireCluster[] =>
    placed
      .filter(({ cluster }) => 'region' in cluster && cluster.region === region)
      .map(({ described }) => described as WireCluster);
  const inCloud = (cloud: string): object[] =>
    placed.filter(({ cluster }) => cluster.cloud === cloud).map(({ described }) => described);
  const eks = await startEks({
    accounts: [
      {
        id: '111122223333',
        capabilities: Object.fromEntries(
          placed.flatMap(({ cluster }) =>
            'capabilities' in cluster ? [[cluster.name, cluster.capabilities ?? []]] : [],
          ),
        ),
        regions: { 'eu-west-1': inRegion('eu-west-1'), 'us-east-1': inRegion('us-east-1'), 'me-south-1': [] },
      },
    ],
    refuse: { regions: { 'me-south-1': { status: 403, type: 'UnrecognizedClientException' } } },
  });
  const gke = await startGke({ projects: { [project]: { clusters: inCloud('gke') as WireClusters } } });
  const arm = await startArm({
    subscriptions: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        clusters: inCloud('aks'),
        beside: Object.fromEntries(
          placed.flatMap(({ cluster }) => ('beside' in cluster ? [[cluster.name, cluster.beside ?? {}]] : [])),
        ),
      },
    ],
  });
  const caFile = join(folder, 'arm-ca.pem');
  await writeFile(caFile, arm.caPem);
  const env = {
    ...eks.env(),
    ...gke.environment,
    ...(await writeAzureCli(folder)),
    GOOGLE_APPLICATION_CREDENTIALS: await writeServiceAccountKey(folder, project),
    METADATA_SERVER_DETECTION: 'none',
    AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
    NODE_EXTRA_CA_CERTS: caFile,
  };
  return { env, close: () => Promise.all([eks.close(), gke.close(), arm.close()]) };
}

type WireClusters = readonly ReturnType<typeof gkeCluster>[];

async function startWires(placed: readonly Placed[]) {
  const filtered = await startFilteredPort();
  const stranger = await createAuthority('Unknown authority');
  const refusing = await closedPort();
  const servers: { close(): Promise<void> }[] = [filtered];
  const names: Record<string, readonly (readonly string[])[]> = {};
  const args: string[] = [];
  for (const { cluster, authority, host } of placed) {
    const { wire } = cluster;
    if (host === undefined || wire === 'nothing') continue;
    if (typeof wire === 'object' && 'resolvesTo' in wire) names[host.toLowerCase()] = [wire.resolvesTo];
    else {
      const port = typeof wire === 'object' ? await serve(wire, host) : wire === 'refuses' ? refusing : filtered.port;
      args.push('--connect-to', `${host}:443:127.0.0.1:${port}`);
    }
    async function serve(answering: Extract<typeof wire, { answers: unknown }>, name: string): Promise<number> {
      const signer = answering.certificate === 'of another authority' ? stranger : authority;
      const certificate = await signer.issue({ names: [name.toLowerCase()] });
      const tls = answering.tls === undefined ? {} : { tls: legacyTls };
      const server = await startApiServer({ behaviour: answering.answers, certificate, ...tls });
      servers.push(server);
      return server.port;
    }
  }
  const dns = await startDns(names);
  servers.push(dns);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  return { args: [...args, '--resolver', dns.address], close };
}

/** A port that was taken and given back: connecting to it is refused. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
