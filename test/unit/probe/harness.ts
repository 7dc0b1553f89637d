import { randomUUID } from 'node:crypto';

import type { ProbeResult, ProbeTarget } from '../../../src/model/probe.ts';
import { createProbe, type ProbeOptions, type TrustRoots } from '../../../src/probe/index.ts';
import { startApiServer, type ApiServerEmulator, type ApiServerOptions } from '../../emulators/apiserver.ts';
import { createAuthority } from '../../emulators/certificates.ts';

export const userAgent = 'kubeperimeter/0.0.0 (read-only exposure check)';

/** As clouds write it: in mixed case. */
export const host = '0A1B2C3D.Gr7.eu-example-1.clusters.example';

const noRoots: TrustRoots = { bundled: [], installed: [] };

export const authority = await createAuthority('kubernetes');
export const certificate = await authority.issue({
  names: ['kubernetes.default.svc', host.toLowerCase(), '10.96.0.1'],
});

/** Short enough for a table of hostile peers, long enough for a loaded machine. */
const limits = { connect: 400, handshake: 600, total: 1_500, pace: 20 };

export function probeWith(options: Partial<ProbeOptions> = {}): ReturnType<typeof createProbe> {
  return createProbe({
    userAgent,
    inside: false,
    resolvers: [],
    roots: noRoots,
    now: () => new Date(),
    ...options,
    limits: { ...limits, ...options.limits },
  });
}

export function targetAt(port: number, changes: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    clusterId: 'eks:111122223333/eu-example-1/prod',
    role: 'public',
    host,
    port: 443,
    trust: { kind: 'cluster-ca', pem: authority.pem },
    connectTo: { address: '127.0.0.1', port },
    auditId: randomUUID(),
    ...changes,
  };
}

export const running = { signal: new AbortController().signal };

export interface Looked {
  readonly result: ProbeResult;
  readonly server: ApiServerEmulator;
  readonly target: ProbeTarget;
}

/** Starts a server, takes one full look at it, stops it. */
export async function lookAt(
  server: Partial<ApiServerOptions> & Pick<ApiServerOptions, 'behaviour'>,
  changes: Partial<ProbeTarget> = {},
  options: Partial<ProbeOptions> = {},
): Promise<Looked> {
  const emulator = await startApiServer({ certificate, ...server });
  try {
    const target = targetAt(emulator.port, changes);
    return { result: await probeWith(options)(target, 'full', running), server: emulator, target };
  } finally {
    await emulator.close();
  }
}
