import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../emulators/certificates.ts';
import { cached, freePort, startComponent, type Component } from './process.ts';

interface AuditEvent {
  readonly auditID: string;
  readonly requestURI: string;
  readonly verb: string;
  readonly userAgent: string;
  readonly user: { readonly username?: string };
  readonly responseStatus?: { readonly code: number };
}

export interface KubeApiServer extends Component {
  readonly port: number;
  readonly caPem: string;
  /** All that came in and was not the server's own or the administrator's. */
  foreignRequests(): AuditEvent[];
  /** A request as the administrator; resolves with the status. */
  admin(method: string, path: string, body?: object): Promise<number>;
}

export interface KubeApiServerOptions {
  readonly etcd: string;
  /** Names of the serving certificate. */
  readonly names: readonly string[];
  readonly version: string;
  /** Further flags; `authentication` is the text of an `--authentication-config` file. */
  readonly flags?: readonly string[];
  readonly authentication?: string;
}

/** Metadata only, one event a request. */
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{ level: Metadata }]
`;

const own = new Set(['system:apiserver', 'admin']);

export async function startKubeApiServer(options: KubeApiServerOptions): Promise<KubeApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kubeperimeter-apiserver-'));
  const authority = await createAuthority('kubernetes');
  const admin = await authority.issue({ names: ['admin.example'], commonName: 'admin', clientGroup: 'system:masters' });
  const leaf = await authority.issue({ names: ['kubernetes.default.svc', '127.0.0.1', ...options.names] });
  const accounts = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const auditLog = join(folder, 'audit.log');
  const port = await freePort();
  const request = (method: string, path: string, body?: object): Promise<number> =>
    send({ method, path, port, ca: authority.pem, ...admin, body });
  const component = await startComponent(
    cached(`kubernetes-${options.version}/kube-apiserver`),
    [
      `--etcd-servers=${options.etcd}`,
      `--etcd-prefix=/registry-${port}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${put('leaf.pem', leaf.cert)}`,
      `--tls-private-key-file=${put('leaf.key', leaf.key)}`,
      `--client-ca-file=${put('ca.pem', authority.pem)}`,
      `--service-account-key-file=${put('sa.pub', accounts.publicKey.export({ type: 'spki', format: 'pem' }).toString())}`,
      `--service-account-signing-key-file=${put('sa.key', accounts.privateKey.export({ type: 'sec1', format: 'pem' }).toString())}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--endpoint-reconciler-type=none',
      `--audit-policy-file=${put('audit.yaml', auditPolicy)}`,
      `--audit-log-path=${auditLog}`,
      ...(options.authentication
        ? [`--authentication-config=${put('authentication.yaml', options.authentication)}`]
        : []),
      ...(options.flags ?? ['--authorization-mode=Node,RBAC']),
    ],
    async () => (await request('GET', '/readyz')) === 200,
  );
  return { ...component, port, caPem: authority.pem, admin: request, foreignRequests: () => foreign(auditLog) };
}

function foreign(auditLog: string): AuditEvent[] {
  return readFileSync(auditLog, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(({ user }) => !own.has(user.username ?? ''));
}

interface AdminRequest {
  readonly method: string;
  readonly path: string;
  readonly port: number;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly body: object | undefined;
}

function send({ body, ...options }: AdminRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const request = https.request({ host: '127.0.0.1', headers, agent: false, ...options }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject).end(body && JSON.stringify(body));
  });
}
