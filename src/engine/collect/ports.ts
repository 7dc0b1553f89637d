import { findRule } from './connect-to.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint } from '../../model/endpoint.ts';
import type { PortTarget } from '../../model/probe.ts';
import type { ProbeRules } from './request.ts';

/** Control planes that a provider owns, by the names that it gives them. */
const managedDomains = [
  'eks.amazonaws.com',
  'eks.amazonaws.com.cn',
  'api.aws',
  'azmk8s.io',
  'azk8s.cn',
  'gke.goog',
  'k8s.ondigitalocean.com',
  'linodelke.net',
  'k8s.scw.cloud',
  'k8s.ovh.net',
  'containers.cloud.ibm.com',
  'oraclecloud.com',
];

/** GKE gives addresses; there the entry tells, as `gcloud` and `aws eks update-kubeconfig` name it. */
const managedEntry = /^kubeconfig:(?:arn:aws[\w-]*:eks:|gke_)/;

/**
 * The other ports to try for an endpoint: on the hosts of self-managed clusters alone, and on none that a provider owns although a
 * kubeconfig names it. Undefined: none.
 */
export function portsOf(
  { id, provider }: Cluster,
  endpoint: Endpoint,
  { ports, connectTo }: ProbeRules,
): readonly PortTarget[] | undefined {
  const { host } = endpoint;
  if (ports === undefined || provider !== 'kubeconfig' || host === undefined) return undefined;
  if (managedEntry.test(id) || managedDomains.some((domain) => host.toLowerCase().endsWith(`.${domain}`)))
    return undefined;
  return ports
    .filter((port) => port !== endpoint.port)
    .map((port) => {
      const rule = findRule({ ...endpoint, port }, connectTo);
      return { port, ...(rule && { connectTo: { address: rule.address, port: rule.port } }) };
    });
}
