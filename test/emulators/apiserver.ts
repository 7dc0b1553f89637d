import type http from 'node:http';
import https from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';

import { answerAsApiServer, flowControl, status, type AnonymousRights } from './apiserver/kubernetes.ts';
import { createBreakingServer, type Break, type Listener } from './apiserver/breaks.ts';
import { hostileAnswers, hostileConnections, requestIn } from './apiserver/hostile.ts';
import { peers } from './apiserver/peers.ts';
import type { KeyPair } from './certificates.ts';
import type { Reply, SeenRequest } from './server.ts';

/** kube-apiservers in the states that matter. */
const rights = {
  'anonymous-forbidden': { authentication: 'on', roles: ['public-info'] },
  'forbidden-hardened': { authentication: 'on', roles: [] },
  'health-only': { authentication: 'health-only', roles: [] },
  'health-only-unhealthy': { authentication: 'health-only', roles: [], unhealthy: true },
  'anonymous-disabled': { authentication: 'off', roles: [] },
  discovery: { authentication: 'on', roles: ['public-info', 'discovery'] },
  data: { authentication: 'on', roles: ['public-info', 'view'] },
  admin: { authentication: 'on', roles: ['public-info', 'cluster-admin'] },
} as const satisfies Record<string, AnonymousRights>;

/** API servers that are too busy or half down. */
const troubled = {
  overloaded: () => ({
    status: 429,
    headers: {
      ...flowControl,
      'Content-Type': 'text/plain; charset=utf-8',
      'Retry-After': '7',
      'X-Content-Type-Options': 'nosniff',
    },
    body: 'Too many requests, please try again later.\n',
  }),
  unavailable: () => ({
    status: 503,
    headers: { 'Content-Type': 'application/json', 'Retry-After': '3' },
    body: status(503, 'ServiceUnavailable', 'the server is currently unable to handle the request', {}),
  }),
} as const satisfies Record<string, () => Reply>;

const answerers: Readonly<Record<string, (request: SeenRequest) => Reply>> = {
  ...Object.fromEntries(
    Object.entries(rights).map(([name, anonymous]) => [
      name,
      (request: SeenRequest) => answerAsApiServer(anonymous, request),
    ]),
  ),
  ...Object.fromEntries(Object.entries(troubled).map(([name, answer]) => [name, echoingAuditId(answer)])),
  ...peers,
};

function echoingAuditId(answer: () => Reply): (request: SeenRequest) => Reply {
  return (request) => {
    const reply = answer();
    return { ...reply, headers: { 'Audit-Id': String(request.headers['audit-id']), ...reply.headers } };
  };
}

export type { Break };

export type Behaviour =
  | keyof typeof rights
  | keyof typeof troubled
  | keyof typeof peers
  | keyof typeof hostileAnswers
  | keyof typeof hostileConnections;

export interface ApiServerOptions {
  readonly behaviour: Behaviour;
  /** Of loopback; 127.0.0.1 where absent. */
  readonly listenOn?: string;
  /** A free one where absent. */
  readonly port?: number;
  /** Not needed by behaviours that never get to TLS. */
  readonly certificate?: KeyPair;
  /** TLS settings beyond: protocol versions, `requestCert` and `rejectUnauthorized` for a required client certificate. */
  readonly tls?: tls.TlsOptions;
  /** Ends the connection after each answer: with `Connection: close`, or promising to keep it. */
  readonly closes?: 'announced' | 'silently';
  /** Where it breaks off, honest until then. */
  readonly breaks?: Break;
  /** Answers of single paths in place of the behaviour's. */
  readonly overrides?: Readonly<Record<string, (request: SeenRequest) => Reply>>;
}

export interface ApiServerEmulator {
  readonly port: number;
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly requests: readonly SeenRequest[];
  /** When each TCP connection was accepted, in milliseconds of `performance.now()`. */
  readonly connections: readonly number[];
  /** The server name each handshake asked for; false where it asked for none. */
  readonly serverNames: readonly (string | false)[];
  close(): Promise<void>;
}

/** Starts a fake API server, or something that is none, on a port of loopback. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServerEmulator> {
  const requests: SeenRequest[] = [];
  const connections: number[] = [];
  const serverNames: (string | false)[] = [];
  const open = new Set<Socket>();
  const server = createListener(options, requests);
  server.on('secureConnection', (socket: tls.TLSSocket & { servername?: string | false }) => {
    serverNames.push(socket.servername ?? false);
  });
  server.on('connection', (socket: Socket) => {
    connections.push(performance.now());
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  });
  // Peers that break off in the middle of a handshake are what these servers are for.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(options.port ?? 0, options.listenOn ?? '127.0.0.1', resolve),
  );
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, address: `127.0.0.1:${port}`, requests, connections, serverNames, close };
}

function createListener(options: ApiServerOptions, requests: SeenRequest[]): Server {
  const { behaviour, certificate } = options;
  if (behaviour in hostileConnections) {
    const act: (socket: Socket, pair: KeyPair) => unknown =
      hostileConnections[behaviour as keyof typeof hostileConnections];
    return createServer((socket) => act(socket, certificate ?? { cert: '', key: '' }));
  }
  const settings = { ...certificate, ...options.tls };
  if (behaviour in hostileAnswers) {
    const answer = hostileAnswers[behaviour as keyof typeof hostileAnswers];
    return tls.createServer({ ALPNProtocols: ['http/1.1'], ...settings }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (piece: Buffer) => {
        requests.push(requestIn(piece));
        answer(socket, piece);
      });
    });
  }
  if (options.breaks) return createBreakingServer(options.breaks, settings, listenerOf(options, requests));
  const server = https.createServer(settings, listenerOf(options, requests));
  server.keepAliveTimeout = 0;
  return server;
}

function listenerOf(options: ApiServerOptions, requests: SeenRequest[]): Listener {
  return (incoming, response, breakOff) => {
    const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body: '' };
    requests.push(request);
    if (breakOff?.(requests.length)) return;
    const answer = options.overrides?.[request.url] ?? answerers[options.behaviour];
    send(response, answer?.(request) ?? {}, options.closes);
  };
}

/** As Go's server: no `Connection` header while the connection stays, and lengths instead of chunks. */
function send(response: http.ServerResponse, reply: Reply, closes: ApiServerOptions['closes']): void {
  const body = typeof reply.body === 'object' ? JSON.stringify(reply.body) : (reply.body ?? '');
  if (closes === 'announced') response.setHeader('Connection', 'close');
  else response.removeHeader('Connection');
  response.writeHead(reply.status ?? 200, { ...reply.headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body, () => {
    if (closes === 'silently') response.socket?.end();
  });
}

export interface FilteredPort {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A port on which connecting times out, as behind an allow-list that drops packets: its queue of one is full and its thread
 * never accepts. Needs no privileges.
 */
export async function startFilteredPort(): Promise<FilteredPort> {
  const worker = new Worker(blockedListener, { eval: true });
  const port = await new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  const fillers = await fillQueue(port);
  const close = async (): Promise<void> => {
    for (const socket of fillers) socket.destroy();
    await worker.terminate();
  };
  return { port, close };
}

const blockedListener = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** Linux admits one connection more than the backlog says; what is beyond stays unanswered. */
async function fillQueue(port: number): Promise<readonly Socket[]> {
  const fillers = Array.from({ length: 4 }, () => connect({ port, host: '127.0.0.1' }).on('error', () => undefined));
  await Promise.all(fillers.slice(0, 2).map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  return fillers;
}
