import type { Socket } from 'node:net';
import type tls from 'node:tls';

import type { ConnectTo, PortFacts } from '../../model/probe.ts';
import { cut, visible } from '../../lib/text.ts';
import { connect, type ConnectFailure } from '../connect.ts';
import { describeTlsError, isTlsError, shakeHands } from '../tls.ts';
import { startDeadline } from '../deadline.ts';
import { ask } from './ask.ts';
import type { Reply, Service } from './services.ts';

/** What one connection needs beside where it goes. */
export interface KnockTools {
  /** The inventory's name, for SNI and the Host header. */
  readonly host: string;
  readonly userAgent: string;
  readonly auditId: string;
  /** Trusts nothing: nobody's certificate is known here, and none is believed. */
  readonly context: tls.SecureContext;
  readonly limits: { readonly connect: number; readonly handshake: number };
  readonly signal: AbortSignal;
}

type Seen = Pick<PortFacts, 'state' | 'detail'> & { readonly reply?: Reply };

/** One connection to one port, and at most one request over it. Undefined where the run ended first. */
export async function knock(service: Service, at: ConnectTo, tools: KnockTools): Promise<PortFacts | undefined> {
  const seen = await see(service, at, tools);
  if (seen === undefined || tools.signal.aborted) return undefined;
  const { state, detail, reply } = seen;
  const recognised = reply === undefined ? undefined : service.recognise?.(reply);
  return { port: service.port, usual: service.usual, state, ...recognised, detail };
}

async function see(service: Service, { address, port }: ConnectTo, tools: KnockTools): Promise<Seen | undefined> {
  const connection = await connect(address, port, tools.limits.connect, tools.signal);
  if (connection.kind !== 'connected') return unconnected[connection.kind];
  const { socket } = connection;
  try {
    return await converse(service, socket, tools);
  } finally {
    socket.destroy();
  }
}

const unconnected: Readonly<Record<ConnectFailure, Seen | undefined>> = {
  refused: { state: 'closed', detail: 'The connection was refused.' },
  'timed-out': { state: 'filtered', detail: 'Connecting timed out.' },
  unreachable: { state: 'filtered', detail: 'The address could not be reached.' },
  reset: { state: 'filtered', detail: 'The connection was reset while connecting.' },
  'no-route': undefined,
  unable: undefined,
  ended: undefined,
};

/** Some networks accept a connection to any address: without a byte from the peer nothing is known to be there. */
const silent: Seen = { state: 'accepts', detail: 'A connection came about, and nothing was heard over it.' };

function converse(service: Service, socket: Socket, tools: KnockTools): Promise<Seen> {
  switch (service.wire) {
    case 'connect':
      return Promise.resolve({ state: 'accepts', detail: 'A connection came about; nothing was sent over it.' });
    case 'banner':
      return readBanner(socket, tools);
    case 'http':
      return request(service, socket, socket, tools);
    case 'tls':
    case 'https':
      return overTls(service, socket, tools);
  }
}

async function overTls(service: Service, socket: Socket, tools: KnockTools): Promise<Seen> {
  const { host, context, limits, signal } = tools;
  const handshake = await shakeHands(socket, host, context, limits.handshake, signal);
  if (handshake.kind === 'ended') return silent;
  // An etcd without TLS does so; a second connection would tell, and each port gets one.
  if (handshake.kind === 'dropped')
    return { ...silent, detail: 'The peer hung up at the handshake: it may speak no TLS.' };
  if (handshake.kind === 'failed') return handshake.bytesCame ? { state: 'answers', detail: handshake.detail } : silent;
  if (service.wire === 'https') return request(service, handshake.socket, socket, tools);
  handshake.socket.destroy();
  return { state: 'answers', detail: 'A TLS handshake was finished; nothing was sent after it.', reply: {} };
}

async function request(service: Service, over: Socket, raw: Socket, tools: KnockTools): Promise<Seen> {
  const { path = '/', port, hostHeader } = service;
  const name = tools.host.includes(':') ? `[${tools.host}]` : tools.host;
  const headers = {
    host: hostHeader ?? `${name}:${port}`,
    accept: 'application/json, text/plain',
    'user-agent': tools.userAgent,
    'audit-id': tools.auditId,
  };
  const deadline = startDeadline(tools.limits.handshake, tools.signal);
  const answer = await ask(over, path, headers, deadline.signal);
  deadline.dispose();
  if (answer.kind === 'answered') {
    const { status, body } = answer;
    return { state: 'answers', detail: `GET ${path} was answered with ${status}.`, reply: { status, body } };
  }
  // TLS 1.3 ends the handshake before the server has judged the certificate that we do not have.
  if (isTlsError(answer.code)) return { state: 'answers', detail: describeTlsError(answer.code) };
  return raw.bytesRead > 0 ? { state: 'answers', detail: `GET ${path} got no HTTP answer.` } : silent;
}

/** Waits for the first piece only, which is more than a line of any greeting that we know. */
function readBanner(socket: Socket, { limits, signal }: KnockTools): Promise<Seen> {
  return new Promise((settle) => {
    const finish = (seen: Seen): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onEnd);
      settle(seen);
    };
    const onEnd = (): void => finish(silent);
    const timer = setTimeout(onEnd, limits.handshake);
    signal.addEventListener('abort', onEnd, { once: true });
    socket.once('close', onEnd).once('data', (piece: Buffer) => {
      const banner = cut(piece.toString('latin1').split(/[\r\n]/)[0] ?? '', 80);
      finish({ state: 'answers', detail: `It says ${JSON.stringify(visible(banner))}.`, reply: { banner } });
    });
  });
}
