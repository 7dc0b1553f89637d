import { findRule } from './connect-to.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint } from '../../model/endpoint.ts';
import type { PortTarget } from '../../model/probe.ts';
import type { ProbeRules } from './request.ts';

/** The other ports to try for an endpoint: on the hosts of self-managed clusters alone. Undefined: none. */
export function portsOf(
  { provider }: Cluster,
  endpoint: Endpoint,
  { ports, connectTo }: ProbeRules,
): readonly PortTarget[] | undefined {
  if (ports === undefined || provider !== 'kubeconfig') return undefined;
  return ports
    .filter((port) => port !== endpoint.port)
    .map((port) => {
      const rule = findRule({ ...endpoint, port }, connectTo);
      return { port, ...(rule && { connectTo: { address: rule.address, port: rule.port } }) };
    });
}
