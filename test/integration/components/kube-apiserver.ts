import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { createAuthority, type Authority, type KeyPair } from '../../emulators/certificates.ts';
import { auditPolicy, readAuditLog, type AuditEvent } from './audit-log.ts';
import { ask, type Answer } from './ask.ts';
import { createFolder, type Folder } from './folder.ts';
import { cached, freePort, startComponent, type Listening } from './process.ts';

export interface KubeApiServer extends Listening {
  /** The cluster's CA, which signs whatever shall pass for a part of it. */
  readonly authority: Authority;
  /** A kubeconfig file of the administrator. */
  readonly kubeconfig: string;
  /** Every request so far, the server's own and the administrator's included. */
  audited(): AuditEvent[];
  /** A request as the administrator. */
  admin(method: string, path: string, body?: object): Promise<Answer>;
}

export interface KubeApiServerOptions {
  /** URL of its etcd. */
  readonly etcd: string;
  /** Names of the serving certificate. */
  readonly names: readonly string[];
  readonly version: string;
  /** Of the serving certificate; a curve's where absent. */
  readonly key?: 'rsa';
  /** Further flags; `authentication` is the text of an `--authentication-config` file. */
  readonly flags?: readonly string[];
  readonly authentication?: string;
}

export async function startKubeApiServer(options: KubeApiServerOptions): Promise<KubeApiServer> {
  const folder = createFolder('apiserver');
  const authority = await createAuthority('kubernetes');
  const admin = await authority.issue({ names: ['admin.example'], commonName: 'admin', clientGroup: 'system:masters' });
  const leaf = await authority.issue({
    names: ['kubernetes.default.svc', '127.0.0.1', ...options.names],
    ...(options.key && { key: options.key }),
  });
  const auditLog = join(folder.path, 'audit.log');
  const port = await freePort();
  const request: KubeApiServer['admin'] = (method, path, body) =>
    ask({ method, path, port, ca: authority.pem, ...admin, ...(body && { body }) });
  const component = await startComponent(
    cached(`kubernetes-${options.version}/kube-apiserver`),
    [
      `--etcd-servers=${options.etcd}`,
      // API servers share an etcd by prefix.
      `--etcd-prefix=/registry-${port}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${folder.put('leaf.pem', leaf.cert)}`,
      `--tls-private-key-file=${folder.put('leaf.key', leaf.key)}`,
      `--client-ca-file=${folder.put('ca.pem', authority.pem)}`,
      ...serviceAccountFlags(folder),
      '--service-cluster-ip-range=10.96.0.0/16',
      '--endpoint-reconciler-type=none',
      `--audit-policy-file=${folder.put('audit.yaml', auditPolicy)}`,
      `--audit-log-path=${auditLog}`,
      ...(options.authentication === undefined
        ? []
        : [`--authentication-config=${folder.put('authentication.yaml', options.authentication)}`]),
      ...(options.flags ?? ['--authorization-mode=Node,RBAC']),
    ],
    async () => (await request('GET', '/readyz')).status === 200,
  );
  const kubeconfig = folder.put('kubeconfig', kubeconfigOf(port, authority.pem, admin));
  return {
    ...folder.removeAfter(component),
    port,
    authority,
    kubeconfig,
    admin: request,
    audited: () => readAuditLog(auditLog),
  };
}

function serviceAccountFlags(folder: Folder): readonly string[] {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  });
  return [
    `--service-account-key-file=${folder.put('sa.pub', publicKey)}`,
    `--service-account-signing-key-file=${folder.put('sa.key', privateKey)}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
  ];
}

/** As JSON, which is YAML too. */
function kubeconfigOf(port: number, ca: string, { cert, key }: KeyPair): string {
  const user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(ca) };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'real', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'real', context: { cluster: 'real', user: 'admin' } }],
    'current-context': 'real',
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
