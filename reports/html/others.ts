import { plural } from '../../src/lib/text.ts';
import { html } from '../lib/html.ts';
import { describeAccess } from '../lib/access.ts';
import { tellingEndpoint } from './clusters.ts';
import { clusterAnchor, exposureMark, foreign, placeOf, severityMark } from './marks.ts';
import { exposureWords, otherPathWords, sentence } from '../lib/words.ts';
import type { CheckText, JudgedCluster, JudgedEndpoint } from '../../src/model/report.ts';
import type { ClusterFindings } from '../lib/rows.ts';
import type { FirstRow } from './clusters.ts';
import type { Html } from '../lib/html.ts';

/** Clusters as they should be: one line each, so that many of them stay cheap. */
export function* renderOthers(
  rows: readonly ClusterFindings[],
  texts: ReadonlyMap<string, CheckText>,
  firstRow: FirstRow,
): Iterable<Html> {
  if (rows.length === 0) return;
  yield html`<section id="others" aria-labelledby="calm">
    <div class="head">
      <h2 id="calm">No decision needed <span class="of">${rows.length}</span></h2>
    </div>
    <div class="scroll" tabindex="0" role="region" aria-label="Clusters that need no decision">
      <table>
        <thead>
          <tr>
            <th scope="col">Exposure</th>
            <th scope="col">Cluster</th>
            <th scope="col">Settings</th>
            <th scope="col">Why</th>
            <th scope="col">Minor findings, other ways in</th>
          </tr>
        </thead>
        <tbody>
   `;
  for (const row of rows) yield renderRow(row, texts, firstRow(row.cluster.exposure));
  yield html`</tbody></table></div></section>
`;
}

function renderRow(
  { cluster, fails, unknowns }: ClusterFindings,
  texts: ReadonlyMap<string, CheckText>,
  anchor: string | undefined,
): Html {
  const endpoint = tellingEndpoint(cluster);
  const minor = fails.map(
    ({ severity, checkId, fingerprint }) =>
      html`<li id="${fingerprint}">${severityMark(severity)} ${texts.get(checkId)?.title ?? checkId}</li>`,
  );
  const paths = cluster.otherPaths
    .filter(({ state }) => state === 'open')
    .map(({ kind }) => html`<li>${otherPathWords[kind]}: open</li>`);
  const untold = unknowns.length > 0 && html`<li>${plural(unknowns.length, 'check')} could not tell</li>`;
  const list = html`<ul class="plain">
    ${minor}${paths}${untold}
  </ul>`;
  const settings = endpoint && foreign(describeAccess(endpoint.access), 200);
  return html`<tr id="${clusterAnchor(cluster.id)}">
    <td${anchor !== undefined && html` id="${anchor}"`}>${exposureMark(cluster.exposure)}</td>
    <td>${foreign(cluster.name, 120)}<br /><small>${placeOf(cluster)}</small></td>
    ${[settings, explain(cluster, endpoint), list].map((cell) => html`<td>${cell}</td>`)}
  </tr>
`;
}

function explain({ exposure, sameAs }: JudgedCluster, endpoint: JudgedEndpoint | undefined): Html {
  if (sameAs !== undefined) return html`The same cluster as ${foreign(sameAs, 300)}.`;
  if (endpoint === undefined) return html`${sentence(exposureWords[exposure].means)}`;
  return html`${foreign(sentence(endpoint.reason), 400)}${endpoint.confirmed && ' Confirmed.'}`;
}
