import { html } from '../lib/html.ts';
import { otherPathWords } from '../lib/words.ts';
import { renderEndpoint } from './endpoint.ts';
import { renderFail, renderUnknowns } from './finding.ts';
import { renderGlyphs } from './lane.ts';
import { clusterAnchor, exposureMark, foreign, placeOf, severityMark } from './marks.ts';
import type { CheckText, JudgedCluster, JudgedEndpoint } from '../../src/model/report.ts';
import type { ClusterFindings } from '../lib/rows.ts';
import type { Exposure } from '../../src/model/endpoint.ts';
import type { Html } from '../lib/html.ts';

/** The first row of each exposure carries its name as an anchor: the tiles link there. */
export type FirstRow = (exposure: Exposure) => Exposure | undefined;

/** Clusters that need a decision, worst first, each a row that opens. */
export function* renderClusters(
  rows: readonly ClusterFindings[],
  texts: ReadonlyMap<string, CheckText>,
  firstRow: FirstRow,
): Iterable<Html> {
  if (rows.length === 0) return;
  yield html`<section id="clusters" aria-labelledby="deciding">
    <div class="head">
      <h2 id="deciding">Clusters that need a decision <span class="of">${rows.length}, worst first</span></h2>
    </div>
   `;
  for (const row of rows) yield renderRow(row, texts, firstRow(row.cluster.exposure));
  yield html`</section>
`;
}

function renderRow(row: ClusterFindings, texts: ReadonlyMap<string, CheckText>, anchor: string | undefined): Html {
  const { cluster, fails, unknowns } = row;
  const telling = tellingEndpoint(cluster);
  const [worst] = fails;
  const more = fails.length - 1;
  return html`<details class="cluster" ${anchor !== undefined && html` id="${anchor}"`}>
    <summary>
      ${exposureMark(cluster.exposure)}
      <span class="name"
        ><h3>${foreign(cluster.name, 120)}</h3>
        <small>${placeOf(cluster)}</small></span
      >
      <span class="worst"
        >${worst !== undefined && html`${severityMark(worst.severity)} <span>${texts.get(worst.checkId)?.title ?? worst.checkId}${more > 0 && html` <span class="of">and ${more} more</span>`}</span>`}</span
      >
      <span class="seen"
        >${telling !== undefined && html`${renderGlyphs(telling)}<small>${telling.confirmed ? 'confirmed' : 'not confirmed'}</small>`}</span
      >
    </summary>
    <div class="body" id="${clusterAnchor(cluster.id)}">
      <p class="small">
        <code>${foreign(cluster.id, 500)}</code> · <a href="#${clusterAnchor(cluster.id)}">link to this cluster</a>
      </p>
      ${renderRemarks(cluster)} ${cluster.endpoints.map((endpoint) => renderEndpoint(endpoint, cluster.auditLog))}
      ${renderOtherPaths(cluster)} ${fails.map((finding) => renderFail(finding, texts.get(finding.checkId)))}
      ${renderUnknowns(unknowns, texts)}
    </div>
  </details> `;
}

/** The endpoint that gave the cluster its exposure. */
export function tellingEndpoint({ endpoints, exposure }: JudgedCluster): JudgedEndpoint | undefined {
  return endpoints.find((endpoint) => endpoint.exposure === exposure) ?? endpoints[0];
}

function renderRemarks({ sameAs, endpoints, state }: JudgedCluster): Html {
  const undescribed = endpoints.length === 0 && state !== 'external';
  return html`${sameAs !== undefined && html`<p>The same cluster as <code>${foreign(sameAs, 500)}</code>.</p>`}${undescribed && html`<p>The cloud lists this cluster, and its description could not be read: nothing is known of its endpoints. <a href="#gaps">See why</a></p>`}`;
}

function renderOtherPaths({ otherPaths }: JudgedCluster): Html | undefined {
  if (otherPaths.length === 0) return undefined;
  const glyphs = { open: '!', closed: '■', unknown: '?' } as const;
  return html`<div class="paths">
    <h4>Other ways in</h4>
    <ul>
      ${otherPaths.map(
        ({ kind, state, reason }) =>
          html`<li>
            <b><span aria-hidden="true">${glyphs[state]}</span> ${otherPathWords[kind]}: ${state}.</b>
            ${foreign(reason, 500)}
          </li>`,
      )}
    </ul>
  </div> `;
}
