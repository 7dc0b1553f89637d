import { defineCheck } from '../model/check.ts';
import { admitOwnRanges, closeDnsEndpoint, closePublicEndpoint, guardSelfManaged } from './lib/commands.ts';
import { conclusion, dialled, whyUnread } from './lib/settings.ts';

const summary = 'Admit the ranges that your people and machines come from, or take the endpoint off the internet.';

/**
 * Settings decide for a public endpoint, whether or not it was probed. Where settings and wire disagree, or the conclusion
 * is unknown, a pass would lean on a setting that the wire has put in doubt.
 */
export const openEndpoint = defineCheck(
  {
    id: 'open-endpoint',
    subject: 'endpoint',
    severity: 'high',
    title: 'API server open to the internet',
    rationale:
      'Whoever can connect can try stolen credentials, and can use every flaw that comes before authentication, from ' +
      'any place on earth. With the network closed to strangers, one leaked kubeconfig is no longer enough.',
    messages: {
      answered: 'The settings let every address on the internet connect, and the API server answered at {address}.',
      open: 'The settings let every address on the internet connect.',
      reached:
        'The API server answered us at {address} from outside, and no settings say whom else the network in front lets in.',
      exposed: 'Anyone on the internet can reach this endpoint: {reason}.',
      unread: 'Who may connect could not be read: {reason}.',
      doubtful: 'The settings do not open this endpoint, but they cannot be relied upon here: {reason}.',
    },
    remediation: {
      eks: { summary, commands: [admitOwnRanges.eks, closePublicEndpoint.eks] },
      gke: {
        summary: `${summary} Authorized networks do not guard the DNS endpoint: it has a switch of its own, the last one.`,
        commands: [admitOwnRanges.gke, closePublicEndpoint.gke, closeDnsEndpoint],
      },
      aks: {
        summary: `${summary} A cluster becomes private in place only with API Server VNet Integration.`,
        commands: [admitOwnRanges.aks, closePublicEndpoint.aks],
      },
      kubeconfig: {
        summary:
          'Let the firewall in front of the control plane admit the nodes and the ranges that your people come from, and ' +
          'nobody else; with a load balancer in front, limit it there.',
        commands: guardSelfManaged,
      },
    },
    references: [
      'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
      'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    ],
  },
  (subject) => {
    const { access, confirmed, exposure, role } = subject.endpoint;
    if (subject.cluster.provider === 'kubeconfig' && exposure === 'exposed') {
      return { status: 'fail', message: 'reached', values: { address: dialled(subject) } };
    }
    if (role === 'public' && access.kind === 'open') {
      return confirmed
        ? { status: 'fail', message: 'answered', values: { address: dialled(subject) } }
        : { status: 'fail', message: 'open' };
    }
    if (exposure === 'exposed') return { status: 'fail', message: 'exposed', values: { reason: conclusion(subject) } };
    if (role === 'private') return { status: 'not-applicable' };
    if (access.kind === 'unknown') {
      return { status: 'unknown', message: 'unread', values: { reason: whyUnread(subject, subject.endpoint) } };
    }
    return exposure === 'contradiction' || exposure === 'unknown'
      ? { status: 'unknown', message: 'doubtful', values: { reason: conclusion(subject) } }
      : { status: 'pass' };
  },
);
