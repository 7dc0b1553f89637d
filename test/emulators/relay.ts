import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * What becomes of a connection when its client has sent another piece, counted from 0. `hold`: what the client sends goes on to the
 * server, and nothing of what the server sends comes back any more.
 */
export type Rule = (piece: Buffer, index: number) => 'pass' | 'hold' | 'hang-up';

export interface Relay {
  readonly port: number;
  /** Connections held so far. */
  readonly held: () => number;
  readonly close: () => Promise<void>;
}

/** Stands before a server of loopback and passes bytes on, as middleboxes and load balancers do. */
export async function startRelay(to: number, rule: Rule): Promise<Relay> {
  const open = new Set<Socket>();
  let held = 0;
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: to });
    upstream.pipe(client);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined).once('close', () => open.delete(socket));
    }
    client.once('close', () => upstream.destroy());
    let index = 0;
    let isHeld = false;
    client.on('data', (piece) => {
      const verdict = isHeld ? 'pass' : rule(piece, index++);
      if (verdict === 'hang-up') return client.destroy();
      if (verdict === 'hold') {
        isHeld = true;
        held += 1;
        upstream.unpipe(client).resume();
      }
      return upstream.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, held: () => held, close };
}
