import type { Remediation } from '../../model/check.ts';
import type { ProviderId } from '../../model/provider.ts';

/**
 * Command lines that more than one check offers. Angle brackets mark what the reader must put in: a shell takes
 * them for a redirection and stops, so that a line pasted unread changes nothing.
 */
export type ByProvider<Value> = Readonly<Record<ProviderId, Value>>;

/** A provider that keeps settings of its clusters; nobody does for self-managed ones. */
type CloudId = Exclude<ProviderId, 'kubeconfig'>;

type ByCloud<Value> = Readonly<Record<CloudId, Value>>;

const update: ByCloud<string> = {
  eks: 'aws eks update-cluster-config --region {location} --name {name}',
  gke: 'gcloud container clusters update {name} --location {location} --project {account}',
  aks: 'az aks update --subscription {account} --resource-group {resourceGroup} --name {name}',
};

/** A change of one cluster's settings. gcloud takes one setting a call, so each is a line of its own. */
export function updateCluster(provider: CloudId, flags: string): string {
  return `${update[provider]} ${flags}`;
}

/** Admits the reader's own ranges and nobody else. On EKS the private endpoint goes on first, or nodes may lose the API server. */
export const admitOwnRanges: ByCloud<string> = {
  eks: updateCluster(
    'eks',
    '--resources-vpc-config ' +
      'endpointPrivateAccess=true,endpointPublicAccess=true,publicAccessCidrs=<your-egress-range>',
  ),
  gke: updateCluster('gke', '--enable-master-authorized-networks --master-authorized-networks <your-egress-range>'),
  aks: updateCluster('aks', '--api-server-authorized-ip-ranges <your-egress-range>'),
};

/** Takes the endpoint off the internet altogether. On AKS this needs API Server VNet Integration. */
export const closePublicEndpoint: ByCloud<string> = {
  eks: updateCluster('eks', '--resources-vpc-config endpointPrivateAccess=true,endpointPublicAccess=false'),
  gke: updateCluster('gke', '--enable-private-endpoint'),
  aks: updateCluster('aks', '--enable-private-cluster'),
};

/** Turns external traffic to a DNS endpoint off; Google's own services may still use it. */
export const closeDnsEndpoint = updateCluster('gke', '--no-enable-dns-access');

/** Reads what the cloud says about the endpoints at this moment. */
export const readSettings: ByCloud<string> = {
  eks: 'aws eks describe-cluster --region {location} --name {name} --query cluster.resourcesVpcConfig',
  gke:
    'gcloud container clusters describe {name} --location {location} --project {account} ' +
    "--format 'yaml(status,controlPlaneEndpointsConfig,masterAuthorizedNetworksConfig,privateClusterConfig)'",
  aks:
    'az aks show --subscription {account} --resource-group {resourceGroup} --name {name} ' +
    "--query '[provisioningState,publicNetworkAccess,apiServerAccessProfile]'",
};

/** Asks the endpoint once, without credentials. A 401 or 403 in JSON is an API server's answer. */
const askEndpoint = 'curl --verbose --insecure --max-time 10 https://{host}/';

/** The same of a self-managed cluster, whose API server may listen on any port. */
export const askSelfManaged = 'curl --verbose --insecure --max-time 10 https://{host}:{port}/';

/** Commands that tell which side is right and change nothing. */
export function verify(summary: string): ByCloud<Remediation> {
  const commands = (cloud: CloudId): Remediation => ({ summary, commands: [readSettings[cloud], askEndpoint] });
  return { eks: commands('eks'), gke: commands('gke'), aks: commands('aks') };
}

/** Gets a kubeconfig for the cluster. */
export const signIn: ByProvider<string> = {
  eks: 'aws eks update-kubeconfig --region {location} --name {name}',
  gke: 'gcloud container clusters get-credentials {name} --location {location} --project {account}',
  aks: 'az aks get-credentials --subscription {account} --resource-group {resourceGroup} --name {name}',
  kubeconfig: 'kubectl config use-context {name}',
};

/** Shows what an API server of kubeadm's making says about anonymous requests; run on the machine itself. */
export const showAnonymousFlags =
  "grep -E 'anonymous-auth|authentication-config|authorization-mode' /etc/kubernetes/manifests/kube-apiserver.yaml";

/** Where the control plane of a self-managed cluster stands, and what to drop in front of it. */
export const guardSelfManaged = [
  'kubectl --context {name} get nodes --selector node-role.kubernetes.io/control-plane --output wide',
  'nft insert rule inet filter input tcp dport {port} ip saddr != <ranges-of-nodes-and-operators> drop',
];

/** The default binding of system:public-info-viewer shows here too. */
export const listAnonymousBindings =
  'kubectl get clusterrolebindings,rolebindings --all-namespaces --output wide ' +
  "| grep -E 'system:(anonymous|unauthenticated)'";

/** Deletes a binding that was found, whichever kind it is. */
export const deleteBinding = [
  'kubectl delete clusterrolebinding <binding-name>',
  'kubectl delete rolebinding --namespace <namespace> <binding-name>',
];

/** Finds what is bound to anonymous users, then removes it. `first` is what cannot wait for that. */
export function unbindAnonymous(
  summary: string,
  removal: readonly string[],
  first?: ByCloud<string>,
): ByProvider<Remediation> {
  return forEach((provider) => ({
    summary,
    commands: [
      ...(first && provider !== 'kubeconfig' ? [first[provider]] : []),
      signIn[provider],
      listAnonymousBindings,
      ...removal,
      ...(provider === 'gke' ? [limitAnonymous] : []),
    ],
  }));
}

/** Only the health paths answer without credentials after this. */
export const limitAnonymous = updateCluster('gke', '--anonymous-authentication-config LIMITED');

export function forEach<Value>(build: (provider: ProviderId) => Value): ByProvider<Value> {
  return { eks: build('eks'), gke: build('gke'), aks: build('aks'), kubeconfig: build('kubeconfig') };
}
