import { parseObject } from '../answer.ts';

/** What came over one connection; a field is absent where that did not come. */
export interface Reply {
  /** The first line that the peer sent unasked. */
  readonly banner?: string;
  readonly status?: number;
  readonly body?: string;
}

/** A peer that made itself known. `grants`: what it gives to anyone, without credentials. */
export interface Recognised {
  readonly service: string;
  readonly grants?: 'control' | 'read';
}

/** A port that control planes are known to use, and the one thing that is sent there. */
export interface Service {
  readonly port: number;
  /** What usually listens there. */
  readonly usual: string;
  /** `connect` sends nothing, `banner` reads a line, `tls` shakes hands, the others send one `GET`. */
  readonly wire: 'connect' | 'banner' | 'tls' | 'http' | 'https';
  readonly path?: string;
  /** The Host header, where it is not the host's own. */
  readonly hostHeader?: string;
  readonly recognise?: (reply: Reply) => Recognised | undefined;
}

type Recognise = NonNullable<Service['recognise']>;

const ssh: Recognise = ({ banner }) => (banner?.startsWith('SSH-') ? { service: 'SSH server' } : undefined);

const webServer: Recognise = ({ status }) => (status === undefined ? undefined : { service: 'web server' });

const apiServer: Recognise = (reply) => {
  const document = parseObject(reply.body ?? '');
  const isOne = document?.['kind'] === 'Status' || Array.isArray(document?.['paths']);
  return isOne ? { service: 'API server' } : webServer(reply);
};

/** Whoever may list the versions here may do all that the API server lets this process do, which is everything. */
function unguardedApi(service: string): Recognise {
  return (reply) => {
    const isOne = reply.status === 200 && parseObject(reply.body ?? '')?.['kind'] === 'APIVersions';
    return isOne ? { service, grants: 'control' } : webServer(reply);
  };
}

/** An etcd that answers asked for no certificate, and so it would all the cluster's state. */
function etcd(service: string, grants: Pick<Recognised, 'grants'>): Recognise {
  return ({ body = '' }) =>
    typeof parseObject(body)?.['etcdserver'] === 'string' ? { service, ...grants } : undefined;
}

/** Health paths say `ok`, or refuse as the Go servers of Kubernetes do: in plain text, or by a Status. */
function healthOf(service: string, grants: Pick<Recognised, 'grants'> = {}): Recognise {
  return ({ status, body = '' }) => {
    if (status === 200 && /^ok\s*$/.test(body)) return { service, ...grants };
    const isRefused = status === 401 || status === 403;
    const isKubernetes = /^(?:Unauthorized|Forbidden \(user=)/.test(body) || parseObject(body)?.['kind'] === 'Status';
    return isRefused && isKubernetes ? { service } : undefined;
  };
}

/** kube-proxy tells when it last updated its rules. */
const proxyHealth: Recognise = ({ body = '' }) =>
  typeof parseObject(body)?.['lastUpdated'] === 'string' ? { service: 'kube-proxy' } : undefined;

/**
 * The ports of control planes (kubernetes.io/docs/reference/networking/ports-and-protocols, and what older versions and common
 * distributions use beside them), each with a request that discloses nothing. Never lists, keys, pods or metrics.
 */
export const services: readonly Service[] = [
  { port: 22, usual: 'SSH', wire: 'banner', recognise: ssh },
  { port: 80, usual: 'a web server', wire: 'http', path: '/', recognise: webServer },
  { port: 179, usual: 'BGP', wire: 'connect' },
  { port: 443, usual: 'an API server or ingress', wire: 'https', path: '/', recognise: apiServer },
  {
    port: 2379,
    usual: 'etcd',
    wire: 'https',
    path: '/version',
    recognise: etcd('etcd', { grants: 'control' }),
  },
  {
    port: 2380,
    usual: 'etcd for its peers',
    wire: 'https',
    path: '/version',
    recognise: etcd('etcd for its peers', { grants: 'control' }),
  },
  { port: 2381, usual: 'etcd metrics', wire: 'http', path: '/version', recognise: etcd('etcd metrics', {}) },
  { port: 4194, usual: 'cAdvisor', wire: 'http', path: '/healthz', recognise: healthOf('cAdvisor') },
  { port: 5473, usual: 'Typha', wire: 'connect' },
  { port: 6443, usual: 'an API server', wire: 'https', path: '/', recognise: apiServer },
  { port: 6444, usual: 'an API server', wire: 'https', path: '/', recognise: apiServer },
  {
    port: 8001,
    usual: 'kubectl proxy',
    wire: 'http',
    path: '/api',
    hostHeader: '127.0.0.1:8001',
    recognise: unguardedApi('kubectl proxy'),
  },
  {
    port: 8080,
    usual: 'the insecure port of an old API server',
    wire: 'http',
    path: '/api',
    recognise: unguardedApi('API server without authentication'),
  },
  { port: 8132, usual: 'konnectivity', wire: 'tls' },
  { port: 8133, usual: 'konnectivity for its administrator', wire: 'tls' },
  { port: 8134, usual: 'konnectivity health', wire: 'http', path: '/healthz', recognise: healthOf('konnectivity') },
  { port: 8443, usual: 'an API server', wire: 'https', path: '/', recognise: apiServer },
  { port: 9345, usual: 'the RKE2 supervisor', wire: 'tls' },
  { port: 9443, usual: 'a webhook', wire: 'tls' },
  { port: 10_248, usual: 'kubelet health', wire: 'http', path: '/healthz', recognise: healthOf('kubelet health') },
  { port: 10_249, usual: 'kube-proxy metrics', wire: 'http', path: '/healthz', recognise: healthOf('kube-proxy') },
  // It guards all its paths alike: who gets this one without credentials gets to run commands in pods.
  {
    port: 10_250,
    usual: 'kubelet',
    wire: 'https',
    path: '/healthz',
    recognise: healthOf('kubelet', { grants: 'control' }),
  },
  { port: 10_251, usual: 'an old scheduler', wire: 'http', path: '/healthz', recognise: healthOf('scheduler') },
  {
    port: 10_252,
    usual: 'an old controller manager',
    wire: 'http',
    path: '/healthz',
    recognise: healthOf('controller manager'),
  },
  {
    port: 10_255,
    usual: 'the read-only port of a kubelet',
    wire: 'http',
    path: '/healthz',
    recognise: healthOf('kubelet without authentication', { grants: 'read' }),
  },
  { port: 10_256, usual: 'kube-proxy health', wire: 'http', path: '/healthz', recognise: proxyHealth },
  {
    port: 10_257,
    usual: 'controller manager',
    wire: 'https',
    path: '/healthz',
    recognise: healthOf('controller manager'),
  },
  {
    port: 10_258,
    usual: 'cloud controller manager',
    wire: 'https',
    path: '/healthz',
    recognise: healthOf('cloud controller manager'),
  },
  { port: 10_259, usual: 'scheduler', wire: 'https', path: '/healthz', recognise: healthOf('scheduler') },
];

const byPort = new Map(services.map((service) => [service.port, service]));

export function serviceAt(port: number): Service | undefined {
  return byPort.get(port);
}

export const knownPorts: readonly number[] = services.map(({ port }) => port);

const wires: Readonly<Record<Service['wire'], string>> = {
  connect: 'connects',
  banner: 'connects and reads a line',
  tls: 'TLS handshake',
  http: 'GET over plain HTTP',
  https: 'GET over TLS',
};

/** What is sent to a port, in few words, for `--dry-run` and the documentation. */
export function sentTo({ wire, path }: Service): string {
  return path === undefined ? wires[wire] : wires[wire].replace('GET', `GET ${path}`);
}
