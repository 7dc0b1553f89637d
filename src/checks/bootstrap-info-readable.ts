import { defineCheck } from '../model/check.ts';
import { forEach, signIn } from './lib/commands.ts';

const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

/** kubeadm lets everyone read this one object by design (KEP-4633, story 2): never data exposure. */
export const bootstrapInfoReadable = defineCheck(
  {
    id: 'bootstrap-info-readable',
    subject: 'endpoint',
    severity: 'info',
    title: 'Bootstrap information given to everyone',
    rationale:
      'Clusters made by kubeadm publish their CA and address, so that new nodes can find out whom to trust. It holds no secret, but ' +
      'it tells strangers that this is a cluster and how it calls itself.',
    messages: {
      readable: 'A request without credentials was given kube-public/cluster-info.',
      unclear: 'Whether kube-public/cluster-info is given to requests without credentials was not answered.',
    },
    remediation: forEach((provider) => ({
      summary: 'Where no node joins by a token any more, take the binding away; new nodes need it again.',
      commands: [
        signIn[provider],
        'kubectl --namespace kube-public get rolebindings --output wide',
        'kubectl --namespace kube-public delete rolebinding <binding-name>',
      ],
    })),
    references: [
      'https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/',
      'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
    ],
    needsProbe: true,
  },
  (subject) => {
    const look = subject.probe?.result;
    const isReadable = look?.anonymous?.bootstrap;
    if (isReadable !== undefined) return isReadable ? { status: 'fail', message: 'readable' } : { status: 'pass' };
    const wasAsked = look?.requests.some((request) => request.path === path) === true;
    return wasAsked ? { status: 'unknown', message: 'unclear' } : { status: 'not-applicable' };
  },
);
