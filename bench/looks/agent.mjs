// What anyone would write with Node alone: the same six requests by its own https client, an agent keeping one connection an endpoint.
import https from 'node:https';
import { countCpu } from './count.mjs';

const [port, ca] = process.argv.slice(2);
const name = '0c6ef9e0-0f4c-4d3a-9b7e-6f3f6f0f9c11';
const paths = [
  '/',
  '/version',
  '/api',
  `/api/v1/namespaces/kube-system/pods/${name}`,
  `/api/v1/namespaces/kube-system/secrets/${name}`,
  `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${name}`,
];

await countCpu(async (index) => {
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
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece)).once('end', () => resolve(Buffer.concat(pieces).toString()));
      })
      .once('error', reject);
  });
}
