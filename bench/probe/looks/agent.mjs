// What anyone would write with Node alone: the same six requests by its own https client, an agent keeping one connection an endpoint.
import https from 'node:https';
import { countCost } from './count.mjs';
import { paths } from './paths.ts';

const [atOnce, port, ca] = process.argv.slice(2);

await countCost(atOnce, async (index) => {
  const servername = `c${index}.bench.example`;
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca, servername });
  const headers = { host: servername, accept: 'application/json', 'user-agent': 'kubeperimeter-bench' };
  for (const path of paths) await get({ host: '127.0.0.1', port: Number(port), path, agent, headers });
  agent.destroy();
});
process.exit(0);

function get(options) {
  return new Promise((resolve, reject) => {
    https
      .get(options, (response) => {
        const { statusCode } = response;
        if (statusCode !== 200 && statusCode !== 403) reject(new Error(`${options.path} got ${statusCode}`));
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece)).once('end', () => resolve(Buffer.concat(pieces).toString()));
      })
      .once('error', reject);
  });
}
