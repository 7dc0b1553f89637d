import { defineCheck } from '../model/check.ts';
import { admitOwnRanges } from './lib/commands.ts';
import { judgeRung, unclear } from './lib/ladder.ts';

const summary = 'No setting turns these paths off; only fewer admitted addresses hide them.';

/** Where nothing is documented to answer, an answer is `anonymous-access-wide`; where no promise is made, there is no yardstick. */
export const healthPathsAnswered = defineCheck(
  {
    id: 'health-paths-answered',
    subject: 'endpoint',
    severity: 'info',
    title: 'Health paths answer without credentials',
    rationale:
      'The platform documents that load balancers and monitors may ask the health paths without credentials. They tell ' +
      'that an API server is here and whether it is well, nothing else.',
    messages: {
      answered: 'The health paths answer without credentials, as the platform documents.',
      unclear,
    },
    remediation: {
      eks: { summary, commands: [admitOwnRanges.eks] },
      gke: { summary, commands: [admitOwnRanges.gke] },
    },
    references: [
      'https://kubernetes.io/docs/reference/using-api/health-checks/',
      'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html',
    ],
    needsProbe: true,
  },
  (subject) => {
    const { documented } = subject.cluster.anonymous;
    if (documented !== 'health-only' && documented !== 'public-info') return { status: 'not-applicable' };
    return judgeRung(subject, 'health', () => ({ status: 'fail', message: 'answered' }));
  },
);
