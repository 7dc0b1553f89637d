import type { DocumentedAnonymous } from './cluster.ts';
import type { Outcome, ProbeResult } from './probe.ts';

/** A step of the anonymous ladder: what a request without credentials may have got. */
export type Rung = keyof NonNullable<ProbeResult['anonymous']>;

/** `not-asked`: nothing was asked that could have told. `unclear`: it should have told, and did not. */
export type RungAnswer = 'granted' | 'refused' | 'unclear' | 'not-asked' | 'no-api-server';

/** What the platform documents for a cluster of these settings that an anonymous request gets, beside what it got. In words. */
export interface AnonymousComparison {
  readonly expected: string;
  readonly observed: string;
  /** `taken-in`: wider too, as requests are known as `system:anonymous`, though role bindings give them nothing more than expected. */
  readonly difference: 'none' | 'narrower' | 'wider' | 'taken-in' | 'unclear';
}

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

/** Undefined where the platform promises nothing, and where no API server answered: there is nothing to compare. */
export function compareAnonymous(
  documented: DocumentedAnonymous,
  result: ProbeResult,
): AnonymousComparison | undefined {
  const most = documentedWidth[documented];
  const answers = rungs.map((rung) => rungOf(result, rung));
  if (most === undefined || answers.every((answer) => answer === 'not-asked' || answer === 'no-api-server')) {
    return undefined;
  }
  const expected = wordsOf(most);
  const widest = answers.lastIndexOf('granted') + 1;
  const observed = wordsOf(widest);
  if (widest > most) return { expected, observed, difference: 'wider' };
  if (isTakenIn(documented, result)) {
    return { expected, observed: `${observed}, yet taken in as system:anonymous`, difference: 'taken-in' };
  }
  if (answers.includes('unclear')) {
    return { expected, observed: widest > 0 ? `at least ${observed}` : 'nothing that tells', difference: 'unclear' };
  }
  const isNarrower = answers.slice(0, most).includes('refused');
  return { expected, observed, difference: isNarrower ? 'narrower' : 'none' };
}

function wordsOf(width: number): string {
  return widths[width]?.words ?? '';
}

/**
 * A 403 that names `system:anonymous` is wider than "off" or "health paths only" even where nothing was granted: the request was
 * taken in, and role bindings alone stand between it and the cluster. On the health paths alone it is as documented there.
 */
function isTakenIn(documented: DocumentedAnonymous, result: ProbeResult): boolean {
  if (result.outcome !== 'anonymous-forbidden') return false;
  return documented === 'disabled' || (documented === 'health-only' && !isRefusedAtHealth(result));
}

/** A 401 on `/` and a 403 on the health paths, which are asked after a 401 alone. */
function isRefusedAtHealth({ outcome, anonymous }: ProbeResult): boolean {
  return outcome === 'anonymous-forbidden' && anonymous?.health === false;
}

const provenBy: Partial<Record<Outcome, Rung>> = {
  'anonymous-health-only': 'health',
  'discovery-exposed': 'discovery',
  'data-exposed': 'data',
  'admin-exposed': 'admin',
};

/** What a result says of a rung that it has no answer for. */
const implied: Readonly<Record<Outcome, Exclude<RungAnswer, 'granted'> | 'not-on-the-ladder'>> = {
  'not-probed': 'not-asked',
  // The front door of a DNS endpoint refuses before the API server sees anything.
  'iam-fronted': 'not-asked',
  // Authentication comes before routing and authorization (kubernetes/apiserver, DefaultBuildHandlerChain), so a server that
  // answers 401 on `/` has refused the rest as well; the ladder stops there on purpose. An authentication configuration may admit
  // single paths all the same (KEP-4633); those that platforms admit are the health paths, which are asked.
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

/** What a look says of one rung. A refusal is only read off an answer of the API server itself; silence never is one. */
export function rungOf(result: ProbeResult, rung: Rung): RungAnswer {
  const answered = result.anonymous?.[rung];
  if (answered === true || provenBy[result.outcome] === rung) return 'granted';
  if (answered === false || isRefusedAtHealth(result)) return 'refused';
  const answer = implied[result.outcome];
  // After a 403 or a 200 on `/` the ladder leaves the health paths out: `/version` tells more.
  if (answer === 'not-on-the-ladder') return rung === 'health' ? 'not-asked' : 'unclear';
  return answer;
}
