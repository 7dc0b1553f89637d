import type { EndpointSubject, Verdict } from '../../model/check.ts';
import type { Outcome, ProbeResult } from '../../model/probe.ts';
import { clause } from './wording.ts';

/** A step of the anonymous ladder: what a request without credentials may have got. */
export type Rung = keyof NonNullable<ProbeResult['anonymous']>;

/** `not-asked`: nothing that this scan did could have told. `unclear`: it should have told, and did not. */
export type Answer = 'granted' | 'refused' | 'unclear' | 'not-asked';

const provenBy: Partial<Record<Outcome, Rung>> = {
  'anonymous-health-only': 'health',
  'discovery-exposed': 'discovery',
  'data-exposed': 'data',
  'admin-exposed': 'admin',
};

/** The message of every check that the ladder decides, for what it left open. */
export const unclear = 'The probe could not tell what a request without credentials gets here: {detail}.';

/** What a result says of a rung that it has no answer for. */
const implied: Readonly<Record<Outcome, Answer | 'not-on-the-ladder' | 'no-api-server'>> = {
  'not-probed': 'not-asked',
  // The front door of a DNS endpoint refuses before the API server sees anything.
  'iam-fronted': 'not-asked',
  // Authentication comes before routing and authorization (kubernetes/apiserver, DefaultBuildHandlerChain), so a server that
  // answers 401 on `/` has refused the rest as well; the ladder stops there on purpose.
  'anonymous-disabled': 'refused',
  'anonymous-health-only': 'refused',
  'anonymous-forbidden': 'not-on-the-ladder',
  'discovery-exposed': 'not-on-the-ladder',
  'data-exposed': 'not-on-the-ladder',
  'admin-exposed': 'not-on-the-ladder',
  inconclusive: 'unclear',
  unresolved: 'no-api-server',
  closed: 'no-api-server',
  filtered: 'no-api-server',
  'tls-failed': 'no-api-server',
  'not-this-cluster': 'no-api-server',
  'not-kubernetes': 'no-api-server',
};

/**
 * What the probe learned about one rung. A refusal is only read off an answer of the API server itself; silence never is one.
 * Silence that the settings ask for (closed, or a list that may leave us out) says nothing and is `not-asked`, or every
 * well restricted cluster would carry a doubt. Where the settings let us in, silence or a stranger is `unclear`.
 */
export function answerOf(subject: EndpointSubject, rung: Rung): Answer {
  const result = subject.probe?.result;
  if (result === undefined) return 'not-asked';
  const answered = result.anonymous?.[rung];
  if (answered === true || provenBy[result.outcome] === rung) return 'granted';
  if (answered === false) return 'refused';
  const answer = implied[result.outcome];
  if (answer === 'no-api-server') return keepsUsOut(subject) ? 'not-asked' : 'unclear';
  // After a 403 or a 200 on `/` the ladder leaves the health paths out: `/version` tells more.
  if (answer === 'not-on-the-ladder') return rung === 'health' ? 'not-asked' : 'unclear';
  return answer;
}

/** Whether the settings keep this vantage out, or may do so. */
export function keepsUsOut({ endpoint }: EndpointSubject): boolean {
  const { kind } = endpoint.access;
  return kind === 'closed' || (kind === 'allow-list' && endpoint.vantageAdmitted !== 'yes');
}

/** The verdict of a check that is about one rung: failed when granted, passed only when the API server refused. */
export function judgeRung<Message extends string>(
  subject: EndpointSubject,
  rung: Rung,
  granted: () => Verdict<Message>,
): Verdict<Message | 'unclear'> {
  const answer = answerOf(subject, rung);
  if (answer === 'granted') return granted();
  if (answer === 'unclear') return doubt(subject);
  return { status: answer === 'refused' ? 'pass' : 'not-applicable' };
}

/** The verdict for a ladder that left the question open. */
export function doubt(subject: EndpointSubject): Verdict<'unclear'> {
  const detail = subject.probe?.result.detail ?? '';
  return { status: 'unknown', message: 'unclear', values: { detail: clause(detail) } };
}
