import { defineCheck } from '../model/check.ts';
import type { EndpointSubject } from '../model/check.ts';
import { admitOwnRanges, deleteBinding, unbindAnonymous } from './lib/commands.ts';
import { judgeRung, unclear } from './lib/ladder.ts';
import { listed } from './lib/wording.ts';

/** Decided by named objects that do not exist: "not found" is only said to those who may read them, so nothing is disclosed. */
export const adminExposed = defineCheck(
  {
    id: 'admin-exposed',
    subject: 'endpoint',
    severity: 'critical',
    title: 'Cluster open to takeover without credentials',
    rationale:
      'Reading secrets or cluster role bindings is a right of administrators, and here everyone who can connect has it. ' +
      'Secrets hold the tokens of service accounts, so reading them is as good as running the cluster. Clusters in this ' +
      'state are searched for and taken over by automated campaigns.',
    messages: {
      exposed: 'A request without credentials was allowed to read {what}.',
      unclear,
    },
    remediation: unbindAnonymous(
      'Close the network first, remove the binding, then treat the cluster as taken over: look for bindings and daemon ' +
        'sets that nobody knows, and rotate every secret.',
      [
        ...deleteBinding,
        'kubectl get clusterrolebindings --sort-by .metadata.creationTimestamp',
        'kubectl get daemonsets --all-namespaces --sort-by .metadata.creationTimestamp',
      ],
      admitOwnRanges,
    ),
    references: [
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
      'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    ],
    needsProbe: true,
  },
  (subject) =>
    judgeRung(subject, 'admin', () => ({ status: 'fail', message: 'exposed', values: { what: whatWasRead(subject) } })),
);

const objects = [
  { path: '/secrets/', words: 'secrets in kube-system' },
  { path: '/clusterrolebindings/', words: 'cluster role bindings' },
];

/** Named by the requests that were let through, which is 404 for the random names that we ask for. */
function whatWasRead({ probe }: EndpointSubject): string {
  const requests = probe?.result.requests ?? [];
  const read = objects.filter(({ path }) =>
    requests.some((request) => request.path.includes(path) && (request.status === 404 || request.status === 200)),
  );
  return listed((read.length > 0 ? read : objects).map(({ words }) => words));
}
