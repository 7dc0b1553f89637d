// Memory while many looks wait at once for an answer: ours, or a bare TLS client with an HTTP request each.
import http from 'node:http';
import readline from 'node:readline';
import tls from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';

const [kind, count, port, ca] = process.argv.slice(2);
// A line comes in as soon as all that were started wait.
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const start = kind === 'ours' ? await createOurLook() : createBareLook();

let peak = 0;
setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);

// The first one compiles the code and reads what all share.
start(0);
await lines.next();
const before = heap();
for (let index = 1; index <= Number(count); index++) {
  start(index);
  // Not all in the same moment: the last handshakes would run into their time limit.
  if (index % 50 === 0) await sleep(150);
}
await lines.next();
const heapKb = (heap() - before) / 1024 / Number(count);
console.log(JSON.stringify({ heapKb, peakMb: peak / 2 ** 20 }));
process.exit(0);

function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Loaded only here, so that the bare client does without it. */
async function createOurLook() {
  const { createLook } = await import('./probe.mjs');
  // Longer than any measurement: a look that ended would not be in flight.
  const limits = { handshake: 60_000, total: 60_000 };
  return createLook(port, ca, Number(count) + 1, limits);
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
