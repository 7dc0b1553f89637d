import http from 'node:http';
import type { TLSSocket } from 'node:tls';

import { parseObject, type Answer, type AnswerFailure } from './answer.ts';
import { maxBodyBytes, maxHeaderBytes } from './limits.ts';
import { pathOf, type Step } from './steps.ts';
import { isTlsError } from './tls.ts';

export interface SessionOptions {
  /** Names and values in turn: sent as they stand, where a record would be kept in a second form for each request. */
  readonly headers: readonly string[];
  /** The first connection, ready for use. */
  readonly socket: TLSSocket;
  /** Another one to the same address, after the peer closed. Undefined where none came about. */
  readonly reopen: () => Promise<TLSSocket | undefined>;
  /** Books one request; false where no more may be sent. */
  readonly spend: () => boolean;
  readonly signal: AbortSignal;
}

/** Requests to one peer, one after the other, over one connection as long as the peer keeps it. */
export interface Session {
  readonly get: (step: Step, name: string) => Promise<Answer>;
  readonly close: () => void;
}

/**
 * `node:http` over our own TLS socket: its parser is strict and well kept, and what it is given was verified before. Without an
 * agent it knows no proxy, follows no redirect, keeps no cookie, and leaves the socket to us.
 */
export function openSession(options: SessionOptions): Session {
  let { socket } = options;
  const close = (): void => void socket.destroy();
  options.signal.addEventListener('abort', close, { once: true });

  let isFresh = true;
  let isKept = true;
  const renew = async (): Promise<boolean> => {
    socket.destroy();
    const next = await options.reopen();
    if (next === undefined) return false;
    socket = next;
    isFresh = true;
    return true;
  };
  const ask = (step: Step, name: string): Promise<Answer> => {
    if (!options.spend()) return Promise.resolve(unsent(step, name));
    const answer = send(step, name, socket, options);
    if (isFresh) {
      isFresh = false;
      return answer;
    }
    return answer.then(asIfKept);
  };
  // The peer ended an idle connection just as we wrote: it is not believed again to keep one.
  const asIfKept = (answer: Answer): Answer => {
    if (!isLost(answer)) return answer;
    isKept = false;
    return { ...answer, failure: { kind: 'stale' } };
  };
  const get = (step: Step, name: string): Promise<Answer> => {
    if (isUsable(socket) && (isKept || isFresh)) return ask(step, name);
    return renew().then((isNew) => (isNew ? ask(step, name) : unsent(step, name)));
  };
  return { get, close };
}

/** Interim answers (1xx) cost the peer nothing and us time: an API server sends none. */
const maxInformations = 8;

function isUsable(socket: TLSSocket): boolean {
  return !socket.destroyed && socket.writable && !socket.readableEnded;
}

/** With the connection; an alert on one that has carried an answer is no word on the handshake. */
function isLost({ failure }: Answer): boolean {
  return failure?.kind === 'closed' || failure?.kind === 'tls';
}

function unsent(step: Step, name: string): Answer {
  return { step, name, headers: {}, body: '', failure: { kind: 'unsent' } };
}

function send(step: Step, name: string, socket: TLSSocket, options: SessionOptions): Promise<Answer> {
  return new Promise((settle) => {
    const fail = (failure: AnswerFailure, headers: http.IncomingHttpHeaders = {}): void =>
      settle({ step, name, headers, body: '', failure: options.signal.aborted ? { kind: 'ended' } : failure });
    const request = http.request({
      createConnection: () => socket,
      method: 'GET',
      path: pathOf(step, name),
      headers: options.headers,
      setHost: false,
      maxHeaderSize: maxHeaderBytes,
    });
    // Without an agent it would end the connection after each answer, whatever the headers say.
    request.shouldKeepAlive = true;
    let informations = 0;
    request.on('information', () => {
      informations += 1;
      if (informations > maxInformations) request.destroy();
    });
    // A peer that switches protocols ends the request without an error or a response.
    let hasResponse = false;
    request.once('close', () => hasResponse || fail({ kind: 'closed' }));
    request.on('error', (error: NodeJS.ErrnoException) => fail(failureOf(error.code ?? '', hasResponse)));
    request.once('response', (response) => {
      hasResponse = true;
      readBody(response).then(
        (body) => settle(complete(step, name, response, body)),
        (failure: AnswerFailure) => fail(failure, response.headers),
      );
    });
    request.end();
  });
}

function complete(step: Step, name: string, { statusCode = 0, headers }: http.IncomingMessage, body: string): Answer {
  const json = parseObject(body);
  return { step, name, status: statusCode, headers, body, ...(json === undefined ? {} : { json }) };
}

/** Rejects with the failure where the body is cut short or does not end within its limit. */
function readBody(response: http.IncomingMessage): Promise<string> {
  return new Promise((settle, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    response.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size <= maxBodyBytes) pieces.push(piece);
      else response.destroy();
    });
    response.on('error', () => undefined);
    response.once('close', () => {
      if (size > maxBodyBytes) reject({ kind: 'too-large' } satisfies AnswerFailure);
      else if (response.complete) settle(Buffer.concat(pieces).toString('utf8'));
      else reject({ kind: 'closed' } satisfies AnswerFailure);
    });
  });
}

/** Once an answer has begun the handshake is beyond doubt: TLS that breaks later is a connection that broke. */
function failureOf(code: string, hasResponse: boolean): AnswerFailure {
  if (code === 'HPE_HEADER_OVERFLOW') return { kind: 'too-large' };
  if (code.startsWith('HPE_')) return { kind: 'malformed' };
  return isTlsError(code) && !hasResponse ? { kind: 'tls', code } : { kind: 'closed' };
}
