import { sha256 } from '../lib/hash.ts';
import type { EndpointRole } from '../model/endpoint.ts';

/** Names a finding across scans: no wording, time, address or version is in it. JSON keeps the parts apart whatever they hold. */
export function fingerprint(checkId: string, clusterId: string, role: EndpointRole | undefined): string {
  return sha256(JSON.stringify([checkId, clusterId, role ?? '']));
}
