import { cut } from '../lib/text.ts';
import type { Identity, Look, Outcome, ProbeRequest, ProbeTarget, TlsFacts } from '../model/probe.ts';
import { isStale, namesOther, readAnswer, readGitVersion, type Answer } from './answer.ts';
import { readBootstrap } from './bootstrap.ts';
import { assess, type Assessment } from './identity.ts';
import { judgeRights, readRetryAfter, summariseAnonymous } from './ladder.ts';
import { observed, type Facts, type Observation } from './observation.ts';
import type { Run } from './run.ts';
import { pathOf, type Step } from './steps.ts';
import { describeTlsError } from './tls.ts';

/** Who was asked, and how far. */
type Asked = Pick<Run, 'target' | 'look'>;

interface Conclusion {
  readonly outcome: Outcome;
  readonly detail: string;
}

/** What the answers mean, once TLS has shown nothing against the peer. */
export function judgeAnswers(
  all: readonly Answer[],
  asked: Asked,
  facts: Facts & { readonly tls: TlsFacts },
): Observation {
  const settled = all.filter((answer) => !isStale(answer));
  // It stands beside the ladder, and decides nothing of it.
  const answers = settled.filter(({ step }) => step !== 'bootstrap');
  const bootstrap = readBootstrap(settled);
  const { chain, certificate } = facts.tls;
  const hints = { isClusters: chain === 'cluster-ca', names: certificate.names };
  const assessment = assess(answers, asked.target.auditId, hints);
  const { outcome, detail } = conclude(answers, asked, assessment);
  const gitVersion = answers.map((answer) => gitVersionOf(answer)).find((version) => version !== undefined);
  const retryAfter = readRetryAfter(answers);
  const identity: Identity = {
    peer: assessment.isApiServer ? 'this' : 'other',
    ...(assessment.guess === undefined ? {} : { guess: assessment.guess }),
    signals: assessment.signals,
  };
  return observed(outcome, detail, identity, {
    ...facts,
    requests: listRequests(all),
    ...(assessment.isApiServer && {
      anonymous: { ...summariseAnonymous(answers), ...(bootstrap !== undefined && { bootstrap }) },
    }),
    ...(gitVersion === undefined ? {} : { gitVersion }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

function gitVersionOf(answer: Answer): string | undefined {
  if (answer.step !== 'version' || answer.status !== 200) return undefined;
  const version = readGitVersion(answer.json);
  return version === undefined || version === '' ? undefined : cut(version, 64);
}

function listRequests(answers: readonly Answer[]): readonly ProbeRequest[] {
  return answers
    .filter(({ failure }) => failure?.kind !== 'unsent')
    .map(({ step, name, status }) => ({ path: pathOf(step, name), ...(status === undefined ? {} : { status }) }));
}

function conclude(answers: readonly Answer[], { target, look }: Asked, assessment: Assessment): Conclusion {
  const failure = answers[0]?.failure;
  // TLS 1.3 lets a client finish before the server has judged its (missing) certificate: the alert comes with the first read.
  if (failure?.kind === 'tls') return { outcome: 'tls-failed', detail: describeTlsError(failure.code) };
  if (!assessment.isApiServer) return concludeStranger(answers, target, assessment);
  const outcome = judgeRights(answers, look);
  return { outcome, detail: detailOf(outcome, answers, look) };
}

/** Not, or not recognisably, an API server. */
function concludeStranger(answers: readonly Answer[], target: ProbeTarget, { guess }: Assessment): Conclusion {
  const isAnswered = answers.some(({ status }) => status !== undefined);
  if (!isAnswered && guess === undefined) return { outcome: 'inconclusive', detail: explainMissing(answers) };
  if (guess === undefined && answers.some((answer) => readAnswer(answer) === 'busy')) {
    return { outcome: 'inconclusive', detail: explainMissing(answers) };
  }
  if (target.role === 'dns' && target.trust.kind === 'public-roots' && isAnswered) {
    return {
      outcome: 'iam-fronted',
      detail: 'A front door answered, which stands before every cluster; no API server did.',
    };
  }
  const looks = guess === undefined ? 'nothing we know' : guess;
  return { outcome: 'not-kubernetes', detail: `What answered is no Kubernetes API server; it looks like ${looks}.` };
}

function detailOf(outcome: Outcome, answers: readonly Answer[], look: Look): string {
  const [index] = answers;
  if (outcome === 'inconclusive' && look === 'second' && index?.status !== undefined) {
    return `This cluster's API server answered GET / with ${index.status}; a second look asks no more.`;
  }
  if (outcome === 'admin-exposed') return `Requests without credentials may read ${readableRights(answers)}.`;
  return details[outcome] ?? explainMissing(answers);
}

const details: Partial<Record<Outcome, string>> = {
  'anonymous-disabled': 'Requests without credentials are refused on every path that was asked, health included.',
  'anonymous-health-only': 'Requests without credentials get the health paths and nothing else that was asked.',
  'anonymous-forbidden': 'Requests without credentials are admitted as system:anonymous, and refused all that matters.',
  'discovery-exposed': 'Requests without credentials may list the APIs that this cluster serves.',
  'data-exposed': 'Requests without credentials may read pods in kube-system.',
};

const objects: Partial<Record<Step, string>> = {
  pod: 'pods in kube-system',
  secret: 'secrets in kube-system',
  binding: 'cluster role bindings',
};

function readableRights(answers: readonly Answer[]): string {
  return answers
    .filter((answer) => ['granted', 'not-found'].includes(readAnswer(answer)))
    .flatMap(({ step }) => objects[step] ?? [])
    .join(', ');
}

/** Why the answers decide nothing: the first that is not a decision. */
function explainMissing(answers: readonly Answer[]): string {
  const open = answers.find((answer) => ['busy', 'missing', 'foreign'].includes(readAnswer(answer)));
  if (open === undefined && answers.some(namesOther)) {
    return 'Requests without credentials are refused, but not as system:anonymous: something on the way adds credentials.';
  }
  if (open === undefined) return 'Not every planned request was answered.';
  const path = pathOf(open.step, '<random>');
  if (open.status !== undefined) return `GET ${path} was answered with ${open.status}, which decides nothing.`;
  return `${failures[open.failure?.kind ?? 'closed']} GET ${path}.`;
}

const failures: Readonly<Record<NonNullable<Answer['failure']>['kind'], string>> = {
  ended: 'There was no time left for an answer to',
  'too-large': 'Too much came to be read as an answer to',
  unsent: 'No further connection or request was possible to send',
  malformed: 'What came was not HTTP, in answer to',
  closed: 'The peer ended the connection instead of answering',
  stale: 'The peer ended the connection instead of answering',
  tls: 'The peer ended TLS instead of answering',
};
