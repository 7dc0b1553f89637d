// The baseline: a handshake that checks the certificate, `GET /`, and the end of the answer.
import tls from 'node:tls';
import { countCost } from './count.mjs';

const [atOnce, port, ca] = process.argv.slice(2);
const secureContext = tls.createSecureContext({ ca });

await countCost(
  atOnce,
  (index) =>
    new Promise((resolve, reject) => {
      const servername = `c${index}.bench.example`;
      const socket = tls.connect({ host: '127.0.0.1', port: Number(port), servername, secureContext }, () => {
        socket.write(`GET / HTTP/1.1\r\nHost: ${servername}\r\nConnection: close\r\n\r\n`);
      });
      socket.on('error', reject).on('close', resolve).resume();
    }),
);
process.exit(0);
