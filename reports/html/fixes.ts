import { plural } from '../../src/lib/text.ts';
import { html } from '../lib/html.ts';
import { providerWord } from '../lib/words.ts';
import { nothingToFix } from '../lib/summary.ts';
import { clusterLink, foreign, severityMark } from './marks.ts';
import { renderCommands, renderReferences } from './finding.ts';
import type { Fix, FixGroup } from '../lib/group.ts';
import type { Html } from '../lib/html.ts';
import type { Report } from '../../src/model/report.ts';

const shownFirst = 5;
const namedClusters = 3;
/** Links of one group: enough to work through in a day; the JSON report has the rest. */
const shownClusters = 200;

/** The answer to "what do I do first", at most five lines. */
export function renderFixFirst(groups: readonly FixGroup[], report: Report): Html {
  const rest = groups.length - shownFirst;
  const items = groups.slice(0, shownFirst).map((group, at) => renderFirst(group, at + 1));
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

/** What to do, on which clusters; the very first line also by which command. */
function renderFirst({ severity, title, fixes: [fix], clusters, proven }: FixGroup, place: number): Html {
  const named = clusters.slice(0, namedClusters);
  const more = clusters.length - named.length;
  const names = named.map((cluster, at) => html`${at > 0 && ', '}${clusterLink(cluster)}`);
  return html`<li>
    ${severityMark(severity)}
    <span
      ><a href="#fix-${place}">${title}</a>
      <span class="of">${plural(clusters.length, 'cluster')}${proven > 0 && `, ${proven} proven`}</span></span
    >
    <small
      >${names}${more > 0 && ` and ${more} more`}${fix?.summary !== undefined && html` · ${foreign(opening(fix.summary), 160)}`}</small
    >
    ${place === 1 && renderCommands(fix?.commands.slice(0, 1) ?? [])}
  </li> `;
}

/** As many whole sentences as fit two lines; at least the first. */
function opening(text: string): string {
  const end = text.lastIndexOf('. ', 160);
  return text.length <= 160 || end < 0 ? text : text.slice(0, end + 1);
}

/** Every kind of fix, in each cloud's own words and commands, with the clusters that it mends. */
export function* renderFixes(groups: readonly FixGroup[]): Iterable<Html> {
  if (groups.length === 0) return;
  yield html`<section id="fixes" aria-labelledby="all-fixes">
    <h2 id="all-fixes">All fixes <span class="of">${groups.length}, worst first</span></h2>
   `;
  for (const [at, group] of groups.entries()) yield renderGroup(group, at + 1);
  yield html`</section>
`;
}

function renderGroup(
  { severity, title, rationale, references, fixes, clusters, proven }: FixGroup,
  place: number,
): Html {
  return html`<details class="fix">
    <summary>
      ${severityMark(severity)}
      <h3>${title}</h3>
      <span class="of">${plural(clusters.length, 'cluster')}${proven > 0 && `, ${proven} proven`}</span>
    </summary>
    <div class="body" id="fix-${place}">
      ${rationale !== undefined && html`<p class="why">${rationale}</p>`} ${fixes.map(renderFix)}
      ${renderReferences(references)}
    </div>
  </details> `;
}

function renderFix({ summary, commands, clusters }: Fix): Html {
  const clouds = [...new Set(clusters.map(({ provider }) => providerWord(provider)))].join(', ');
  const links = clusters.slice(0, shownClusters).map((cluster) => html`<li>${clusterLink(cluster)}</li>`);
  const rest = clusters.length - links.length;
  return html`<p><b>${clouds}:</b> ${summary !== undefined && foreign(summary, 1000)}</p>
    ${renderCommands(commands, clusters[0]?.name)}
    <ul class="names">
      ${links}
    </ul>
    ${rest > 0 && html`<p>and ${plural(rest, 'more cluster')}, in the JSON report.</p>`}`;
}
