import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request as a server saw it: what call counting reads. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

/** A server on a free port of 127.0.0.1 that keeps what it was asked. */
export interface Emulator {
  readonly url: string;
  readonly port: number;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

/** Starts a server that answers each request by `answer`; with `tls`, over TLS. */
export async function startServer(
  answer: (request: SeenRequest) => Reply | Promise<Reply>,
  tls?: { readonly cert: string; readonly key: string },
): Promise<Emulator> {
  const requests: SeenRequest[] = [];
  const listener: http.RequestListener = async (incoming, response) => {
    let body = '';
    for await (const piece of incoming) body += String(piece);
    const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
    requests.push(request);
    send(response, await answer(request));
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`, port, requests, close };
}

function send(response: http.ServerResponse, reply: Reply): void {
  const json = typeof reply.body === 'object';
  response.writeHead(reply.status ?? 200, {
    'content-type': json ? 'application/json' : 'text/plain',
    ...reply.headers,
  });
  response.end(json ? JSON.stringify(reply.body) : reply.body);
}
