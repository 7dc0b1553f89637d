import type { Reply, SeenRequest } from '../server.ts';
import { answerAsApiServer, status } from './kubernetes.ts';

type Answer = (request: SeenRequest) => Reply;

const text = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
const html = { 'Content-Type': 'text/html; charset=UTF-8' };

function page(title: string, heading = title): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n</body>\r\n</html>\r\n`;
}

/** Programs that answer on a port like an API server's, and are none. */
export const peers = {
  etcd: ({ url }) => {
    const cors = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': 'accept, content-type, authorization',
    };
    if (url === '/version') {
      const body = '{"etcdserver":"3.5.21","etcdcluster":"3.5.0"}';
      return { headers: { ...cors, 'Content-Type': 'application/json' }, body };
    }
    return { status: 404, headers: { ...cors, ...text }, body: '404 page not found\n' };
  },
  kubelet: () => ({ status: 401, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'Unauthorized' }),
  'kubelet-anonymous': () => ({
    status: 403,
    headers: text,
    body: 'Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=proxy)',
  }),
  'kube-rbac-proxy': () => ({
    status: 403,
    headers: text,
    body: 'Forbidden (user=system:anonymous, verb=get, resource=, subresource=)\n',
  }),
  'kubectl-proxy': () => ({ status: 403, headers: text, body: 'Forbidden\n' }),
  /** One that takes every Host header, and adds its user's credentials to what strangers send: what is refused is refused to that user. */
  'kubectl-proxy-open': (request) => {
    const reply = answerAsApiServer({ authentication: 'on', roles: ['public-info'] }, request);
    const words = typeof reply.body === 'string' ? reply.body : '';
    return { ...reply, body: words.replaceAll('system:anonymous', 'developer') };
  },
  rancher: () => ({
    status: 401,
    headers: { 'Content-Type': 'application/json' },
    body: '{"type":"error","status":"401","message":"must authenticate"}\n',
  }),
  nginx: () => ({ status: 200, headers: { ...html, Server: 'nginx/1.27.4' }, body: page('Welcome to nginx!') }),
  'load-balancer': () => ({
    status: 503,
    headers: { ...html, Server: 'awselb/2.0' },
    body: page('503 Service Temporarily Unavailable'),
  }),
  gfe: () => ({
    status: 403,
    headers: { ...html, 'Referrer-Policy': 'no-referrer' },
    body: '<!DOCTYPE html>\n<html lang=en>\n  <title>Error 403 (Forbidden)!!1</title>\n  <a href=//www.google.com/><span id=logo></span></a>\n  <p><b>403.</b> <ins>That’s an error.</ins>\n',
  }),
  redirect: ({ url }) => ({ status: 302, headers: { Location: `https://elsewhere.example${url}` }, body: '' }),
  /** A hundred of them, each to the next path; what lies at their end looks like an API server's. */
  'redirect-chain': ({ url }) => {
    const hop = Number(/^\/hop-(\d+)$/.exec(url)?.[1] ?? 0);
    if (hop < 100) return { status: 302, headers: { Location: `/hop-${hop + 1}` }, body: '' };
    return { headers: { 'Content-Type': 'application/json' }, body: { paths: ['/api', '/healthz', '/version'] } };
  },
  /** An extension API server: the same filters and bodies, and no `/version`. */
  aggregated: (request) => {
    const headers = {
      'Audit-Id': String(request.headers['audit-id']),
      'Cache-Control': 'no-cache, private',
      'Content-Type': 'application/json',
    };
    if (request.url === '/') return { status: 200, headers, body: { paths: ['/apis', '/healthz', '/livez'] } };
    const body = status(404, 'NotFound', 'the server could not find the requested resource', {});
    return { status: 404, headers, body };
  },
  /** One that lets the cluster decide who may do what, as k8s.io/sample-apiserver 0.36 does: only the version is its own. */
  'aggregated-delegating': (request) => {
    const reply = answerAsApiServer({ authentication: 'on', roles: ['public-info'] }, request);
    const body = { major: '1', minor: '2', gitVersion: 'v0.0.0-master+$Format:%H$' };
    return request.url === '/version' ? { ...reply, body } : reply;
  },
  /** Sends back what it was sent, Audit-ID and all. */
  mirror: ({ headers }) => ({
    headers: { 'Content-Type': 'application/json', 'Audit-Id': String(headers['audit-id']) },
    body: { headers },
  }),
} as const satisfies Record<string, Answer>;
