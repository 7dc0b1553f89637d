// Memory while many looks wait at once for an answer that does not come: ours, or a bare TLS client with an HTTP request each.
import http from 'node:http';
import tls from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';

const [kind, count, port, ca] = process.argv.slice(2);
const start = kind === 'ours' ? await createOurLook() : createBareLook();

// The first one compiles the code and reads what all share.
start(0);
await sleep(500);
const before = heap();
for (let index = 1; index <= Number(count); index++) start(index);
await sleep(1_500 + 2 * Number(count));
console.log(
  JSON.stringify({ heapKb: (heap() - before) / 1024 / Number(count), rssMb: process.memoryUsage.rss() / 2 ** 20 }),
);
process.exit(0);

function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Loaded only here, so that the bare client does without it. */
async function createOurLook() {
  const { createLook } = await import('./probe.mjs');
  return createLook(port, ca, Number(count) + 1);
}

function createBareLook() {
  return (index) => {
    const secureContext = tls.createSecureContext({ ca });
    const servername = `c${index}.bench.example`;
    const socket = tls.connect({ host: '127.0.0.1', port: Number(port), servername, secureContext }, () => {
      http.get({ createConnection: () => socket, path: '/', headers: { host: servername } }).on('error', () => {});
    });
    socket.on('error', () => {});
  };
}
