import { defineCheck } from '../model/check.ts';
import { updateCluster } from './lib/commands.ts';
import { publicEndpoint, whyUnread } from './lib/settings.ts';

/**
 * Where the public endpoint is closed there is nothing for a private one to take over: a GKE cluster whose access by address is
 * off has its DNS endpoint alone, which CIS GKE 2.0, 5.6.4, takes as well as a private one. With settings that could not be
 * read, a missing private endpoint is no fact either.
 */
export const noPrivateEndpoint = defineCheck(
  {
    id: 'no-private-endpoint',
    subject: 'cluster',
    severity: 'low',
    title: 'No private endpoint',
    rationale:
      'Nodes and operators reach the API server over its public address only. The public endpoint then cannot be closed ' +
      'without cutting them off, and the allow-list has to hold their egress addresses. A GKE cluster that is reached by ' +
      'its DNS endpoint alone, with access by address off, needs no private endpoint.',
    messages: {
      none: 'The API server has a public endpoint and no private one.',
      unread: 'Whether there is a private endpoint could not be read: {reason}.',
    },
    remediation: {
      eks: {
        summary: 'Turn on private access; public access can stay on while clients move over.',
        commands: [updateCluster('eks', '--resources-vpc-config endpointPrivateAccess=true')],
      },
      gke: {
        summary:
          'Old clusters gain no private endpoint in place: move clients to the DNS endpoint, which IAM guards, and close ' +
          'the IP endpoint once nobody uses it; or build the cluster anew.',
        commands: [updateCluster('gke', '--enable-dns-access'), updateCluster('gke', '--no-enable-ip-access')],
      },
      aks: {
        summary:
          'Turn on API Server VNet Integration. It cannot be undone and needs a restart of the cluster at once; read the ' +
          'guide first.',
        commands: [updateCluster('aks', '--enable-apiserver-vnet-integration --apiserver-subnet-id <subnet-id>')],
      },
    },
    references: [
      'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
      'https://learn.microsoft.com/azure/aks/api-server-vnet-integration',
    ],
  },
  (subject) => {
    const endpoint = publicEndpoint(subject);
    if (endpoint === undefined) return { status: 'not-applicable' };
    if (subject.judged.endpoints.some(({ role }) => role === 'private')) return { status: 'pass' };
    if (endpoint.access.kind === 'closed') return { status: 'not-applicable' };
    return endpoint.access.kind === 'unknown'
      ? { status: 'unknown', message: 'unread', values: { reason: whyUnread(subject, endpoint) } }
      : { status: 'fail', message: 'none' };
  },
);
