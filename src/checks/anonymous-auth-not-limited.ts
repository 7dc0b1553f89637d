import { defineCheck } from '../model/check.ts';
import { limitAnonymous } from './lib/commands.ts';
import { clause } from './lib/wording.ts';

/** Read from the settings alone; what a request without credentials really gets is `anonymous-access-wide`. */
export const anonymousAuthNotLimited = defineCheck(
  {
    id: 'anonymous-auth-not-limited',
    subject: 'cluster',
    severity: 'low',
    title: 'Anonymous requests not limited to health paths',
    rationale:
      'While anonymous authentication is not limited, role bindings alone stand between a request without credentials and ' +
      'the cluster, and one careless binding opens it to everyone who can connect. Limited, the API server refuses such ' +
      'requests before it looks at any binding.',
    messages: {
      enabled: 'The cluster takes in anonymous requests on every path: {reason}.',
      unknown: 'Whether anonymous requests are limited is not known: {reason}.',
    },
    remediation: {
      gke: {
        summary: 'Limit anonymous requests to the health paths; make sure first that no client relies on more.',
        commands: [limitAnonymous],
      },
    },
    references: [
      'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
      'https://cloud.google.com/sdk/gcloud/reference/container/clusters/update',
    ],
  },
  ({ cluster }) => {
    const { documented, reason } = cluster.anonymous;
    const values = { reason: clause(reason) };
    if (documented === 'public-info') return { status: 'fail', message: 'enabled', values };
    return documented === 'unknown' ? { status: 'unknown', message: 'unknown', values } : { status: 'pass' };
  },
);
