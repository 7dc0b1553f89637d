import { defineCheck } from '../model/check.ts';
import { compareAnonymous } from '../model/anonymous.ts';
import { deleteBinding, unbindAnonymous } from './lib/commands.ts';
import { answerOf, doubt, unclear } from './lib/ladder.ts';
import { clause } from './lib/wording.ts';

const narrower = 'less than the platform documents: it was narrowed by hand, or the platform has changed';

/** Compares with what the platform documents; where it promises nothing there is nothing to compare. Less than that is no fault. */
export const anonymousAccessWide = defineCheck(
  {
    id: 'anonymous-access-wide',
    subject: 'endpoint',
    severity: 'medium',
    title: 'Anonymous access wider than documented',
    rationale:
      'Managed platforms say what a request without credentials gets. More than that means that someone widened it, that ' +
      'an old setting lives on, or that the answer comes from something other than it seems; each is worth a look.',
    messages: {
      granted: 'Requests without credentials got {observed}; the platform documents {expected}: {reason}.',
      'taken-in':
        'Requests without credentials are taken in as system:anonymous; the platform documents {expected}: {reason}.',
      unclear,
    },
    remediation: unbindAnonymous(
      'Remove what was bound to anonymous users; leave system:public-info-viewer, a default of Kubernetes, alone.',
      deleteBinding,
    ),
    references: [
      'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests',
      'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html',
      'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
    ],
    needsProbe: true,
  },
  (subject) => {
    const { documented, reason } = subject.cluster.anonymous;
    const { result } = subject.probe ?? {};
    if (documented === 'unknown' || result === undefined) return { status: 'not-applicable' };
    const compared = compareAnonymous(documented, result);
    // No API server answered: a doubt where the settings let us in, whatever the rung.
    const isOpenQuestion = compared === undefined && answerOf(subject, 'version') === 'unclear';
    if (isOpenQuestion || compared?.difference === 'unclear') return doubt(subject);
    if (compared === undefined) return { status: 'not-applicable' };
    const { expected, observed, difference } = compared;
    if (difference === 'none') return { status: 'pass' };
    const evidence = { expected, observed, difference, source: reason };
    if (difference === 'narrower') return { status: 'pass', evidence: { ...evidence, note: narrower } };
    const values = { expected, observed, reason: clause(reason) };
    return { status: 'fail', message: difference === 'wider' ? 'granted' : 'taken-in', values, evidence };
  },
);
