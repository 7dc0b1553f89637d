import { defineCheck } from '../model/check.ts';
import { unbindAnonymous } from './lib/commands.ts';
import { judgeRung, unclear } from './lib/ladder.ts';

export const discoveryExposed = defineCheck(
  {
    id: 'discovery-exposed',
    subject: 'endpoint',
    severity: 'medium',
    title: 'API groups listed without credentials',
    rationale:
      'The list of API groups names the operators and products that run in the cluster, and with them where to look for ' +
      'flaws. Kubernetes granted it to everyone before version 1.14, and clusters born then keep the grant through every ' +
      'upgrade.',
    messages: {
      exposed: 'A request without credentials was given the list of API groups.',
      unclear,
    },
    remediation: unbindAnonymous(
      'Take system:unauthenticated out of the bindings of system:discovery and system:basic-user.',
      ['kubectl edit clusterrolebinding system:discovery system:basic-user'],
    ),
    references: [
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles',
      'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests',
    ],
    needsProbe: true,
  },
  (subject) => judgeRung(subject, 'discovery', () => ({ status: 'fail', message: 'exposed' })),
);
