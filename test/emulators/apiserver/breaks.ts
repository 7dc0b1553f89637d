import type http from 'node:http';
import https from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import type tls from 'node:tls';

import { alert } from './hello.ts';

/** Where a server breaks off that was honest until then. */
export type Break =
  /** After so many records of its handshake. The alert is in the clear: it is one as long as nothing is sealed. */
  | { readonly afterRecord: number; readonly by: 'reset' | 'alert' }
  /** At these requests, the first being 1, whichever connection they come over. */
  | { readonly atRequests: readonly number[]; readonly by: keyof typeof requestBreaks };

/** A request that was read, and both ends of what the server's TLS has in hand. */
interface Wire {
  readonly response: http.ServerResponse;
  readonly connection: Socket;
  /** What is written here reaches the server's TLS as if the peer had sent it. */
  readonly inward: Duplex;
}

/** Long enough for the peer to have read what came before. */
const pauseMs = 50;

/** A record of application data that no key has sealed: TLS answers it with a fatal alert, sealed as all else on that connection. */
const unreadable = Buffer.from(`1703030020${'00'.repeat(32)}`, 'hex');

function beginAnswer({ response }: Wire, then: () => unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100_000 });
  response.write('{"paths":[', () => setTimeout(then, pauseMs));
}

/** What becomes of a request. */
const requestBreaks = {
  reset: ({ connection }) => connection.resetAndDestroy(),
  'reset within the answer': (wire) => beginAnswer(wire, () => wire.connection.resetAndDestroy()),
  alert: ({ inward }) => inward.write(unreadable),
  'alert within the answer': (wire) => beginAnswer(wire, () => wire.inward.write(unreadable)),
} as const satisfies Record<string, (wire: Wire) => unknown>;

/** Answers a request unless `breakOff`, given its number, says that it did something else with it. */
export type Listener = (
  incoming: http.IncomingMessage,
  response: http.ServerResponse,
  breakOff?: (request: number) => boolean,
) => void;

/** A server for each connection, with a pair of streams between the two: Node's own would keep the connection to itself. */
export function createBreakingServer(where: Break, settings: tls.TlsOptions, listener: Listener): Server {
  return createServer({ noDelay: true }, (connection) => {
    const [inward, outward] = duplexPair();
    connection.pipe(inward);
    if ('afterRecord' in where) cutAfterRecord(inward, connection, where);
    else inward.pipe(connection);
    const server = https.createServer(settings, (incoming, response) =>
      listener(incoming, response, (request) => {
        const breaks = 'atRequests' in where && where.atRequests.includes(request);
        if (breaks) requestBreaks[where.by]({ response, connection, inward });
        return breaks;
      }),
    );
    server.on('tlsClientError', () => undefined).on('clientError', () => undefined);
    server.emit('connection', outward);
  });
}

type RecordBreak = Extract<Break, { readonly afterRecord: number }>;

/** Hands on whole records (RFC 8446, 5.1: five bytes, of which the last two are the length of the rest), then ends. */
function cutAfterRecord(inward: Duplex, connection: Socket, { afterRecord, by }: RecordBreak): void {
  let left = afterRecord;
  let bytes: Buffer = Buffer.alloc(0);
  inward.on('data', (piece: Buffer) => {
    bytes = Buffer.concat([bytes, piece]);
    while (left > 0 && bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt16BE(3)) {
      const end = 5 + bytes.readUInt16BE(3);
      left -= 1;
      const then =
        left > 0 ? undefined : () => (by === 'reset' ? connection.resetAndDestroy() : connection.end(alert(80)));
      connection.write(bytes.subarray(0, end), then);
      bytes = bytes.subarray(end);
    }
  });
}
