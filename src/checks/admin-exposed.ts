import { defineCheck } from '../model/check.ts';
import type { EndpointSubject } from '../model/check.ts';
import { admitOwnRanges, deleteBinding, unbindAnonymous } from './lib/commands.ts';
import { doubt, judgeRung, unclear } from './lib/ladder.ts';
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
  (subject) => {
    const values = { what: whatWasRead(subject) };
    const verdict = judgeRung(subject, 'admin', () => ({ status: 'fail', message: 'exposed', values }));
    return verdict.status === 'pass' && isHalfRefused(subject) ? doubt(subject) : verdict;
  },
);

const objects = [
  { path: '/secrets/', words: 'secrets in kube-system' },
  { path: '/clusterrolebindings/', words: 'cluster role bindings' },
];

/** Named by the requests that were let through, which is 404 for the random names that we ask for. */
function whatWasRead(subject: EndpointSubject): string {
  const read = answeredWith(subject, [404, 200]);
  return listed((read.length > 0 ? read : objects).map(({ words }) => words));
}

/** Refused on one kind of object says nothing of the other. Where the server refused on `/` already, neither was asked for. */
function isHalfRefused(subject: EndpointSubject): boolean {
  const wasAsked = subject.probe?.result.anonymous?.admin === false;
  return wasAsked && answeredWith(subject, [401, 403]).length < objects.length;
}

function answeredWith({ probe }: EndpointSubject, statuses: readonly number[]): typeof objects {
  const requests = (probe?.result.requests ?? []).filter(({ status }) => status && statuses.includes(status));
  return objects.filter((object) => requests.some(({ path }) => path.includes(object.path)));
}
