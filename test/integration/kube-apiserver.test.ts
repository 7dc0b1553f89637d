import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAudited } from './audited.ts';
import { ask } from './components/ask.ts';
import { bootstrapInfoPath, shareBootstrapInfo } from './components/bootstrap-info.ts';
import { startEtcd, type Etcd } from './components/etcd.ts';
import { startKubeApiServer, type KubeApiServer } from './components/kube-apiserver.ts';
import { bind } from './components/rbac.ts';
import { boundLooks, looks, looksWithoutEtcd, servers, type Expected, type ServerName } from './modes.ts';
import { scanAsEks } from './scan-as-eks.ts';

const host = 'A1B2C3D4E5F6A7B8C9D0E1F2A3B4C5D6.gr7.eu-west-1.eks.example';

/** The servers that this version can be. */
function serverNames(version: string): readonly ServerName[] {
  const names = Object.keys(servers) as ServerName[];
  return names.filter((name) => version.startsWith(servers[name].only ?? ''));
}

/** Each with the version of the authentication file that it reads. */
describe.each([
  ['1.36.3', 'v1'],
  ['1.33.13', 'v1beta1'],
])('kube-apiserver %s', (version, fileVersion) => {
  const names = serverNames(version);
  const running = new Map<ServerName, KubeApiServer>();
  let etcd: Etcd;

  beforeAll(async () => {
    etcd = await startEtcd();
    const limit = pLimit(2);
    await Promise.all(names.map((name) => limit(async () => running.set(name, await start(name)))));
  });
  // The API servers first: without an etcd they ignore SIGTERM.
  afterAll(async () => {
    await Promise.all([...running.values()].map((server) => server.stop()));
    await etcd.stop();
  });

  function start(name: ServerName): Promise<KubeApiServer> {
    const { flags, anonymous } = servers[name];
    return startKubeApiServer({
      etcd: etcd.url,
      names: [host.toLowerCase()],
      version,
      flags,
      ...(anonymous !== undefined && {
        authentication: [
          `apiVersion: apiserver.config.k8s.io/${fileVersion}`,
          'kind: AuthenticationConfiguration',
          `anonymous: ${anonymous}`,
        ].join('\n'),
      }),
    });
  }

  /** Looks, checks the audit log, and reduces the endpoint to what a mode decides. */
  async function look(name: ServerName, ...args: readonly string[]): Promise<object> {
    const server = running.get(name) as KubeApiServer;
    const endpoint = await expectAudited(server, () =>
      scanAsEks({ host, caPem: server.authority.pem, port: server.port, version: version.slice(0, 4), args }),
    );
    const { exposure, confirmed, probe } = endpoint;
    return {
      exposure,
      confirmed,
      peer: probe?.identity.peer,
      outcome: probe?.outcome,
      statuses: probe?.requests.map(({ status }) => status),
      gitVersion: probe?.gitVersion,
    };
  }

  function expected({ outcome, statuses }: Expected): object {
    const gitVersion = statuses.length > 2 && statuses[1] === 200 ? `v${version}` : undefined;
    return { exposure: 'exposed', confirmed: true, peer: 'this', outcome, statuses, gitVersion };
  }

  it.each(names)('%s', async (name) => {
    expect(await look(name)).toEqual(expected(looks[name]));
  });

  it.each(boundLooks)('that grants anonymous requests $name', async ({ bindings, ...bound }) => {
    const undo = await bind(running.get('as it comes') as KubeApiServer, bindings);
    try {
      expect(await look('as it comes')).toEqual(expected(bound));
    } finally {
      await undo();
    }
  });

  it('that leaves bootstrap information to everybody, as kubeadm does, is asked for it by --bootstrap-info alone', async () => {
    const server = running.get('as it comes') as KubeApiServer;
    const usual = looks['as it comes'];
    const lookFurther = (): Promise<object> => look('as it comes', '--bootstrap-info');
    expect(await lookFurther()).toEqual(expected({ ...usual, statuses: [...usual.statuses, 403] }));
    await shareBootstrapInfo(server);
    expect(await lookFurther()).toEqual(expected({ ...usual, statuses: [...usual.statuses, 200] }));
    await ask({ path: bootstrapInfoPath, port: server.port, ca: server.authority.pem });
    await expect
      .poll(() => server.audited().map(({ requestURI, responseStatus }) => [requestURI, responseStatus?.code]))
      .toContainEqual([bootstrapInfoPath, 200]);
    expect(await look('as it comes')).toEqual(expected(usual));
  });

  describe('once its etcd is gone', () => {
    beforeAll(() => etcd.stop());

    it.each(names)('%s', async (name) => {
      expect(await look(name)).toEqual(expected(looksWithoutEtcd[name]));
    });
  });
});
