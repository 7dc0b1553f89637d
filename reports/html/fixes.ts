import { plural } from '../../src/lib/text.ts';
import { html } from '../lib/html.ts';
import { nothingToFix } from '../lib/summary.ts';
import { clusterLink, foreign, severityMark } from './marks.ts';
import { renderCommands, renderReferences } from './finding.ts';
import type { FixGroup } from '../lib/group.ts';
import type { Html } from '../lib/html.ts';
import type { Report } from '../../src/model/report.ts';

const shownFirst = 5;
/** Links of one group: enough to work through in a day; the JSON report has the rest. */
const shownClusters = 200;

/** The answer to "what do I do first", at most five lines. */
export function renderFixFirst(groups: readonly FixGroup[], report: Report): Html {
  const rest = groups.length - shownFirst;
  const items = groups.slice(0, shownFirst).map(
    ({ severity, title, fix, clusters, proven }, at) =>
      html`<li>
        ${severityMark(severity)} <a href="#fix-${at + 1}">${title}</a>
        <small
          ><b>${plural(clusters.length, 'cluster')}${proven > 0 && `, ${proven} proven`}</b
          >${fix !== undefined && html` · ${foreign(fix, 140)}`}</small
        >
      </li> `,
  );
  return html`<section class="first" aria-labelledby="fix-first">
    <h2 id="fix-first">Fix first</h2>
    ${
      groups.length === 0
        ? html`<p>${nothingToFix(report)}${!report.scan.complete && html` <a href="#gaps">See which</a>`}</p>`
        : html`<ol>
            ${items}
          </ol>`
    }
    ${rest > 0 && html`<p><a href="#fixes">and ${plural(rest, 'more kind')} of fix</a></p>`}
  </section> `;
}

/** Every fix with the clusters that it mends; the commands are those of the worst one. */
export function* renderFixes(groups: readonly FixGroup[]): Iterable<Html> {
  if (groups.length === 0) return;
  yield html`<section id="fixes" aria-labelledby="all-fixes">
    <h2 id="all-fixes">All fixes <span class="of">${groups.length}, worst first</span></h2>
   `;
  for (const [at, group] of groups.entries()) yield renderGroup(group, at + 1);
  yield html`</section>
`;
}

function renderGroup({ severity, title, rationale, fix, findings, clusters, proven }: FixGroup, place: number): Html {
  const [worst] = findings;
  const links = clusters.slice(0, shownClusters).map((cluster) => html`<li>${clusterLink(cluster)}</li>`);
  const rest = clusters.length - links.length;
  return html`<details class="fix">
    <summary>
      ${severityMark(severity)}
      <h3>${title}</h3>
      <span class="of">${plural(clusters.length, 'cluster')}${proven > 0 && `, ${proven} proven`}</span>
    </summary>
    <div class="body" id="fix-${place}">
      ${rationale !== undefined && html`<p class="why">${rationale}</p>`}
      ${fix !== undefined && html`<p><b>What to do:</b> ${foreign(fix, 1000)}</p>`}
      ${renderCommands(worst?.remediation?.commands ?? [])}
      <p><b>On:</b></p>
      <ul class="names">
        ${links}
      </ul>
      ${rest > 0 && html`<p>and ${plural(rest, 'more cluster')}, in the JSON report.</p>`}
      ${worst && renderReferences(worst.references)}
    </div>
  </details> `;
}
