// The product's own probe, built, as the scan runs it. Each look has a name of its own, as each endpoint has.
import { randomUUID } from 'node:crypto';
import { createProbe, systemTrustRoots } from '../../../dist/src/probe/index.js';

const { signal } = new AbortController();

/** A function that looks at the server as at the endpoint of this number. */
export function createLook(port, ca, concurrency, limits = {}) {
  const probe = createProbe({
    userAgent: 'kubeperimeter-bench',
    inside: false,
    resolvers: [],
    roots: systemTrustRoots(),
    concurrency,
    limits,
    now: () => new Date(),
  });
  return (index) =>
    probe(
      {
        clusterId: `bench-${index}`,
        role: 'public',
        host: `c${index}.bench.example`,
        port: 443,
        trust: { kind: 'cluster-ca', pem: ca },
        connectTo: { address: '127.0.0.1', port: Number(port) },
        auditId: randomUUID(),
      },
      'full',
      { signal },
    );
}
