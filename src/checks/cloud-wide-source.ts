import { defineCheck } from '../model/check.ts';
import { admitOwnRanges, updateCluster } from './lib/commands.ts';
import { whyUnread } from './lib/settings.ts';
import { clause, listed } from './lib/wording.ts';

export const cloudWideSource = defineCheck(
  {
    id: 'cloud-wide-source',
    subject: 'endpoint',
    severity: 'high',
    title: 'Allow-list admits a whole cloud',
    rationale:
      'Anyone can rent a machine in a public cloud within minutes, so a source that stands for all of one keeps nobody ' +
      'out. Such a source does not show among the ranges, and the list looks far tighter than it is.',
    messages: {
      'google-cloud': 'The list admits every public address of Google Cloud, whoever rents the machine behind it.',
      'service-tag':
        'The list admits {tags}: all addresses that Azure counts to it, which can be machines of any tenant.',
      'google-cloud-unknown': 'Whether addresses of Google Cloud are admitted beside the list is not known: {reason}.',
      unread: 'Who may connect could not be read: {reason}.',
    },
    remediation: {
      gke: {
        summary: 'Shut out Google Cloud addresses that are not on the list; add your own egress addresses there first.',
        commands: [updateCluster('gke', '--no-enable-google-cloud-access')],
      },
      aks: {
        summary: 'Replace the service tag by the egress addresses of the services that need the API server.',
        commands: [admitOwnRanges.aks],
      },
    },
    references: [
      'https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks',
      'https://learn.microsoft.com/azure/aks/api-server-service-tags',
      'https://learn.microsoft.com/azure/virtual-network/service-tags-overview',
    ],
  },
  (subject) => {
    const { access, role } = subject.endpoint;
    if (role !== 'public') return { status: 'not-applicable' };
    if (access.kind === 'unknown') {
      return { status: 'unknown', message: 'unread', values: { reason: whyUnread(subject, subject.endpoint) } };
    }
    // An open endpoint admits everyone anyway, and a closed one nobody: there is no list that a source could widen.
    if (access.kind !== 'allow-list') return { status: 'not-applicable' };
    const admits = access.admits ?? [];
    if (admits.includes('google-cloud')) return { status: 'fail', message: 'google-cloud' };
    if (admits.length > 0) {
      return { status: 'fail', message: 'service-tag', values: { tags: listed(admits.map(titled)) } };
    }
    const path = subject.judged.otherPaths.find(({ kind }) => kind === 'gke-google-cloud-addresses');
    return path?.state === 'unknown'
      ? { status: 'unknown', message: 'google-cloud-unknown', values: { reason: clause(path.reason) } }
      : { status: 'pass' };
  },
);

function titled(source: string): string {
  return source.replace(/^azure-service-tag:/, 'the service tag ');
}
