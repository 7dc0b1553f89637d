import { createServer, type Server, type Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import tls from 'node:tls';

import type { SeenRequest } from '../server.ts';

/** Both ends of what a TLS server has in hand. */
interface Wire {
  readonly socket: tls.TLSSocket;
  readonly connection: Socket;
  /** What is written here reaches the server's TLS as if the peer had sent it. */
  readonly inward: Duplex;
}

const begunAnswer = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"paths":[';

/** A record of application data that no key has sealed: TLS answers it with a fatal alert, sealed as all else on that connection. */
const unreadable = Buffer.from(`1703030020${'00'.repeat(32)}`, 'hex');

/** Long enough for the peer to have read what came before. */
const pauseMs = 50;

function beginAnswer({ socket }: Wire, then: () => unknown): void {
  socket.once('data', () => socket.write(begunAnswer, () => setTimeout(then, pauseMs)));
}

/** What is done beneath TLS, once its handshake is over. */
export const hostileWires = {
  'resets-after-handshake': ({ connection }) => connection.resetAndDestroy(),
  'resets-at-request': ({ socket, connection }) => socket.once('data', () => connection.resetAndDestroy()),
  'resets-within-answer': (wire) => beginAnswer(wire, () => wire.connection.resetAndDestroy()),
  'alerts-at-request': ({ socket, inward }) => socket.once('data', () => inward.write(unreadable)),
  'alerts-within-answer': (wire) => beginAnswer(wire, () => wire.inward.write(unreadable)),
} as const satisfies Record<string, (wire: Wire) => unknown>;

/** A TLS server for each connection, with a pair of streams between the two: Node's own would keep the connection to itself. */
export function createWireServer(
  act: (wire: Wire) => unknown,
  settings: tls.TlsOptions,
  requests: SeenRequest[],
): Server {
  return createServer((connection) => {
    const [inward, outward] = duplexPair();
    connection.pipe(inward).pipe(connection);
    const server = tls.createServer({ ALPNProtocols: ['http/1.1'], ...settings }, (socket) => {
      socket.on('error', () => undefined).on('data', (piece: Buffer) => requests.push(requestIn(piece)));
      act({ socket, connection, inward });
    });
    server.on('tlsClientError', () => undefined).emit('connection', outward);
  });
}

/** The request line alone. */
export function requestIn(piece: Buffer): SeenRequest {
  const [method = '', url = ''] = piece.toString('latin1').split(' ');
  return { method, url, headers: {}, body: '' };
}
