import { plural } from '../../src/lib/text.ts';
import { vantagesOf } from './observations.ts';
import type { Report } from '../../src/model/report.ts';

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
    proven: report.clusters.filter(isProvenOpen).length,
    unjudged: byExposure.unknown,
    unread,
    blind: clusters === 0 && (unread > 0 || scopes.complete === 0),
    clear: open === 0 && byExposure.unknown === 0 && report.scan.complete,
  };
}

function isProvenOpen({ exposure, endpoints }: Report['clusters'][number]): boolean {
  if (exposure !== 'contradiction' && exposure !== 'exposed') return false;
  return endpoints.some((endpoint) => endpoint.exposure === exposure && endpoint.confirmed);
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
  const parts = [failed > 0 && `${failed} not at all`, partial > 0 && `${partial} in part`].filter(
    (part) => part !== false,
  );
  return {
    kind: 'gap',
    title: 'Incomplete',
    text: `${failed + partial} of ${plural(read, 'scope')} could not be fully read (${parts.join(', ')}). Nothing there may be taken as safe.`,
  };
}

/** What to do where no check failed, which is good news only when everything was read. */
export function nothingToFix(report: Report): string {
  if (report.scan.complete) return 'Nothing: no check failed.';
  const said = headline(report).blind ? 'Nothing could be judged.' : 'No check failed on what was read.';
  return `${said} Make the other scopes readable, then scan again.`;
}
