import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../../emulators/certificates.ts';
import { configOf, folder, read, readEntry, secret, write } from './reading.ts';

const { pem } = await createAuthority('kubernetes');
const server = 'https://api.k8s.example:6443';

test('a cluster is what its entry says, and nothing more', async () => {
  const { issues, ...cluster } = await readEntry({ server, 'certificate-authority-data': btoa(pem) });
  expect(cluster).toEqual({
    id: 'kubeconfig:dev@api.k8s.example:6443',
    provider: 'kubeconfig',
    name: 'dev',
    auditLog: 'unknown',
    state: 'unknown',
    endpoints: [
      {
        role: 'public',
        host: 'api.k8s.example',
        port: 6443,
        access: {
          kind: 'unknown',
          ranges: [],
          reason: 'a self-managed cluster has no settings to read',
          settings: 'none',
        },
        trust: { kind: 'cluster-ca', pem: pem.trim() },
      },
    ],
    otherPaths: [],
    anonymous: { documented: 'unknown', reason: 'what anonymous requests get is up to its owner' },
  });
  expect(issues).toEqual([]);
});

describe('where the API server is', () => {
  test.each([
    ['https://127.0.0.1:32771', '127.0.0.1', 32_771, 'private'], // kind and minikube, in a container
    ['https://192.168.49.2:8443', '192.168.49.2', 8443, 'private'], // minikube, in a machine
    ['https://10.0.4.7:6443', '10.0.4.7', 6443, 'private'],
    ['https://172.31.0.9', '172.31.0.9', 443, 'private'],
    ['https://172.32.0.9', '172.32.0.9', 443, 'public'],
    ['https://100.64.0.9:6443', '100.64.0.9', 6443, 'private'],
    ['https://[::1]:6443', '::1', 6443, 'private'],
    ['https://[fd00:1::9]:6443', 'fd00:1::9', 6443, 'private'],
    ['https://[::ffff:10.0.0.9]:6443', '::ffff:10.0.0.9', 6443, 'private'],
    ['https://[2001:db8::9]:6443', '2001:db8::9', 6443, 'public'],
    ['https://localhost:6443', 'localhost', 6443, 'private'],
    ['https://k3s.LOCALHOST:6443', 'k3s.LOCALHOST', 6443, 'private'],
    ['https://mylocalhost:6443', 'mylocalhost', 6443, 'public'],
    ['https://52.95.110.7:6443/', '52.95.110.7', 6443, 'public'],
    ['https://api.ocp.example:6443', 'api.ocp.example', 6443, 'public'], // OpenShift
    ['https://rancher.example', 'rancher.example', 443, 'public'],
  ])('%s is %s, port %i, %s', async (url, host, port, role) => {
    const { id, endpoints } = await readEntry({ server: url });
    expect(endpoints).toMatchObject([{ host, port, role }]);
    expect(id).toBe(`kubeconfig:dev@${host.includes(':') ? `[${host}]` : host}:${port}`);
  });

  test.each([
    ['http://api.k8s.example:8080', 'plain HTTP'],
    ['HTTP://127.0.0.1:8001', 'plain HTTP'],
    ['https://rancher.example/k8s/clusters/c-m-1', 'a path'],
    [`https://admin:${secret}@api.k8s.example:6443`, 'not https://host:port'],
    [`https://api.k8s.example:6443/?token=${secret}`, 'not https://host:port'],
    ['https://api.k8s.example:99999', 'not https://host:port'],
    ['https://127.1:6443', 'not https://host:port'],
  ])('%s is nothing to dial, said once and not repeated', async (url, why) => {
    const { undescribed, endpoints, id, issues, ...rest } = await readEntry({ server: url });
    expect(undescribed).toContain(why);
    expect(endpoints).toMatchObject([{ role: 'public', access: { kind: 'unknown' }, notes: [undescribed] }]);
    expect(endpoints[0]).not.toHaveProperty('host');
    expect(issues).toEqual([{ code: 'malformed', message: undescribed, provider: 'kubeconfig', clusterId: id }]);
    expect(JSON.stringify({ id, undescribed, endpoints, issues, rest })).not.toContain(secret);
  });
});

describe('what vouches for it', () => {
  const files = folder();
  writeFileSync(join(files, 'ca.crt'), `subject=kubernetes\n${pem}`);
  writeFileSync(join(files, 'large'), pem.padEnd(2 ** 21));
  writeFileSync(join(files, 'key.pem'), '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n');
  const trustOf = async (entry: object) => {
    const { clusters, issues } = await read({
      accounts: [write(configOf({ dev: { server, ...entry } }), join(files, 'config'))],
    });
    return { trust: clusters[0]?.endpoints[0]?.trust, issues: issues.map(({ message }) => message) };
  };

  test.each<[string, object, object]>([
    ['an embedded authority', { 'certificate-authority-data': btoa(pem) }, { kind: 'cluster-ca' }],
    ['a file beside the kubeconfig', { 'certificate-authority': 'ca.crt' }, { kind: 'cluster-ca' }],
    ['a file by its whole path', { 'certificate-authority': join(files, 'ca.crt') }, { kind: 'cluster-ca' }],
    [
      'an embedded authority before a file',
      { 'certificate-authority-data': btoa(pem), 'certificate-authority': 'missing' },
      { kind: 'cluster-ca' },
    ],
    ['none', {}, { kind: 'system-roots' }],
    ['an empty one', { 'certificate-authority-data': '' }, { kind: 'system-roots' }],
    ['verification skipped', { 'insecure-skip-tls-verify': true }, { kind: 'unverified' }],
    [
      'verification skipped in spite of an authority',
      { 'insecure-skip-tls-verify': true, 'certificate-authority-data': btoa(pem) },
      { kind: 'unverified' },
    ],
    ['verification explicitly on', { 'insecure-skip-tls-verify': false }, { kind: 'system-roots' }],
  ])('%s', async (_, entry, trust) => {
    expect(await trustOf(entry)).toMatchObject({ trust, issues: [] });
  });

  test.each<[string, object, string]>([
    ['a file that is missing', { 'certificate-authority': 'missing' }, 'cannot be read (ENOENT)'],
    ['a folder', { 'certificate-authority': '.' }, 'cannot be read (it is no file'],
    ['what has no end', { 'certificate-authority': '/dev/zero' }, 'cannot be read (it is no file'],
    [
      'a file that is too large',
      { 'certificate-authority': 'large' },
      'cannot be read (it is no file of at most 1 MiB)',
    ],
    ['a file of something else', { 'certificate-authority': 'key.pem' }, 'that the kubeconfig gives cannot be read'],
    [
      'embedded noise',
      { 'certificate-authority-data': btoa('noise') },
      'that the kubeconfig gives holds no certificate',
    ],
  ])('%s is an issue, and vouches for nothing', async (_, entry, why) => {
    const { trust, issues } = await trustOf(entry);
    expect(trust).toMatchObject({ kind: 'none', reason: expect.stringContaining(why) as string });
    expect(issues).toEqual([expect.stringContaining(why)]);
  });
});

test.each(['yes', 'on', 'y', 'True', 'true'])(
  'verification is skipped by %s, which is true for kubectl',
  async (word) => {
    const text = [
      'current-context: dev',
      `clusters: [{ name: dev, cluster: { server: '${server}', insecure-skip-tls-verify: ${word} } }]`,
      'contexts: [{ name: dev, context: { cluster: dev } }]',
    ].join('\n');
    const { clusters } = await read({ accounts: [write(text)] });
    expect(clusters[0]?.endpoints[0]?.trust).toEqual({ kind: 'unverified' });
  },
);

test('what an entry merges from another one counts as its own', async () => {
  const text = [
    'current-context: dev',
    `base: &base { server: '${server}', insecure-skip-tls-verify: true }`,
    'clusters: [{ name: dev, cluster: { <<: *base } }]',
    'contexts: [{ name: dev, context: { cluster: dev } }]',
  ].join('\n');
  const { clusters } = await read({ accounts: [write(text)] });
  expect(clusters[0]?.endpoints).toMatchObject([{ host: 'api.k8s.example', trust: { kind: 'unverified' } }]);
});

describe('what else the entry says', () => {
  test('tls-server-name is what certificates are checked for', async () => {
    const { endpoints } = await readEntry({ server, 'tls-server-name': 'kubernetes.default.svc' });
    expect(endpoints).toMatchObject([
      { host: 'api.k8s.example', serverName: 'kubernetes.default.svc', notes: [expect.stringContaining('kubernetes')] },
    ]);
  });

  test.each(['a b', 'a\nb', '.example', '*.example', 'https://api.example', `x@${secret}.example`])(
    'a tls-server-name %j that is no name is nothing to look certificates up under',
    async (name) => {
      const { undescribed, endpoints, issues } = await readEntry({ server, 'tls-server-name': name });
      expect(undescribed).toBe('its tls-server-name in the kubeconfig is no name of a host');
      expect(endpoints[0]).not.toHaveProperty('host');
      expect(issues).toMatchObject([{ code: 'malformed', message: undescribed }]);
      expect(JSON.stringify(endpoints)).not.toContain(secret);
    },
  );

  test.each([
    ['https://127.0.0.1:6443', 'private', /whose other addresses may lead to the same API server/], // k3s
    ['https://[::1]:6443', 'private', /whose other addresses/],
    ['https://[::ffff:127.0.0.1]:6443', 'private', /whose other addresses/],
    ['https://localhost:8443', 'private', /whose other addresses/],
    ['https://0.0.0.0:6550', 'public', /no address that can be dialled/], // k3d
    ['https://[::]:6550', 'public', /no address that can be dialled/],
  ])('%s is this machine, which says less than it seems to', async (url, role, note) => {
    const { endpoints } = await readEntry({ server: url });
    expect(endpoints).toMatchObject([{ role, notes: [expect.stringMatching(note)] }]);
  });

  test.each(['https://10.0.4.7:6443', 'https://52.95.110.7', 'https://mylocalhost'])('%s is another', async (url) => {
    expect((await readEntry({ server: url })).endpoints[0]).not.toHaveProperty('notes');
  });

  test('a proxy is named as not used, and its address stays where it was', async () => {
    const cluster = await readEntry({ server, 'proxy-url': `socks5://user:${secret}@proxy.example:1080` });
    expect(cluster.endpoints[0]?.notes).toEqual(['its kubeconfig names a proxy, and probes use none']);
    expect(JSON.stringify(cluster)).not.toMatch(/sEcReT|proxy\.example/);
  });
});
