import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';

import type { SeenRequest } from '../server.ts';
import { alert } from './hello.ts';
import { status } from './kubernetes.ts';
import type { KeyPair } from '../certificates.ts';
import { helloThenSealedAlert } from './sealed.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const mebibyte = Buffer.alloc(2 ** 20, 0x61);

/** An API server's, to a request for `/`. */
const refusal = status(403, 'Forbidden', 'forbidden: User "system:anonymous" cannot get path "/"', {});
const refused = `HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: ${refusal.length}\r\n\r\n${refusal}`;

/** Fifty mebibytes, in as many kilobytes. */
const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20));

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
  'half-headers': (socket) => socket.end(`${head}Content-`),
  'not-http': (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n'),
  closes: (socket) => socket.end(),
  'gzip-bomb': (socket) => {
    socket.write(`${head}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
    socket.write(bomb);
  },
  'answers-twice': (socket) => socket.write(`${head}Content-Length: 12\r\n\r\n{"paths":[]}`.repeat(2)),
  'both-lengths': (socket) =>
    socket.write(`${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n0\r\n\r\n`),
  'endless-chunk': (socket) => {
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\nffffffff\r\n`);
    pour(socket, mebibyte);
  },
  'endless-chunk-length': (socket) => {
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    drip(socket, '0', 5);
  },
  'endless-trailers': (socket) => {
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n0\r\n`);
    pour(socket, `X-Filler: ${'a'.repeat(60_000)}\r\n`);
  },
  'endless-blank-lines': (socket) => drip(socket, '\r\n', 5),
  /** The same words whatever was asked for. */
  'refuses-alike': (socket) => socket.write(refused),
  /** The second one arrives when the next request may be on its way. */
  'refuses-twice': (socket) => socket.write(refused, () => setTimeout(() => socket.write(refused), 1)),
  renegotiates: (socket) => socket.renegotiate({}, () => undefined),
  upgrades: (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
  echo: (socket, request) => socket.write(request),
} as const satisfies Record<string, (socket: TLSSocket, request: Buffer) => unknown>;

/** What clients have to leave unanswered while they shake hands (RFC 5246, 7.4.1.1). */
const helloRequests = Buffer.from('160303000400000000'.repeat(5_000), 'hex');

/** The request line alone. */
export function requestIn(piece: Buffer): SeenRequest {
  const [method = '', url = ''] = piece.toString('latin1').split(' ');
  return { method, url, headers: {}, body: '' };
}

/** What is done on the bare connection, in place of a TLS handshake. */
export const hostileConnections = {
  silent: () => undefined,
  /** A port of the echo service (RFC 862): the hello comes back. */
  echoes: (socket) => socket.pipe(socket),
  'endless-hello-requests': (socket) => socket.once('data', () => pour(socket, helloRequests)),
  'resets-at-once': (socket) => socket.resetAndDestroy(),
  'closes-at-once': (socket) => socket.end(),
  'plain-http': (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
  /** A fatal alert: handshake_failure, in a TLS 1.2 record. */
  'refuses-handshake': (socket) => socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex'))),
  'alerts-internal-error': (socket) => socket.once('data', () => socket.end(alert(80))),
  'alerts-unrecognized-name': (socket) => socket.once('data', () => socket.end(alert(112))),
  'alerts-certificate-required': (socket) => socket.once('data', () => socket.end(alert(116))),
  'alerts-before-hello': (socket) => socket.write(alert(40)),
  'alerts-after-hello-sealed': (socket, certificate) =>
    socket.once('data', (hello: Buffer) => socket.end(helloThenSealedAlert(hello, 80, certificate))),
  'alerts-after-extensions-sealed': (socket, certificate) =>
    socket.once('data', (hello: Buffer) => socket.end(helloThenSealedAlert(hello, 80, certificate, 'extensions'))),
  'alerts-after-certificate-sealed': (socket, certificate) =>
    socket.once('data', (hello: Buffer) => socket.end(helloThenSealedAlert(hello, 80, certificate, 'certificate'))),
  'alerts-after-verify-sealed': (socket, certificate) =>
    socket.once('data', (hello: Buffer) => socket.end(helloThenSealedAlert(hello, 80, certificate, 'verify'))),
  'resets-at-hello': (socket) => socket.once('data', () => socket.resetAndDestroy()),
  'resets-within-hello': (socket) =>
    socket.once('data', () => socket.write(Buffer.from('160303007a0200', 'hex'), () => socket.resetAndDestroy())),
  'drips-hello': (socket) => socket.once('data', () => drip(socket, '\x16\x03\x03\x00\x7a\x02', 100)),
  'half-hello': (socket) => socket.once('data', () => socket.write(Buffer.from('160303007a0200', 'hex'))),
} as const satisfies Record<string, (socket: Socket, certificate: KeyPair) => unknown>;
