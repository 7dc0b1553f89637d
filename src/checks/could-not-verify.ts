import { defineCheck } from '../model/check.ts';
import { askSelfManaged, verify } from './lib/commands.ts';
import { conclusion, dialled, lastLook } from './lib/settings.ts';
import { clause } from './lib/wording.ts';

/** Decided by the conclusion and by who answered, so it speaks with the probe off too. A stopped cluster has nothing to verify. */
export const couldNotVerify = defineCheck(
  {
    id: 'could-not-verify',
    subject: 'endpoint',
    severity: 'medium',
    title: 'Public endpoint that could not be judged',
    rationale:
      'For this endpoint nobody can say who gets in: the settings were not readable, or the answers on the wire did not fit ' +
      'them. Until that is cleared up it may be as open as any other, and it must not be counted as safe.',
    messages: {
      stranger: 'What answers at {address} is not the API server of this cluster: {detail}.',
      unknown: 'The exposure of this endpoint is not known: {reason}.',
    },
    remediation: {
      ...verify('Read the settings and ask the endpoint once more; if the doubt stays, look at it by hand.'),
      kubeconfig: {
        summary:
          'Make sure that the kubeconfig is current, and ask the endpoint once more from a network that may reach it.',
        commands: ['kubectl --context {name} cluster-info', askSelfManaged],
      },
    },
    references: [
      'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
      'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    ],
  },
  (subject) => {
    const { cluster, endpoint } = subject;
    if (endpoint.role !== 'public' || cluster.state === 'stopped') return { status: 'not-applicable' };
    const look = lastLook(subject);
    if (look?.identity.peer === 'other') {
      const values = { address: dialled(subject), detail: clause(look.detail) };
      return { status: 'fail', message: 'stranger', values };
    }
    return endpoint.exposure === 'unknown'
      ? { status: 'fail', message: 'unknown', values: { reason: conclusion(subject) } }
      : { status: 'pass' };
  },
);
