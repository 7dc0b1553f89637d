import { randomUUID } from 'node:crypto';

import type { Reply, SeenRequest } from '../server.ts';

/** What a kube-apiserver lets a request without credentials do. */
export interface AnonymousRights {
  /** `health-only`: admitted on exactly the three health paths, as `conditions` of an authentication configuration do. */
  readonly authentication: 'on' | 'off' | 'health-only';
  /** Bindings beyond nothing at all: upstream's default is `public-info`. */
  readonly roles: readonly ('public-info' | 'discovery' | 'view' | 'cluster-admin')[];
  readonly unhealthy?: true;
}

const healthPaths = ['/healthz', '/livez', '/readyz'];
const discoveryPaths = ['/api', '/apis', '/openapi/v3'];

/** Set by priority and fairness, so on all that got past authentication. */
export const flowControl = {
  'X-Kubernetes-Pf-Flowschema-Uid': '5ca8d41c-3f5b-4a5e-9d2a-6f1c8a4e0b11',
  'X-Kubernetes-Pf-Prioritylevel-Uid': 'c2b9e2d7-0b43-4a6e-8f0d-1e7a5d93f422',
};

/** Answers as kube-apiserver 1.33 does: filters in its order, bodies byte for byte, errors compact and documents indented. */
export function answerAsApiServer(rights: AnonymousRights, request: SeenRequest): Reply {
  const path = request.url.split('?')[0] ?? '';
  const headers = {
    'Audit-Id': String(request.headers['audit-id'] ?? randomUUID()),
    'Cache-Control': 'no-cache, private',
  };
  if (!isAuthenticated(rights, path)) {
    return { status: 401, headers: { ...headers, ...json }, body: status(401, 'Unauthorized', 'Unauthorized') };
  }
  const admitted = { ...headers, ...flowControl };
  if (!isAuthorized(rights, path)) return forbidden(path, { ...admitted, ...json, ...noSniff });
  const reply = serve(rights, path);
  return { ...reply, headers: { ...admitted, ...reply.headers } };
}

const json = { 'Content-Type': 'application/json' };
const text = { 'Content-Type': 'text/plain; charset=utf-8' };
const noSniff = { 'X-Content-Type-Options': 'nosniff' };

function isAuthenticated({ authentication }: AnonymousRights, path: string): boolean {
  return authentication === 'on' || (authentication === 'health-only' && healthPaths.includes(path));
}

function isAuthorized({ authentication, roles }: AnonymousRights, path: string): boolean {
  if (roles.includes('cluster-admin')) return true;
  if (healthPaths.includes(path)) return roles.includes('public-info') || authentication === 'health-only';
  if (path === '/version') return roles.includes('public-info');
  if (discoveryPaths.includes(path)) return roles.includes('discovery');
  return roles.includes('view') && resourceOf(path)?.kind === 'pods';
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
  readonly namespace?: string;
}

/** The named objects that the ladder asks for, core or of a group, namespaced or not. */
function resourceOf(path: string): Resource | undefined {
  const match =
    /^\/(?:api|apis\/(?<group>[^/]+))\/v1(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<kind>[^/]+)\/(?<name>[^/]+)$/.exec(
      path,
    );
  const { group = '', namespace, kind, name } = match?.groups ?? {};
  if (kind === undefined || name === undefined) return undefined;
  return { name, kind, group, ...(namespace === undefined ? {} : { namespace }) };
}

function qualified({ kind, group, name }: Resource): string {
  return `${group === '' ? kind : `${kind}.${group}`} "${name}"`;
}

function detailsOf({ name, group, kind }: Resource): object {
  return { name, ...(group === '' ? {} : { group }), kind };
}

function forbidden(path: string, headers: Record<string, string>): Reply {
  const resource = resourceOf(path);
  if (resource === undefined) {
    const message = `forbidden: User "system:anonymous" cannot get path "${path}"`;
    return { status: 403, headers, body: status(403, 'Forbidden', message, {}) };
  }
  const { kind, group, namespace } = resource;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const message = `${qualified(resource)} is forbidden: User "system:anonymous" cannot get resource "${kind}" in API group "${group}" ${where}`;
  return { status: 403, headers, body: status(403, 'Forbidden', message, detailsOf(resource)) };
}

function serve({ unhealthy }: AnonymousRights, path: string): Reply {
  if (healthPaths.includes(path)) {
    if (unhealthy !== true) return { status: 200, headers: { ...text, ...noSniff }, body: 'ok' };
    const report = `[+]ping ok\n[+]log ok\n[-]etcd failed: reason withheld\n${path.slice(1)} check failed\n`;
    return { status: 500, headers: { ...text, ...noSniff }, body: report };
  }
  const document = documents[path];
  if (document !== undefined) return { status: 200, headers: json, body: JSON.stringify(document, null, 2) };
  const resource = resourceOf(path);
  const body =
    resource === undefined
      ? status(404, 'NotFound', 'the server could not find the requested resource', {})
      : status(404, 'NotFound', `${qualified(resource)} not found`, detailsOf(resource));
  return { status: 404, headers: json, body };
}

const documents: Readonly<Record<string, object>> = {
  '/': { paths: ['/.well-known/openid-configuration', '/api', '/api/v1', '/apis', '/healthz', '/livez', '/version'] },
  '/version': {
    major: '1',
    minor: '33',
    gitVersion: 'v1.33.4',
    gitCommit: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4',
    gitTreeState: 'clean',
    buildDate: '2025-08-13T14:21:22Z',
    goVersion: 'go1.24.5',
    compiler: 'gc',
    platform: 'linux/amd64',
  },
  '/api': {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '10.0.12.7:443' }],
  },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
};

/** A Status as the API server writes it: one line and a newline. */
export function status(code: number, reason: string, message: string, details?: object): string {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
  return `${JSON.stringify(body)}\n`;
}
