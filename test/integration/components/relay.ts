import { connect as connectTcp, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { KeyPair } from '../../emulators/certificates.ts';
import type { Listening } from './process.ts';

export interface RelayOptions {
  /** The certificate that it ends TLS with; without one, plain text comes in. */
  readonly front?: KeyPair;
  /** Where all is passed on to. */
  readonly port: number;
  /** Over TLS of its own; plain text without. */
  readonly behind?: 'tls';
}

/** What load balancers do to a connection: end TLS, begin it anew, or both, and pass each byte on. */
export async function startRelay({ front, port, behind }: RelayOptions): Promise<Listening> {
  const open = new Set<Socket>();
  const relay = (client: Socket): void => {
    const upstream =
      behind === 'tls'
        ? connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false })
        : connectTcp({ host: '127.0.0.1', port });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => open.delete(one));
    }
  };
  const server = front === undefined ? createTcpServer(relay) : createTlsServer(front, relay);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, stop };
}
