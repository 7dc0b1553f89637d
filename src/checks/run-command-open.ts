import { defineCheck } from '../model/check.ts';
import { updateCluster } from './lib/commands.ts';
import { publicEndpoint, whyUnread } from './lib/settings.ts';
import { clause } from './lib/wording.ts';

/** On a public cluster the command adds no new way in from the network; on a private one it is a way around the network. */
export const runCommandOpen = defineCheck(
  {
    id: 'run-command-open',
    subject: 'cluster',
    severity: 'high',
    title: 'Run command reaches into a private cluster',
    rationale:
      'Run command starts a pod that holds cluster credentials and is ordered over Azure Resource Manager, which anyone ' +
      'can reach. An Azure identity with that one action thus gets past the private network that was to protect the API ' +
      'server.',
    messages: {
      open: 'The API server is private, and run command lets Azure identities act in the cluster from any network.',
      'path-unknown': 'Whether run command is off is not known: {reason}.',
      'access-unknown': 'Run command is on; whether this cluster is private could not be read: {reason}.',
    },
    remediation: {
      aks: {
        summary: 'Turn run command off; pipelines that use it need another way into the network.',
        commands: [updateCluster('aks', '--disable-run-command')],
      },
    },
    references: [
      'https://learn.microsoft.com/azure/aks/access-private-cluster',
      'https://learn.microsoft.com/azure/aks/private-clusters',
    ],
  },
  (subject) => {
    const endpoint = publicEndpoint(subject);
    const path = subject.judged.otherPaths.find(({ kind }) => kind === 'aks-run-command');
    if (endpoint === undefined || endpoint.access.kind === 'open' || endpoint.access.kind === 'allow-list') {
      return { status: 'not-applicable' };
    }
    if (path?.state === 'closed') return { status: 'pass' };
    if (path?.state !== 'open') {
      const reason = path === undefined ? whyUnread(subject, endpoint) : clause(path.reason);
      return { status: 'unknown', message: 'path-unknown', values: { reason } };
    }
    return endpoint.access.kind === 'unknown'
      ? { status: 'unknown', message: 'access-unknown', values: { reason: whyUnread(subject, endpoint) } }
      : { status: 'fail', message: 'open' };
  },
);
