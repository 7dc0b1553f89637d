import { expect } from 'vitest';
import type { JudgedEndpoint } from '../../src/model/report.ts';
import type { AuditEvent } from './components/audit-log.ts';
import type { KubeApiServer } from './components/kube-apiserver.ts';

const own = new Set(['system:apiserver', 'admin']);

/**
 * Scans, and holds the audit log to what the report claims: exactly these requests, in this order, each the read of one path or
 * object under the announced Audit-ID, and nothing else from anybody who is no part of the test.
 */
export async function expectAudited(
  server: KubeApiServer,
  scan: () => Promise<JudgedEndpoint>,
): Promise<JudgedEndpoint> {
  const before = server.audited().length;
  const endpoint = await scan();
  const requests = endpoint.probe?.requests ?? [];
  const events = (): AuditEvent[] =>
    server
      .audited()
      .slice(before)
      .filter(({ user }) => !own.has(user.username ?? ''));
  // An event is written after its answer was sent.
  await expect.poll(() => events().length, { timeout: 5_000 }).toBeGreaterThanOrEqual(requests.length);
  expect(events()).toEqual(
    requests.map(({ path, status }) =>
      expect.objectContaining({
        auditID: endpoint.probe?.auditId,
        verb: 'get',
        requestURI: path,
        userAgent: expect.stringMatching(/^kubeperimeter\/\S+ \(read-only exposure check\)$/),
        ...(status !== undefined && { responseStatus: expect.objectContaining({ code: status }) }),
      }),
    ),
  );
  return endpoint;
}
