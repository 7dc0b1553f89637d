import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server that is no API of Google's behaves once it was asked. */
export type Hostility = 'endless' | 'stalls' | 'silent' | 'breaks';

const behaviours: Readonly<Record<Hostility, (response: http.ServerResponse) => void>> = {
  /** A body without end, as fast as it is taken. */
  endless: (response) => {
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const send = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', send);
    send();
  },
  /** Headers and a piece of the body, then nothing. */
  stalls: (response) => response.write('{"clusters": ['),
  silent: () => {},
  /** The connection ends within the body. */
  breaks: (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"clusters": [', () => response.destroy());
  },
};

/** Starts such a server on a free port of this machine. */
export async function startHostile(
  hostility: Hostility,
): Promise<{ readonly url: string; readonly count: () => number; close(): Promise<void> }> {
  let count = 0;
  const server = http.createServer((_, response) => {
    count += 1;
    behaviours[hostility](response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
