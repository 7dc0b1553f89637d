import type { Look, Outcome, ProbeResult } from '../model/probe.ts';
import { isStale, namesOther, readAnswer, type Answer, type Reading } from './answer.ts';
import type { Step } from './steps.ts';

const rightsSteps: readonly Step[] = ['version', 'api', 'pod', 'secret', 'binding'];

/** What is asked next, given all answers so far; undefined: nothing more. */
export function nextStep(answers: readonly Answer[], look: Look): Step | undefined {
  const settled = answers.filter((answer) => !isStale(answer));
  const first = settled[0];
  const last = answers.at(-1);
  if (first === undefined || last === undefined) return 'index';
  if (isStale(last)) return last.step;
  if (look === 'second' || isEnd(last)) return undefined;
  const index = readAnswer(first);
  if (index === 'unauthorized') return nextHealthStep(last);
  // A 200 on `/` proves nothing by itself, neither an API server nor rights: the rest tells.
  if (index !== 'forbidden' && first.status !== 200) return undefined;
  return rightsSteps[settled.length - 1];
}

/** `/readyz` only where `/livez` left it open: some configurations admit just one of the two. */
function nextHealthStep(last: Answer): Step | undefined {
  if (last.step === 'index') return 'livez';
  return last.step === 'livez' && ![200, 401, 500].includes(last.status ?? 0) ? 'readyz' : undefined;
}

/** An overloaded or failing peer is left alone; a lost answer is asked for no further. A body that was too large ends nothing. */
function isEnd(answer: Answer): boolean {
  const reading = readAnswer(answer);
  return reading === 'busy' || (reading === 'missing' && answer.failure?.kind !== 'too-large');
}

/** What the answers prove about requests without credentials. Who gave them is judged elsewhere, and before. */
export function judgeRights(answers: readonly Answer[], look: Look): Outcome {
  const read = (step: Step): Reading | undefined => readingOf(answers, step);
  const isReadable = (step: Step): boolean => read(step) === 'granted' || read(step) === 'not-found';
  if (isReadable('secret') || isReadable('binding')) return 'admin-exposed';
  if (isReadable('pod')) return 'data-exposed';
  if (isReadable('api')) return 'discovery-exposed';
  if (look === 'second') return 'inconclusive';
  if (read('index') === 'unauthorized') return judgeHealth(answers);
  if (answers.some(namesOther)) return 'inconclusive';
  return answers.length === 1 + rightsSteps.length && answers.every(isDecided) ? 'anonymous-forbidden' : 'inconclusive';
}

/** 403 on a health path behind a 401 on the root: admitted on that path, by a condition, and refused there. */
function judgeHealth(answers: readonly Answer[]): Outcome {
  const health = answers.slice(1).map(readAnswer);
  if (health.includes('granted')) return 'anonymous-health-only';
  if (!answers.every(isAnswered)) return 'inconclusive';
  if (health.at(-1) === 'unauthorized') return 'anonymous-disabled';
  return health.at(-1) === 'forbidden' ? 'anonymous-forbidden' : 'inconclusive';
}

function isAnswered(answer: Answer): boolean {
  return answer.status !== undefined;
}

function isDecided(answer: Answer): boolean {
  const reading = readAnswer(answer);
  return reading === 'granted' || reading === 'forbidden' || reading === 'unauthorized';
}

function readingOf(answers: readonly Answer[], step: Step): Reading | undefined {
  const answer = answers.find((candidate) => candidate.step === step);
  return answer === undefined ? undefined : readAnswer(answer);
}

/** "No" as the outcome has it: the last health path that was asked refused, and each one answered. */
function canReadHealth(answers: readonly Answer[]): boolean | undefined {
  const asked = answers.filter(({ step }) => step === 'livez' || step === 'readyz');
  const readings = asked.map(readAnswer);
  if (readings.includes('granted')) return true;
  const isRefused = ['unauthorized', 'forbidden'].includes(readings.at(-1) ?? 'missing');
  return isRefused && asked.every(isAnswered) ? false : undefined;
}

/** What each kind of path gave, for those that got a deciding answer; an administrator reads secrets or bindings, so "no" takes both. */
export function summariseAnonymous(answers: readonly Answer[]): NonNullable<ProbeResult['anonymous']> {
  const can = (step: Step): boolean | undefined => {
    const reading = readingOf(answers, step);
    if (reading === 'granted' || reading === 'not-found') return true;
    return reading === 'forbidden' || reading === 'unauthorized' ? false : undefined;
  };
  const admin = [can('secret'), can('binding')];
  const facts = {
    health: canReadHealth(answers),
    version: can('version'),
    discovery: can('api'),
    data: can('pod'),
    admin: admin.includes(true) || (admin.includes(undefined) ? undefined : false),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Seconds of a `Retry-After` that is a number, at most a day; the last one counts. */
export function readRetryAfter(answers: readonly Answer[]): number | undefined {
  const value = answers.map(({ headers }) => headers['retry-after']).findLast((text) => text !== undefined);
  return value !== undefined && /^\d{1,5}$/.test(value) ? Math.min(Number(value), 86_400) : undefined;
}
