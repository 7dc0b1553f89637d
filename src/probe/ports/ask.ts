import http from 'node:http';
import type { Duplex } from 'node:stream';

import { maxHeaderBytes } from '../limits.ts';

/** Enough for what tells these services apart; the rest is not read. */
const maxBytes = 8 * 1024;

export type Asked =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** No response; `code` is Node's, empty where the peer simply ended. */
  | { readonly kind: 'unanswered'; readonly code: string };

/** One `GET` over a connection that is then closed. A body that is cut short counts as far as it came. */
export function ask(
  socket: Duplex,
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Asked> {
  return new Promise((settle) => {
    const finish = (asked: Asked): void => {
      settle(asked);
      socket.destroy();
    };
    const request = http.request({
      createConnection: () => socket,
      method: 'GET',
      path,
      headers: { ...headers, connection: 'close' },
      setHost: false,
      maxHeaderSize: maxHeaderBytes,
    });
    signal.addEventListener('abort', () => finish({ kind: 'unanswered', code: '' }), { once: true });
    // None of these services promises an answer before it gives one; a peer that does may do so without end.
    request.once('information', () => finish({ kind: 'unanswered', code: '' }));
    // A peer that switches protocols ends without a response.
    let hasResponse = false;
    request.once('close', () => hasResponse || finish({ kind: 'unanswered', code: '' }));
    request.on('error', (error: NodeJS.ErrnoException) => finish({ kind: 'unanswered', code: error.code ?? '' }));
    request.once('response', (response) => {
      hasResponse = true;
      const status = response.statusCode ?? 0;
      let body = '';
      const done = (): void => finish({ kind: 'answered', status, body });
      response.setEncoding('utf8').on('error', done).once('close', done).once('end', done);
      response.on('data', (piece: string) => {
        body += piece.slice(0, maxBytes - body.length);
        if (body.length >= maxBytes) done();
      });
    });
    request.end();
  });
}
