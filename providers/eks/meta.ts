import { cut, visible } from '../../src/lib/text.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { ProviderMeta, ScanTarget } from '../../src/model/provider.ts';

export const meta: ProviderMeta = {
  id: 'eks',
  title: 'Amazon EKS',
  cloud: 'aws',
  accountWord: 'account',
  locationWord: 'region',
  permissions: [
    { name: 'eks:ListClusters', why: 'lists the clusters of a region, registered external ones too' },
    {
      name: 'eks:DescribeCluster',
      why: 'reads how an API server may be reached, and its certificate authority',
      without: 'the cluster is a row of which nothing is known',
    },
    {
      name: 'account:ListRegions',
      why: 'lists the regions that are enabled for the account',
      without: 'only the configured region is scanned, unless regions are named',
    },
    {
      name: 'sts:GetCallerIdentity',
      why: 'names the account where no cluster does; AWS allows it to everyone',
      without: 'the account is shown as unknown where no cluster could be described',
    },
    {
      name: 'eks:ListCapabilities',
      why: 'lists the EKS capabilities of a cluster, one call a cluster',
      without: 'whether a hosted Argo CD leads into the cluster stays unknown',
      deep: true,
    },
    {
      name: 'eks:DescribeCapability',
      why: 'reads where a hosted Argo CD is reached and who has a role in it, one call each',
      without: 'whether that Argo CD is reached from the internet stays unknown',
      deep: true,
    },
  ],
  notSeen: [
    'the hosted EKS MCP server, which passes requests on to API servers',
    'security groups, peered networks and transit gateways in front of private endpoints',
    'jump hosts, VPNs, proxies and tunnels into the clusters’ networks',
  ],
  seenDeep: ['EKS capabilities, such as a hosted Argo CD, which have addresses of their own'],
  signIn: 'run `aws sso login`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  calls,
  // The user guide gives no time; an access change is an update of the cluster, and that is a state which we wait for.
  settlingSeconds: 10,
  logQuery,
};

function calls({ accounts, locations, deep = false }: ScanTarget): readonly string[] {
  const regions = locations.length > 0 ? locations.join(', ') : 'each enabled region';
  return [
    ...(locations.length > 0 ? [] : ['account:ListRegions (ENABLED, ENABLED_BY_DEFAULT), 50 a page']),
    `eks:ListClusters (include all) in ${regions}, 100 a page`,
    'eks:DescribeCluster, once for each cluster, ten at a time in a region; again before a contradiction is called',
    // Two profiles may reach one account, which is then listed once.
    `sts:GetCallerIdentity, once for ${accounts.length > 1 ? 'each profile' : 'an account where no cluster could be described'}`,
    ...(deep
      ? [
          'eks:ListCapabilities, once for each cluster, three at a time in a region',
          'eks:DescribeCapability, once for each capability that may have an address',
        ]
      : []),
  ];
}

/**
 * CloudWatch Logs Insights takes its log group beside the query, so the group stands in a comment.
 * Source: EKS user guide, control plane logs (group `/aws/eks/<name>/cluster`, streams `kube-apiserver-audit-…`).
 */
function logQuery({ name, location }: Cluster, auditId: string): string {
  return [
    `# CloudWatch Logs Insights, region ${location}, log group /aws/eks/${visible(cut(name, 128))}/cluster`,
    'fields @timestamp, verb, requestURI, responseStatus.code, user.username, sourceIPs.0, userAgent',
    `| filter @logStream like "kube-apiserver-audit" and auditID = ${JSON.stringify(auditId)}`,
    '| sort @timestamp asc',
  ].join('\n');
}
