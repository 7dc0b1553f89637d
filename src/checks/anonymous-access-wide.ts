import { defineCheck } from '../model/check.ts';
import type { EndpointSubject } from '../model/check.ts';
import type { DocumentedAnonymous } from '../model/cluster.ts';
import { deleteBinding, unbindAnonymous } from './lib/commands.ts';
import { answerOf, doubt, unclear } from './lib/ladder.ts';
import type { Rung } from './lib/ladder.ts';
import { clause } from './lib/wording.ts';

/** From narrow to wide; the place in the list is what is compared. */
const widths = [
  { words: 'no access at all' },
  { words: 'the health paths', rung: 'health' },
  { words: 'the version', rung: 'version' },
  { words: 'the list of API groups', rung: 'discovery' },
  { words: 'objects such as pods', rung: 'data' },
  { words: 'secrets or cluster role bindings', rung: 'admin' },
] as const satisfies readonly { words: string; rung?: Rung }[];

const rungs = widths.flatMap((width) => ('rung' in width ? [width.rung] : []));

const documentedWidth: Readonly<Record<DocumentedAnonymous, number | undefined>> = {
  disabled: 0,
  'health-only': 1,
  'public-info': 2,
  unknown: undefined,
};

/**
 * Compares with what the platform documents; where it promises nothing there is nothing to compare. A 403 that names
 * `system:anonymous` is wider than "off" or "health paths only" even where nothing was granted: the request was taken in, and
 * role bindings alone stand between it and the cluster.
 */
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
      granted: 'Requests without credentials got {observed}; the platform documents {documented}: {reason}.',
      'taken-in':
        'Requests without credentials are taken in as system:anonymous; the platform documents {documented}: {reason}.',
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
    const most = documentedWidth[documented];
    const answers = rungs.map((rung) => answerOf(subject, rung));
    if (most === undefined || answers.every((answer) => answer === 'not-asked')) return { status: 'not-applicable' };
    const widest = answers.lastIndexOf('granted') + 1;
    const values = { documented: words(most), reason: clause(reason) };
    if (widest > most) return { status: 'fail', message: 'granted', values: { ...values, observed: words(widest) } };
    if (most < 2 && isTakenIn(subject)) return { status: 'fail', message: 'taken-in', values };
    return answers.includes('unclear') ? doubt(subject) : { status: 'pass' };
  },
);

function words(width: number): string {
  return widths[width]?.words ?? '';
}

function isTakenIn({ probe }: EndpointSubject): boolean {
  return probe?.result.outcome === 'anonymous-forbidden';
}
