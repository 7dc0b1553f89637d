import { defineCheck } from '../model/check.ts';
import { deleteBinding, unbindAnonymous } from './lib/commands.ts';
import { judgeRung, unclear } from './lib/ladder.ts';

/** Decided by a named pod that does not exist: "not found" is only said to those who may read it, so nothing is disclosed. */
export const dataExposed = defineCheck(
  {
    id: 'data-exposed',
    subject: 'endpoint',
    severity: 'high',
    title: 'Cluster objects readable without credentials',
    rationale:
      'A role that reads pods is bound to anonymous users. Pod specifications hold image names, environment variables and ' +
      'often passwords, and everyone who can connect can read them without a trace of who it was.',
    messages: {
      exposed: 'A request without credentials was allowed to read pods in kube-system.',
      unclear,
    },
    remediation: unbindAnonymous(
      'Remove the binding now, then read the audit log for what system:anonymous asked for; rotate what pods carried.',
      deleteBinding,
    ),
    references: [
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
      'https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac',
    ],
    needsProbe: true,
  },
  (subject) => judgeRung(subject, 'data', () => ({ status: 'fail', message: 'exposed' })),
);
