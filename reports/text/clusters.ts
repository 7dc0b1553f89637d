import { cut, plural } from '../../src/lib/text.ts';
import { describeAccess } from '../lib/access.ts';
import {
  describeAnonymous,
  describeUnverified,
  exposureWords,
  otherPathWords,
  outcomeWords,
  whereabouts,
} from '../lib/words.ts';
import { seenOf } from '../lib/observations.ts';
import { fact, heading, paragraph, shortName } from './layout.ts';
import type { ClusterFindings } from '../lib/rows.ts';
import type { Finding, JudgedEndpoint, JudgedProbe } from '../../src/model/report.ts';

/** More clusters than someone reads in a terminal: the other formats hold them all. */
const shownClusters = 25;
const shownFindings = 6;

/** Clusters that need a decision, worst first, each with what the settings say and what the wire showed. */
export function* renderDeciding(rows: readonly ClusterFindings[]): Iterable<string> {
  if (rows.length === 0) return;
  yield* heading(`Clusters that need a decision: ${rows.length}`);
  for (const row of rows.slice(0, shownClusters)) yield* renderCluster(row);
  const left = rows.length - shownClusters;
  if (left > 0) yield* paragraph(`… and ${plural(left, 'more cluster')}: see the JSON or the HTML report.`, 2);
}

function* renderCluster({ cluster, fails, unknowns }: ClusterFindings): Iterable<string> {
  const { glyph, word } = exposureWords[cluster.exposure];
  yield '';
  yield* paragraph(
    `${word.toUpperCase()}  ${shortName(cluster.name)}  [${whereabouts(cluster).map(shortName).join(' · ')}]`,
    4,
    `${glyph} `,
  );
  if (cluster.sameAs !== undefined) yield* fact('same as', cluster.sameAs);
  for (const endpoint of cluster.endpoints.filter(isTelling)) yield* renderEndpoint(endpoint);
  for (const path of cluster.otherPaths.filter(({ state }) => state !== 'closed'))
    yield* fact(path.state, `${otherPathWords[path.kind]}: ${path.reason}`);
  yield* renderFindings([...fails, ...unknowns]);
}

/** What several checks could not tell for one reason is said once. */
function* renderFindings(findings: readonly Finding[]): Iterable<string> {
  const lines = findings.map(({ severity, status, message, checkId }) => ({
    label: status === 'fail' ? severity : 'unknown',
    said: message ?? checkId,
  }));
  const different = [...Map.groupBy(lines, ({ label, said }) => `${label} ${said}`).values()].flatMap(
    ([line]) => line ?? [],
  );
  for (const { label, said } of different.slice(0, shownFindings)) yield* fact(label, said);
  if (different.length > shownFindings) yield* fact('', `and ${different.length - shownFindings} more`);
}

/** A private endpoint that was not looked at says nothing that the public one does not. */
function isTelling({ role, probe, exposure }: JudgedEndpoint): boolean {
  return role !== 'private' || exposure !== 'private' || (probe !== undefined && probe.outcome !== 'not-probed');
}

function* renderEndpoint({ role, host, port, access, probe, reason, confirmed }: JudgedEndpoint): Iterable<string> {
  yield* fact(role, host === undefined ? 'no host' : `${cut(host, 253)}:${port}`);
  yield* fact('settings', describeAccess(access));
  if (probe !== undefined) yield* fact('wire', describeProbe(probe));
  if (probe?.anonymous !== undefined && probe.anonymous.difference !== 'none')
    yield* fact('anonymous', describeAnonymous(probe.anonymous));
  const unverified = probe && describeUnverified(probe);
  if (unverified !== undefined) yield* fact('certificate', unverified);
  for (const { label, what } of probe === undefined ? [] : seenOf(probe)) yield* fact(label, what);
  yield* fact('why', `${reason}${confirmed ? ' (confirmed)' : ''}`);
}

function describeProbe({ outcome, detail, via, address }: JudgedProbe): string {
  const at = via ?? address;
  return `${outcomeWords[outcome]}${at === undefined ? '' : ` at ${at}`} (${outcome}): ${detail}`;
}
