import type { Socket } from 'node:net';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const mebibyte = Buffer.alloc(2 ** 20, 0x61);

/** Writes as fast as the peer reads, until it goes away. */
function pour(socket: Socket, piece: Buffer | string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

/** A byte at a time, for as long as the peer waits. */
function drip(socket: Socket, text: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** What is done over TLS, once per request, in place of an honest answer. */
export const hostileAnswers = {
  mute: () => undefined,
  'drips-headers': (socket) => drip(socket, `${head}X-Filler: ${'a'.repeat(1000)}`, 20),
  'drips-body': (socket) => {
    socket.write(`${head}Content-Length: 100000\r\n\r\n`);
    drip(socket, 'a', 20);
  },
  'endless-body': (socket) => {
    socket.write(`${head}\r\n`);
    pour(socket, mebibyte);
  },
  'huge-headers': (socket) => {
    socket.write(head);
    pour(socket, `X-Filler: ${'a'.repeat(60_000)}\r\n`);
  },
  'endless-information': (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
  'length-too-long': (socket) => socket.end(`${head}Content-Length: 500\r\n\r\n{"paths":[]}`),
  'length-too-short': (socket) => socket.write(`${head}Content-Length: 5\r\n\r\n{"paths":[]}`),
  'not-http': (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n'),
  closes: (socket) => socket.end(),
  upgrades: (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
  echo: (socket, request) => socket.write(request),
} as const satisfies Record<string, (socket: Socket, request: Buffer) => unknown>;

/** What is done on the bare connection, in place of a TLS handshake. */
export const hostileConnections = {
  silent: () => undefined,
  'resets-at-once': (socket) => socket.resetAndDestroy(),
  'closes-at-once': (socket) => socket.end(),
  'plain-http': (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
  /** A fatal alert: handshake_failure, in a TLS 1.2 record. */
  'refuses-handshake': (socket) => socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex'))),
  'half-hello': (socket) => socket.once('data', () => socket.write(Buffer.from('160303007a0200', 'hex'))),
} as const satisfies Record<string, (socket: Socket) => unknown>;
