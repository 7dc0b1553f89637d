import { connect as connectTcp, type Socket } from 'node:net';

export type Waited =
  | { readonly kind: 'ready' }
  | { readonly kind: 'timed-out' }
  /** The look's deadline, or an interrupt. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'error'; readonly code: string };

/** Waits until a socket is ready for use; a socket that does not get there is destroyed. */
export function waitUntilReady(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  limit: number,
  signal: AbortSignal,
): Promise<Waited> {
  return new Promise((settle) => {
    const finish = (waited: Waited): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off(event, onReady).off('close', onClose).off('error', onError);
      if (waited.kind !== 'ready') socket.destroy();
      settle(waited);
    };
    const onReady = (): void => finish({ kind: 'ready' });
    const onAbort = (): void => finish({ kind: 'ended' });
    const onClose = (): void => finish({ kind: 'error', code: 'ECONNRESET' });
    const onError = ({ code = 'ERROR' }: NodeJS.ErrnoException): void => finish({ kind: 'error', code });
    const timer = setTimeout(() => finish({ kind: 'timed-out' }), limit);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', ignore).on('error', onError).on(event, onReady).on('close', onClose);
    if (signal.aborted) onAbort();
  });
}

/** Stays on: errors after the wait are seen by whoever uses the socket, and must not crash the process. Shared, so that it keeps nothing alive. */
function ignore(): void {}

export type ConnectFailure = 'refused' | 'timed-out' | 'unreachable' | 'no-route' | 'unable' | 'reset' | 'ended';

export type Connection = { readonly kind: 'connected'; readonly socket: Socket } | { readonly kind: ConnectFailure };

/** One TCP connect to a literal address. A time-out is told apart from every answer: it alone is what a dropped packet looks like. */
export async function connect(address: string, port: number, limit: number, signal: AbortSignal): Promise<Connection> {
  const socket = connectTcp({ host: address, port, autoSelectFamily: false, noDelay: true });
  const waited = await waitUntilReady(socket, 'connect', limit, signal);
  if (waited.kind === 'ready') return { kind: 'connected', socket };
  return { kind: waited.kind === 'error' ? failureOf(waited.code) : waited.kind };
}

/**
 * By the system's code. What the system knows no way for (`no-route`) or would not do for us (`unable`) is told apart from what
 * somebody on the way turned down.
 */
export function failureOf(code: string): ConnectFailure {
  return failures[code] ?? 'unreachable';
}

const failures: Readonly<Record<string, ConnectFailure>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  ECONNRESET: 'reset',
  ENETUNREACH: 'no-route',
  // Without any address of the family to come from, or with the family turned off.
  EADDRNOTAVAIL: 'no-route',
  EAFNOSUPPORT: 'no-route',
  // No file or memory left, or a firewall of our own.
  EMFILE: 'unable',
  ENFILE: 'unable',
  ENOBUFS: 'unable',
  ENOMEM: 'unable',
  EPERM: 'unable',
};
