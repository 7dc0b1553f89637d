/** One option of a command; also a key of the configuration file, by the same name. */
export interface OptionSpec {
  readonly long: string;
  /** The heading that it stands under in the usage. */
  readonly group: string;
  /** What stands for the value in the usage; absent for a switch. */
  readonly value?: string;
  /** The option may stand without its value. */
  readonly valueIsOptional?: true;
  readonly repeatable?: true;
  readonly help: string;
}

function grouped(group: string, specs: readonly Omit<OptionSpec, 'group'>[]): readonly OptionSpec[] {
  return specs.map((spec) => ({ ...spec, group }));
}

/** What the commands share that judge: what to write, and what makes them fail. */
export const outputOptions: readonly OptionSpec[] = grouped('Report', [
  { long: 'format', value: 'text|json|html', repeatable: true, help: 'write this format (default: text, to stdout)' },
  {
    long: 'output',
    value: 'path',
    repeatable: true,
    help: 'write to this file; the nth belongs to the nth format, one for several formats is a folder',
  },
  {
    long: 'fail-on',
    value: 'severity|none',
    help: 'exit 1 on a finding of this severity (critical, high, medium, low, info) or worse (default: high)',
  },
  { long: 'allow-partial', help: 'exit 0, not 3, where not everything could be told' },
]);

const evidenceOption = (help: string): readonly OptionSpec[] =>
  grouped('Report', [{ long: 'save-evidence', value: 'file', help }]);

const vantageOptions = grouped('Where you stand', [
  { long: 'vantage', value: 'name', help: 'call this place so in the report (default: the host name)' },
  { long: 'inside', help: 'you stand inside the network: private addresses may be dialled, answers prove no exposure' },
  {
    long: 'vantage-address',
    value: 'ip|auto',
    repeatable: true,
    help: 'a public address that you appear as, needed behind NAT; auto asks a service on the internet',
  },
  {
    long: 'vantage-address-service',
    value: 'url',
    help: 'the service that auto asks (default: https://checkip.amazonaws.com/)',
  },
  {
    long: 'vantage-cloud',
    value: 'aws|gcp|azure|none',
    help: "the cloud that you stand in (default: by this machine's firmware tables)",
  },
  {
    long: 'connect-to',
    value: 'host:port:addr:port',
    repeatable: true,
    help: 'for this host and port dial that address and port, as with curl',
  },
  {
    long: 'resolver',
    value: 'address[:port]',
    repeatable: true,
    help: "ask this DNS server for the endpoints' names (default: the machine's)",
  },
]);

const probeGroup = 'What to probe';

const sharedProbeOptions = grouped(probeGroup, [
  { long: 'exclude', value: 'glob', repeatable: true, help: 'send no probe to clusters of this id or name' },
  { long: 'no-tls-posture', help: 'make no further TLS handshakes: versions, suites and key strength are not checked' },
  { long: 'bootstrap-info', help: 'also ask for kube-public/cluster-info, which kubeadm gives to everyone' },
  { long: 'yes', help: 'the hosts in the kubeconfig are yours: probe them without asking' },
]);

const runOptions = grouped('Run', [
  {
    long: 'confirm-after',
    value: 'seconds',
    help: 'wait at least so long before the second look at a contradiction (default: 130 for AKS, 10 for others)',
  },
  { long: 'timeout', value: 'seconds', help: 'end the run after so long; what was covered is reported' },
  {
    long: 'config',
    value: 'file',
    help: 'read options from this file (default: kubeperimeter.yaml in the working folder, where present)',
  },
]);

export const scanOptions: readonly OptionSpec[] = [
  ...grouped('What to read', [
    {
      long: 'provider',
      value: 'eks|gke|aks|kubeconfig',
      repeatable: true,
      help: 'scan this provider (default: every cloud whose credentials are found)',
    },
    {
      long: 'aws-region',
      value: 'name',
      repeatable: true,
      help: 'scan this region (default: every region that is enabled for the account)',
    },
    {
      long: 'aws-profile',
      value: 'name',
      repeatable: true,
      help: "scan this profile's account (default: the credential chain's)",
    },
    {
      long: 'gcp-project',
      value: 'id',
      repeatable: true,
      help: 'scan this project (default: what the credentials name, else all that they can list)',
    },
    {
      long: 'azure-subscription',
      value: 'id',
      repeatable: true,
      help: 'scan this subscription (default: all that the credentials can list)',
    },
    {
      long: 'kubeconfig',
      value: 'file',
      help: 'scan self-managed clusters of this file (with --provider kubeconfig, default: as kubectl)',
    },
    {
      long: 'context',
      value: 'name',
      repeatable: true,
      help: 'this context of the kubeconfig (default: its current one)',
    },
    { long: 'deep', help: 'also read other ways in, by one or two more calls a cluster and with more permissions' },
  ]),
  ...grouped(probeGroup, [{ long: 'no-probe', help: 'read settings only, connect to no API server' }]),
  ...sharedProbeOptions,
  ...grouped(probeGroup, [
    {
      long: 'ports',
      value: 'list',
      valueIsOptional: true,
      help: 'also try other ports on the hosts in the kubeconfig (default: a fixed list)',
    },
  ]),
  ...vantageOptions,
  ...outputOptions,
  ...evidenceOption('write all that was collected, for the commands report, probe and merge'),
  ...runOptions,
  ...grouped('Run', [{ long: 'dry-run', help: 'print what would be called and sent, and contact nothing' }]),
];

export const probeOptions: readonly OptionSpec[] = [
  ...sharedProbeOptions,
  ...vantageOptions,
  ...grouped('Evidence', [
    { long: 'save-evidence', value: 'file', help: 'write the evidence here (default: to stdout)' },
  ]),
  ...runOptions,
];

export const mergeOptions: readonly OptionSpec[] = [
  ...outputOptions,
  ...evidenceOption('write the merged evidence; without a --format nothing is judged then'),
];

/** Keys of the configuration file that are no options: sizes that a team sets once. */
export const configOnlyKeys: readonly OptionSpec[] = grouped('Sizes', [
  { long: 'broad-ipv4-addresses', value: 'count', help: 'a list of more IPv4 addresses is broad (default: 65536)' },
  {
    long: 'broad-ipv6-prefix',
    value: 'length',
    help: 'a list of more than one such IPv6 network is broad (default: 32)',
  },
]);
