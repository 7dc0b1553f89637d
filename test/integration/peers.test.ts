import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedEndpoint } from '../../src/model/report.ts';
import { createAuthority } from '../emulators/certificates.ts';
import type { AuditEvent } from './components/audit-log.ts';
import { startEtcd, type Etcd } from './components/etcd.ts';
import { startKubeApiServer } from './components/kube-apiserver.ts';
import { startKubectlProxy } from './components/kubectl-proxy.ts';
import type { Listening } from './components/process.ts';
import { startRelay } from './components/relay.ts';
import { peers, type Surroundings } from './peers.ts';
import { scanAsEks } from './scan-as-eks.ts';

const host = 'B1B2C3D4E5F6A7B8C9D0E1F2A3B4C5D6.gr7.eu-west-1.eks.example';
const names = [host.toLowerCase(), '127.0.0.1', 'kubernetes.default.svc'];

type Ca = 'known' | 'unknown';

let etcd: Etcd;
let around: Surroundings;

beforeAll(async () => {
  etcd = await startEtcd();
  const cluster = await startKubeApiServer({ etcd: etcd.url, names, version: '1.36.3' });
  around = { cluster, etcd: etcd.url, leaf: await cluster.authority.issue({ names }) };
});
afterAll(async () => {
  await around.cluster.stop();
  await etcd.stop();
});

interface Looked {
  readonly endpoint: JudgedEndpoint;
  /** The requests of the probe that reached the cluster. */
  readonly relayed: () => AuditEvent[];
}

/** Scans what listens there in the cluster's place, then stops it. */
async function look(peer: Listening, ca: Ca): Promise<Looked> {
  const { cluster } = around;
  const before = cluster.audited().length;
  try {
    const caPem = ca === 'known' ? { caPem: cluster.authority.pem } : {};
    const endpoint = await scanAsEks({ host, port: peer.port, version: '1.36', ...caPem });
    return { endpoint, relayed: () => cluster.audited().slice(before).filter(isOurs) };
  } finally {
    await peer.stop();
  }
}

function isOurs({ userAgent }: AuditEvent): boolean {
  return userAgent.startsWith('kubeperimeter/');
}

async function startLoadBalancer(): Promise<Listening> {
  const front = await (await createAuthority('load balancer')).issue({ names });
  return startRelay({ front, port: around.cluster.port, behind: 'tls' });
}

function statusesOf({ probe }: JudgedEndpoint): unknown {
  return probe?.requests.map(({ status }) => status);
}

describe.each<Ca>(['known', 'unknown'])("with the cluster's CA %s", (ca) => {
  it.each(peers)('$name is not the cluster', async ({ start, outcome, detail, statuses }) => {
    const { endpoint, relayed } = await look(await start(around), ca);
    expect(endpoint).toMatchObject({
      exposure: 'exposed',
      confirmed: false,
      probe: { outcome, detail: expect.stringMatching(detail), identity: { peer: 'other' } },
    });
    expect(statusesOf(endpoint)).toEqual(statuses);
    expect(relayed()).toEqual([]);
  });

  it('kubectl proxy that answers everybody hands out the rights of its user', async () => {
    const proxy = await startKubectlProxy(around.cluster, { front: around.leaf, flags: ['--accept-hosts=.*'] });
    const { endpoint, relayed } = await look(proxy, ca);
    expect(endpoint.probe).toMatchObject({ outcome: 'admin-exposed', identity: { peer: 'this' } });
    expect(statusesOf(endpoint)).toEqual([200, 200, 200, 404, 404, 404]);
    await expect
      .poll(() => relayed().map(({ user, verb }) => `${user.username} ${verb}`))
      .toEqual(Array.from({ length: 6 }, () => 'admin get'));
  });
});

describe('a load balancer with a certificate of its own', () => {
  it("is asked nothing where the cluster's CA is known", async () => {
    const { endpoint, relayed } = await look(await startLoadBalancer(), 'known');
    expect(endpoint.probe).toMatchObject({ outcome: 'not-this-cluster', requests: [], identity: { peer: 'other' } });
    expect(relayed()).toEqual([]);
  });

  it('is the way to the cluster where no CA is known', async () => {
    const { endpoint, relayed } = await look(await startLoadBalancer(), 'unknown');
    expect(endpoint.probe).toMatchObject({ outcome: 'anonymous-forbidden', identity: { peer: 'this' } });
    const paths = endpoint.probe?.requests.map(({ path }) => path);
    await expect.poll(() => relayed().map(({ requestURI }) => requestURI)).toEqual(paths);
  });
});
