import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What a peer does once it has had enough of us. */
export const refusals = {
  resets: (socket) => void socket.resetAndDestroy(),
  closes: (socket) => void socket.end(),
  'is silent': () => undefined,
  'gives an alert of its own': (socket) => void socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 80])),
  'answers without TLS': (socket) => void socket.end('HTTP/1.1 429 Too Many Requests\r\n\r\n'),
} as const satisfies Record<string, (socket: Socket) => void>;

/** Lets some connections through to a port of this machine, as a balancer that limits them would; the later ones are refused. */
export async function startLimiter(behind: number, admitted: number, refusal: keyof typeof refusals) {
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    return socket.on('error', () => undefined).once('close', () => open.delete(socket));
  };
  let count = 0;
  const server = createServer((socket) => {
    keep(socket);
    count += 1;
    if (count <= admitted) socket.pipe(keep(connect(behind, '127.0.0.1'))).pipe(socket);
    // The client's hello is read first: bytes left unread would turn a close into a reset.
    else socket.once('data', () => refusals[refusal](socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}
