import { cut, plural } from '../../src/lib/text.ts';
import { vantagesOf } from './observations.ts';
import { isProven } from './rows.ts';
import { coverageWords, providerWord } from './words.ts';
import type { Outcome } from '../../src/model/probe.ts';
import type { JudgedCluster, Report } from '../../src/model/report.ts';

/** The number and what stands under it. */
export interface Headline {
  /** Clusters open to the internet: contradiction or exposed. */
  readonly open: number;
  /** Of these, the ones whose API server answered us. */
  readonly proven: number;
  readonly unjudged: number;
  /** Scopes that failed or are partial. */
  readonly unread: number;
  /** Nothing was read at all: then no number may be shown, zero least of all. */
  readonly blind: boolean;
  /** No open cluster, and nothing that could hide one. */
  readonly clear: boolean;
}

export function headline(report: Report): Headline {
  const { byExposure, scopes, clusters } = report.summary;
  const open = byExposure.contradiction + byExposure.exposed;
  const unread = scopes.failed + scopes.partial;
  return {
    open,
    proven: report.clusters.filter((cluster) => isOpen(cluster) && isProven(cluster)).length,
    unjudged: byExposure.unknown,
    unread,
    blind: clusters === 0 && (unread > 0 || scopes.complete === 0),
    clear: open === 0 && report.scan.complete && !report.clusters.some(isUnjudged),
  };
}

function isOpen({ exposure }: JudgedCluster): boolean {
  return exposure === 'contradiction' || exposure === 'exposed';
}

/** Neither known to be open nor known not to be: an external row that no other row judges, too. */
function isUnjudged({ exposure, sameAs }: JudgedCluster): boolean {
  return exposure === 'unknown' || (exposure === 'not-applicable' && sameAs === undefined);
}

/** What qualifies every number of the report; these sentences come before the numbers. `gap`: something was not read. */
export interface Notice {
  readonly kind: 'gap' | 'limit';
  readonly title: string;
  readonly text: string;
}

export function notices(report: Report): readonly Notice[] {
  const { scan } = report;
  const vantages = vantagesOf(report);
  const intercepted = vantages.filter((vantage) => vantage.intercepted).map(({ name }) => name);
  const found: (Notice | false)[] = [
    coverageNotice(report),
    scan.vantage.intercepted && {
      kind: 'gap',
      title: 'Intercepted',
      text: 'something between this vantage and the clusters answers TLS in their place; no probe below confirms anything.',
    },
    !scan.vantage.intercepted &&
      intercepted.length > 0 && {
        kind: 'gap',
        title: 'Intercepted',
        text: `something between ${intercepted.join(', ')} and the clusters answers TLS in their place; no probe from there confirms anything.`,
      },
    !scan.probe.enabled && {
      kind: 'limit',
      title: 'Settings only',
      text: 'probing was off; nothing below was checked on the wire.',
    },
    silenceNotice(report),
    vantages.every(({ kind }) => kind === 'inside') && {
      kind: 'limit',
      title: 'Seen from inside',
      text: 'what answered here says nothing about the internet; every exposure follows the settings alone.',
    },
  ];
  return found.filter((notice) => notice !== false);
}

function coverageNotice(report: Report): Notice | false {
  if (report.scan.complete) return false;
  const { failed, partial, complete, skipped } = report.summary.scopes;
  const read = failed + partial + complete;
  if (read === 0) {
    const why = skipped > 0 ? `${plural(skipped, 'cloud')} skipped, no credentials` : 'no scope was found';
    return { kind: 'gap', title: 'Nothing was read', text: `${why}. This report says nothing about any cluster.` };
  }
  if (failed === read && report.summary.clusters === 0)
    return {
      kind: 'gap',
      title: 'Nothing was read',
      text: `${read === 1 ? 'the only scope' : `all ${read} scopes`} failed. This report says nothing about any cluster.`,
    };
  return {
    kind: 'gap',
    title: 'Incomplete',
    text: `${failed + partial} of ${plural(read, 'scope')} could not be fully read: ${nameGaps(report)}. Nothing there may be taken as safe.`,
  };
}

const silent: readonly Outcome[] = ['unresolved', 'closed', 'filtered'];

/** Silence everywhere is what well-kept clusters look like, and what a machine without a way out sees: the reader has to know which it is. */
function silenceNotice({ clusters }: Report): Notice | false {
  const probes = clusters.flatMap(({ endpoints }) => endpoints.flatMap(({ probe }) => probe ?? []));
  const made = probes.filter(({ outcome }) => outcome !== 'not-probed');
  const looks = made.flatMap((probe) => [probe, ...(probe.addresses ?? []), ...(probe.observations ?? [])]);
  if (looks.some(({ outcome }) => outcome !== 'not-probed' && !silent.includes(outcome)) || made.length === 0)
    return false;
  return {
    kind: 'limit',
    title: 'Nothing answered',
    text: `${plural(made.length, 'endpoint')} probed, no answer from any. Closed endpoints look like this, and so does a network that lets nothing out.`,
  };
}

const namedGaps = 3;

/** The first gaps by name, those of which nothing is known before the others. */
function nameGaps({ coverage }: Report): string {
  const gaps = (['failed', 'partial'] as const).flatMap((wanted) => coverage.filter(({ status }) => status === wanted));
  const names = gaps
    .slice(0, namedGaps)
    .map(({ provider, account, location, status }) =>
      [providerWord(provider), cut(account, 60), cut(location, 60), `(${coverageWords[status]})`].join(' '),
    );
  const more = gaps.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What to do where no check failed, which is good news only when everything was read. */
export function nothingToFix(report: Report): string {
  if (report.scan.complete) return 'Nothing: no check failed.';
  const said = headline(report).blind ? 'Nothing could be judged.' : 'No check failed on what was read.';
  return `${said} Make the other scopes readable, then scan again.`;
}
