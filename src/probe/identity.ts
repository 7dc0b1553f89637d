import { isStatusLike, namesAnonymous, parseStatus, readAnswer, readGitVersion, type Answer } from './answer.ts';

/** Who gave the answers, as far as the answers and the certificate tell. */
export interface Assessment {
  readonly isApiServer: boolean;
  readonly guess?: string;
  /** One sentence each, for and against. */
  readonly signals: readonly string[];
}

export interface CertificateHints {
  /** The leaf chains to the cluster's own CA and is valid for the name. */
  readonly isClusters: boolean;
  readonly names: readonly string[];
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

type Signal = readonly [sentence: string, holds: boolean];

/**
 * Scores the answers. Two signals make an API server, at least one of them an answer's: a kubelet may well hold a certificate of
 * the same CA. Each sign of something else takes one away.
 */
export function assess(answers: readonly Answer[], auditId: string, hints: CertificateHints): Assessment {
  const complete = answers.filter(({ status }) => status !== undefined);
  const spoken = answerSignals(complete, auditId).filter(holds);
  const shown = certificateSignals(hints).filter(holds);
  const against = contrarySignals(complete).filter(holds);
  const aggregated = complete.some(isAggregated) && !complete.some(isOfCore);
  // An echoed header or a likely document alone may come from anything that mirrors or proxies.
  const isSpoken = complete.some((answer) => parseStatus(answer) !== undefined) || spoken.length >= 2;
  const isApiServer = !aggregated && isSpoken && spoken.length + shown.length - against.length >= 2;
  const guess = isApiServer ? undefined : guessPeer(answers, aggregated);
  return {
    isApiServer,
    ...(guess === undefined ? {} : { guess }),
    signals: [...shown, ...spoken, ...against].map(([sentence]) => sentence),
  };
}

function holds([, isTrue]: Signal): boolean {
  return isTrue;
}

function answerSignals(answers: readonly Answer[], auditId: string): readonly Signal[] {
  return [
    [
      'A Status object carried the same code as its answer.',
      answers.some((answer) => parseStatus(answer) !== undefined),
    ],
    ['Our Audit-ID came back.', answers.some(({ headers }) => headers['audit-id'] === auditId)],
    ['Priority and fairness headers were set.', answers.some(hasFlowControl)],
    ['A refusal named system:anonymous.', answers.some(namesAnonymous)],
    [
      "A path gave an API server's own document.",
      answers.some((answer) => ['index', 'version', 'api'].includes(answer.step) && readAnswer(answer) === 'granted'),
    ],
  ];
}

function certificateSignals({ isClusters, names }: CertificateHints): readonly Signal[] {
  return [
    ["The certificate chains to the cluster's own CA.", isClusters],
    ['The certificate names kubernetes.default.svc.', names.some((name) => name.startsWith('kubernetes.default.svc'))],
  ];
}

function contrarySignals(answers: readonly Answer[]): readonly Signal[] {
  return [
    [
      'A Server header was set, which API servers do not send.',
      answers.some(({ headers }) => headers['server'] !== undefined),
    ],
    ['An answer was HTML.', answers.some(isHtml)],
    ['An answer was a redirect.', answers.some(isRedirect)],
    ['An answer set a cookie.', answers.some(({ headers }) => headers['set-cookie'] !== undefined)],
    [
      'A Status object carried another code than its answer.',
      answers.some((answer) => isStatusLike(answer) && parseStatus(answer) === undefined),
    ],
  ];
}

function hasFlowControl({ headers }: Answer): boolean {
  return ['x-kubernetes-pf-flowschema-uid', 'x-kubernetes-pf-prioritylevel-uid'].every((name) =>
    uuid.test(String(headers[name])),
  );
}

function isHtml({ headers, body }: Answer): boolean {
  return (headers['content-type'] ?? '').includes('text/html') || /^\s*<(?:!doctype|html)/i.test(body);
}

function isRedirect({ status }: Answer): boolean {
  return status !== undefined && status >= 300 && status < 400;
}

/**
 * An aggregated API server answers like the cluster's own, which it asks who may do what. Only its version is its own: there is
 * none, or it counts another program's releases.
 */
function isAggregated(answer: Answer): boolean {
  if (answer.step !== 'version') return false;
  if (answer.status === 404) return parseStatus(answer)?.reason === 'NotFound';
  const gitVersion = answer.status === 200 ? readGitVersion(answer.json) : undefined;
  return gitVersion !== undefined && !isOfKubernetes(answer, gitVersion);
}

/**
 * Whoever embeds the server library chooses `major` and `minor` apart from what the build set, and often leaves one of the two
 * alone (k8s.io/component-base, compatibility/version.go). Flow control came with Kubernetes 1.20.
 */
function isOfKubernetes(answer: Answer, gitVersion: string): boolean {
  const built = /^v?(\d+)\.(\d+)\./.exec(gitVersion);
  // Many builds have a `+` behind the minor number.
  const minor = /^\d+/.exec(String(answer.json?.['minor']))?.[0];
  if (built?.[1] !== answer.json?.['major'] || built?.[2] !== minor) return false;
  return Number(minor) >= 20 || !hasFlowControl(answer);
}

/** Core objects and cluster role bindings are the cluster's own API server's alone, whatever it says of its version. */
function isOfCore(answer: Answer): boolean {
  const reading = readAnswer(answer);
  return reading === 'not-found' || (answer.step === 'api' && reading === 'granted');
}

/** Names what it looks like; the first that fits. */
function guessPeer(answers: readonly Answer[], isExtension: boolean): string | undefined {
  if (isExtension) return 'aggregated API server';
  return answers.map(guessFromAnswer).find((guess) => guess !== undefined);
}

function guessFromAnswer(answer: Answer): string | undefined {
  const { status, headers, body } = answer;
  const text = body.trim();
  if (answer.failure?.kind === 'malformed') return 'something that does not speak HTTP';
  if (status === undefined) return undefined;
  if (text.includes('"etcdserver"') || (status === 404 && headers['access-control-allow-origin'] === '*'))
    return 'etcd';
  if (text.startsWith('Forbidden (user=')) return text.includes('resource=nodes') ? 'kubelet' : 'kube-rbac-proxy';
  if (status === 401 && text === 'Unauthorized') return 'kubelet';
  if (status === 403 && text === 'Forbidden') return 'kubectl proxy';
  if (answer.json?.['type'] === 'error') return 'Rancher';
  if (isHtml(answer) && text.includes('www.google.com')) return 'Google front end';
  if (isHtml(answer) || isRedirect(answer) || headers['server'] !== undefined) return 'web server';
  return undefined;
}
