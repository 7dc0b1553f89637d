import type { Behaviour } from '../emulators/apiserver.ts';
import type { GkeClusterOptions } from '../emulators/gke.ts';
import type { WireClusterOptions } from '../emulators/eks.ts';
import type { Exposure } from '../../src/model/endpoint.ts';
import type { Outcome } from '../../src/model/probe.ts';

/** What stands where a cluster's API server would: a fake server, silence, a refusal, or what its name resolves to. */
export type Wire =
  | { readonly answers: Behaviour; readonly certificate?: 'of another authority' }
  | 'drops packets'
  | 'refuses'
  | { readonly resolvesTo: readonly string[] }
  | 'nothing';

/** One made-up cluster: how its cloud describes it, what the wire shows, and what the scan has to say of it. */
export type DemoCluster = {
  readonly name: string;
  /** What it is there to show. */
  readonly shows: string;
  readonly wire: Wire;
  readonly exposure: Exposure;
  /** Of the endpoint that sets the exposure: the DNS one where access by address is off. Absent for external clusters. */
  readonly outcome?: Outcome;
} & (
  | { readonly cloud: 'eks'; readonly region: string; readonly settings: Omit<WireClusterOptions, 'name'> }
  | { readonly cloud: 'eks-connector'; readonly region: string }
  | { readonly cloud: 'gke'; readonly settings: Omit<GkeClusterOptions, 'name'> }
  | { readonly cloud: 'aks'; readonly settings: Readonly<Record<string, unknown>> }
);

const office = '203.0.113.0/24';

/** The address that the demo scans from, as the internet would see it; a label here, since nothing leaves the machine. */
export const vantageAddress = '52.95.110.7';

const eks: readonly DemoCluster[] = [
  {
    cloud: 'eks',
    region: 'eu-west-1',
    name: 'shop-prod',
    shows: 'open to the internet, and the API server answers: the commonest finding',
    settings: {},
    wire: { answers: 'health-only' },
    exposure: 'exposed',
    outcome: 'anonymous-health-only',
  },
  {
    cloud: 'eks',
    region: 'eu-west-1',
    name: 'legacy-batch',
    shows: 'someone bound cluster-admin to anonymous users: the internet owns this cluster',
    settings: { version: '1.29', auditLog: false },
    wire: { answers: 'admin' },
    exposure: 'exposed',
    outcome: 'admin-exposed',
  },
  {
    cloud: 'eks',
    region: 'eu-west-1',
    name: 'analytics',
    shows: 'anonymous users may read pods and configuration',
    settings: { version: '1.30' },
    wire: { answers: 'data' },
    exposure: 'exposed',
    outcome: 'data-exposed',
  },
  {
    cloud: 'eks',
    region: 'eu-west-1',
    name: 'partners',
    shows: 'an allow-list that is enforced: packets from here are dropped',
    settings: { cidrs: [office] },
    wire: 'drops packets',
    exposure: 'restricted',
    outcome: 'filtered',
  },
  {
    cloud: 'eks',
    region: 'eu-west-1',
    name: 'payments',
    shows: 'private: the public name resolves to private addresses only',
    settings: { publicAccess: false, privateAccess: true },
    wire: { resolvesTo: ['10.20.0.15', '10.20.1.15'] },
    exposure: 'private',
    outcome: 'not-probed',
  },
  {
    cloud: 'eks',
    region: 'eu-west-1',
    name: 'ledger',
    shows: 'the settings say closed, yet this cluster answers, twice: a contradiction',
    settings: { publicAccess: false, privateAccess: true },
    wire: { answers: 'anonymous-forbidden' },
    exposure: 'contradiction',
    outcome: 'anonymous-forbidden',
  },
  {
    cloud: 'eks',
    region: 'us-east-1',
    name: 'two-halves',
    shows: 'two ranges that together are the internet; and a port whose TLS is broken',
    settings: { cidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
    wire: { answers: 'refuses-handshake' },
    exposure: 'exposed',
    outcome: 'tls-failed',
  },
  {
    cloud: 'eks',
    region: 'us-east-1',
    name: 'imposter',
    shows: "something answers with a certificate that is not this cluster's: nothing is sent to it",
    settings: { cidrs: ['52.95.110.0/24'] },
    wire: { answers: 'anonymous-forbidden', certificate: 'of another authority' },
    exposure: 'restricted',
    outcome: 'not-this-cluster',
  },
  {
    cloud: 'eks',
    region: 'us-east-1',
    name: 'contractors',
    shows: 'a list of sixteen million addresses, ours among them',
    settings: { cidrs: ['52.0.0.0/8'] },
    wire: { answers: 'health-only' },
    exposure: 'broad',
    outcome: 'anonymous-health-only',
  },
  {
    cloud: 'eks',
    region: 'us-east-1',
    name: 'new-team',
    shows: 'still being created: not probed, and never called closed',
    settings: { status: 'CREATING', endpoint: null, caPem: null, cidrs: [office] },
    wire: 'nothing',
    exposure: 'restricted',
    outcome: 'not-probed',
  },
  {
    cloud: 'eks-connector',
    region: 'us-east-1',
    name: 'on-premises',
    shows: 'registered with the EKS connector, run elsewhere: listed, not judged',
    wire: 'nothing',
    exposure: 'not-applicable',
  },
];

const gke: readonly DemoCluster[] = [
  {
    cloud: 'gke',
    name: 'web',
    shows: 'authorized networks are off, and a role binding from the early days opens discovery',
    settings: { publicAddress: '203.0.113.11', anonymous: 'ENABLED' },
    wire: { answers: 'discovery' },
    exposure: 'exposed',
    outcome: 'discovery-exposed',
  },
  {
    cloud: 'gke',
    name: 'any-google-cloud',
    shows: "a short list, and beside it every address of Google Cloud, any customer's",
    settings: {
      publicAddress: '203.0.113.12',
      anonymous: 'LIMITED',
      networks: { enabled: true, cidrBlocks: [{ cidrBlock: office }], gcpPublicCidrsAccessEnabled: true },
    },
    wire: 'refuses',
    exposure: 'broad',
    outcome: 'closed',
  },
  {
    cloud: 'gke',
    name: 'dns-with-iam',
    shows: 'reached by name from any network, with IAM in front',
    settings: {
      byAddress: false,
      publicAddress: null,
      dns: { endpoint: 'gke-demo1.europe-west1.gke.example', allowExternalTraffic: true },
    },
    wire: { answers: 'gfe', certificate: 'of another authority' },
    exposure: 'broad',
    outcome: 'not-this-cluster',
  },
  {
    cloud: 'gke',
    name: 'dns-with-tokens',
    shows: 'the same, but Kubernetes tokens are taken too: IAM is not the only door',
    settings: {
      byAddress: false,
      publicAddress: null,
      dns: {
        endpoint: 'gke-demo2.europe-west1.gke.example',
        allowExternalTraffic: true,
        enableK8sTokensViaDns: true,
      },
    },
    wire: { resolvesTo: [] },
    exposure: 'exposed',
    outcome: 'unresolved',
  },
  {
    cloud: 'gke',
    name: 'nobody-listed',
    shows: 'a list that is on and empty admits nobody: the opposite of off',
    settings: {
      publicAddress: '203.0.113.13',
      networks: { enabled: true, gcpPublicCidrsAccessEnabled: false },
    },
    wire: 'drops packets',
    exposure: 'restricted',
    outcome: 'filtered',
  },
  {
    cloud: 'gke',
    name: 'busy',
    shows: 'too busy to answer our questions: inconclusive, not fine',
    settings: { publicAddress: '203.0.113.14', anonymous: 'ENABLED' },
    wire: { answers: 'overloaded' },
    exposure: 'exposed',
    outcome: 'inconclusive',
  },
  {
    cloud: 'gke',
    name: 'inner',
    shows: 'a private control plane',
    settings: { publicAddress: null, privateAddress: '10.30.0.2' },
    wire: 'nothing',
    exposure: 'private',
    outcome: 'not-probed',
  },
];

const aks: readonly DemoCluster[] = [
  {
    cloud: 'aks',
    name: 'crm',
    shows: 'open to the internet; anonymous requests get nothing, as AKS has it',
    settings: {},
    wire: { answers: 'anonymous-disabled' },
    exposure: 'exposed',
    outcome: 'anonymous-disabled',
  },
  {
    cloud: 'aks',
    name: 'vault',
    shows: 'private, yet "run command" reaches it from anywhere through Azure',
    settings: {
      apiServerAccessProfile: { enablePrivateCluster: true },
      fqdn: undefined,
      privateFQDN: 'vault.priv.example',
    },
    wire: 'nothing',
    exposure: 'private',
    outcome: 'not-probed',
  },
  {
    cloud: 'aks',
    name: 'nightly',
    shows: 'stopped, but set to be open: it will be when it starts',
    settings: { powerState: { code: 'Stopped' } },
    wire: 'nothing',
    exposure: 'exposed',
    outcome: 'not-probed',
  },
  {
    cloud: 'aks',
    name: 'all-of-azure',
    shows: 'the list holds a service tag that stands for every Azure tenant',
    settings: { apiServerAccessProfile: { authorizedIPRanges: ['AzureCloud', office] } },
    wire: 'drops packets',
    exposure: 'broad',
    outcome: 'filtered',
  },
  {
    cloud: 'aks',
    name: 'typing-error',
    shows: 'a list with an entry that cannot be read: unknown, not small',
    settings: { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/33', office] } },
    wire: 'refuses',
    exposure: 'unknown',
    outcome: 'closed',
  },
  {
    cloud: 'aks',
    name: 'moved',
    shows: 'a web server stands where the API server was: not Kubernetes',
    settings: { apiServerAccessProfile: { authorizedIPRanges: [office] } },
    wire: { answers: 'nginx' },
    exposure: 'restricted',
    outcome: 'not-kubernetes',
  },
  {
    cloud: 'aks',
    name: 'gone',
    shows: 'a name without an address',
    settings: { apiServerAccessProfile: { authorizedIPRanges: [office] } },
    wire: { resolvesTo: [] },
    exposure: 'restricted',
    outcome: 'unresolved',
  },
];

export const demoClusters: readonly DemoCluster[] = [...eks, ...gke, ...aks];
