/** One option of `scan`; also a key of the configuration file, by the same name. */
export interface OptionSpec {
  readonly long: string;
  /** What stands for the value in the usage; absent for a switch. */
  readonly value?: string;
  /** The option may stand without its value. */
  readonly valueIsOptional?: true;
  readonly repeatable?: true;
  readonly help: string;
}

/** What `scan` and `report` share: judging and writing. */
export const outputOptions: readonly OptionSpec[] = [
  { long: 'format', value: 'text|json|html', repeatable: true, help: 'report format (default: text to stdout)' },
  { long: 'output', value: 'path', repeatable: true, help: 'file or folder; the nth belongs to the nth format' },
  { long: 'fail-on', value: 'severity|none', help: 'exit 1 on a finding at or above this severity (default: high)' },
  { long: 'allow-partial', help: 'exit 0 although not everything could be told' },
];

/** What `scan` and `probe` share: how to look, and from where. */
const lookOptions: readonly OptionSpec[] = [
  { long: 'no-tls-posture', help: 'no handshakes beside the look: TLS versions, suites and strength are not checked' },
  { long: 'bootstrap-info', help: 'ask also for kube-public/cluster-info, which kubeadm gives to everyone' },
  { long: 'exclude', value: 'cluster glob', repeatable: true, help: 'clusters, by id or name, that get no probe' },
  { long: 'vantage', value: 'name', help: 'a name for where we stand (default: the host name)' },
  { long: 'inside', help: 'we stand inside: private addresses may be dialled' },
  {
    long: 'vantage-address',
    value: 'ip|auto',
    repeatable: true,
    help: 'a public address that we appear as; auto: ask',
  },
  {
    long: 'vantage-address-service',
    value: 'https url',
    help: 'what auto asks (default: https://checkip.amazonaws.com/)',
  },
  { long: 'vantage-cloud', value: 'aws|gcp|azure|none', help: "default: from this machine's firmware tables" },
  { long: 'confirm-after', value: 'seconds', help: 'least time before a second look (default: 130 AKS, 10 others)' },
  {
    long: 'connect-to',
    value: 'host:port:address:port',
    repeatable: true,
    help: 'dial that address for this endpoint',
  },
  { long: 'resolver', value: 'address[:port]', repeatable: true, help: "ask this DNS server for the endpoints' names" },
  { long: 'timeout', value: 'seconds', help: 'for the whole run; then as an interrupt' },
];

const configOption: OptionSpec = {
  long: 'config',
  value: 'file',
  help: 'default: kubeperimeter.yaml in the working folder, when present',
};

export const scanOptions: readonly OptionSpec[] = [
  {
    long: 'provider',
    value: 'eks|gke|aks|kubeconfig',
    repeatable: true,
    help: 'default: every cloud whose credentials are found',
  },
  { long: 'aws-region', value: 'name', repeatable: true, help: 'default: every region enabled for the account' },
  { long: 'aws-profile', value: 'name', repeatable: true, help: 'default: the credential chain' },
  { long: 'gcp-project', value: 'id', repeatable: true, help: 'default: what the credentials name or can list' },
  { long: 'azure-subscription', value: 'id', repeatable: true, help: 'default: every subscription that is listed' },
  { long: 'kubeconfig', value: 'file', help: 'clusters of your own (default: as kubectl, with --provider kubeconfig)' },
  { long: 'context', value: 'name', repeatable: true, help: 'of the kubeconfig (default: its current one)' },
  { long: 'yes', help: 'the hosts in the kubeconfig are ours: probe them without asking' },
  {
    long: 'ports',
    value: 'list',
    valueIsOptional: true,
    help: 'also try other ports on the hosts in the kubeconfig (default: all known ones)',
  },
  { long: 'no-probe', help: 'read the settings only, connect to no API server' },
  { long: 'deep', help: 'also read the other ways in that cost one or two calls a cluster; needs more permissions' },
  ...lookOptions,
  ...outputOptions,
  { long: 'save-evidence', value: 'file', help: 'write all that was collected, for `kubeperimeter report`' },
  configOption,
  { long: 'dry-run', help: 'print the calls and requests that a scan would make, and make none' },
];

export const probeOptions: readonly OptionSpec[] = [
  ...lookOptions,
  { long: 'yes', help: 'the hosts of self-managed clusters are ours: probe them without asking' },
  { long: 'save-evidence', value: 'file', help: 'write the evidence there (default: to stdout)' },
  configOption,
];

export const mergeOptions: readonly OptionSpec[] = [
  ...outputOptions,
  {
    long: 'save-evidence',
    value: 'file',
    help: 'write the merged evidence; without a --format nothing is judged then',
  },
];

/** Keys of the configuration file that are no options: sizes that a team sets once. */
export const configOnlyKeys: readonly OptionSpec[] = [
  { long: 'broad-ipv4-addresses', value: 'count', help: 'a list of more IPv4 addresses is broad (default: 65536)' },
  {
    long: 'broad-ipv6-prefix',
    value: 'length',
    help: 'a list of more than one such IPv6 network is broad (default: 32)',
  },
];
