import http from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy for TLS, on a free port of 127.0.0.1. */
export interface ProxyEmulator {
  readonly url: string;
  /** `host:port` of each tunnel that was asked for, and the whole URL of each request that was not for a tunnel. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Its tunnels all end on this machine, whatever name is asked for, so that nothing is looked up; with `refuses` there are none. */
export async function startProxy({ refuses = false } = {}): Promise<ProxyEmulator> {
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(405).end();
  });
  server.on('connect', (request, client: Duplex, head: Buffer) => {
    const { url = '' } = request;
    asked.push(url);
    keep(client, open);
    if (refuses) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\n\r\n');
      return;
    }
    const target = keep(connect(Number(new URL(`http://${url}`).port), '127.0.0.1'), open);
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.write(head);
    target.pipe(client).pipe(target);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

/** Either end may go away at any time; that is no failure of the proxy. */
function keep<Socket extends Duplex>(socket: Socket, open: Set<Duplex>): Socket {
  open.add(socket);
  socket.on('error', () => socket.destroy()).once('close', () => open.delete(socket));
  return socket;
}
