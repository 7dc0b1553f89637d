import { rungOf } from '../../model/anonymous.ts';
import type { Rung, RungAnswer } from '../../model/anonymous.ts';
import type { EndpointSubject, Verdict } from '../../model/check.ts';
import { clause } from './wording.ts';

type Answer = Exclude<RungAnswer, 'no-api-server'>;

/** The message of every check that the ladder decides, for what it left open. */
export const unclear = 'The probe could not tell what a request without credentials gets here: {detail}.';

/**
 * What the probe learned about one rung. Silence that the settings ask for (closed, or a list that may leave us out) says nothing
 * and is `not-asked`, or every well restricted cluster would carry a doubt. Where the settings let us in, silence or a stranger
 * is `unclear`.
 */
export function answerOf(subject: EndpointSubject, rung: Rung): Answer {
  const result = subject.probe?.result;
  const answer = result === undefined ? 'not-asked' : rungOf(result, rung);
  if (answer === 'no-api-server') return keepsUsOut(subject) ? 'not-asked' : 'unclear';
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
