// The product's own probe, built, as the scan runs it. Each look has a name of its own, as each endpoint has.
import { randomUUID } from 'node:crypto';
import { createProbe, systemTrustRoots } from '../../dist/src/probe/index.js';
import { countCpu } from './count.mjs';

const [port, ca] = process.argv.slice(2);
const probe = createProbe({
  userAgent: 'kubeperimeter-bench',
  inside: false,
  resolvers: [],
  roots: systemTrustRoots(),
  now: () => new Date(),
});
const { signal } = new AbortController();

await countCpu(async (index) => {
  const target = {
    clusterId: `bench-${index}`,
    role: 'public',
    host: `c${index}.bench.example`,
    port: 443,
    trust: { kind: 'cluster-ca', pem: ca },
    connectTo: { address: '127.0.0.1', port: Number(port) },
    auditId: randomUUID(),
  };
  const result = await probe(target, 'full', { signal });
  if (result.outcome !== 'anonymous-forbidden' || result.requests.length !== 6) {
    throw new Error(`${result.outcome}: ${result.detail}`);
  }
});
process.exit(0);
