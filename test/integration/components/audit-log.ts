import { readFileSync } from 'node:fs';

/** One line of an API server's audit log at level Metadata (audit.k8s.io/v1), as far as it is read. */
export interface AuditEvent {
  readonly auditID: string;
  readonly requestURI: string;
  readonly verb: string;
  readonly userAgent: string;
  readonly user: { readonly username?: string };
  readonly responseStatus?: { readonly code: number };
}

/** Metadata only, one event a request. */
export const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{ level: Metadata }]
`;

export function readAuditLog(file: string): AuditEvent[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEvent);
}
