import type { AddressResult, ProbeTarget } from '../../model/probe.ts';

/** Under these names stand control planes that a provider runs, in its own network or in its customer's. */
const providerDomains = [
  'eks.amazonaws.com',
  'eks.amazonaws.com.cn',
  'api.aws',
  'azmk8s.io',
  'azk8s.cn',
  'containerservice.azure.us',
  'gke.goog',
  'aroapp.io',
  'openshiftapps.com',
  'containers.cloud.ibm.com',
  'oraclecloud.com',
  'k8s.ondigitalocean.com',
  'linodelke.net',
  'vultr-k8s.com',
  'k8s.scw.cloud',
  'k8s.ovh.net',
  'k8s.ovh.us',
  'k8s.civo.com',
  'exo.io',
];

/** GKE gives addresses; there the entry tells, as `gcloud` and `aws eks update-kubeconfig` name it. */
const providerEntry = /^kubeconfig:(?:arn:aws[\w-]*:eks:|gke_)/;

/**
 * Whether a provider owns the host that answered: by what the kubeconfig calls it, or by the names in its certificate, as behind a
 * name of one's own or a bare address may stand any cluster.
 */
export function isOfProvider(
  { clusterId, host, serverName = '' }: ProbeTarget,
  looks: readonly AddressResult[],
): boolean {
  const certified = looks.flatMap(({ tls }) => tls?.certificate.names ?? []);
  return providerEntry.test(clusterId) || [host, serverName, ...certified].some(isOfProviderDomain);
}

function isOfProviderDomain(name: string): boolean {
  return providerDomains.some((domain) => name.toLowerCase().endsWith(`.${domain}`));
}

/** EKS and GKE mark their builds (`v1.33.4-gke.1350000`, `v1.31.2-eks-7f9249a`), which some also run on machines of their own. */
export function isBuiltByProvider(looks: readonly AddressResult[]): boolean {
  return looks.some(({ gitVersion = '' }) => /-(?:eks-|gke\.)/.test(gitVersion));
}
