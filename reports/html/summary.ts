import { plural } from '../../src/lib/text.ts';
import { exposures } from '../../src/model/endpoint.ts';
import { html } from '../lib/html.ts';
import { headline, notices } from '../lib/summary.ts';
import { vantagesOf } from '../lib/observations.ts';
import { exposureWords, minuteOf, providerWord } from '../lib/words.ts';
import { exposureMark, foreign } from './marks.ts';
import type { Exposure } from '../../src/model/endpoint.ts';
import type { Html } from '../lib/html.ts';
import type { Report } from '../../src/model/report.ts';

/** Who looked, from where and when: without it no result of a probe means anything. */
export function renderHeader(report: Report): Html {
  const { scan } = report;
  return html`<header>
    <h1>API server exposure</h1>
    <p class="about">
      ${headline(report).blind ? 'Scanned' : `${plural(report.summary.clusters, 'cluster')} · scanned`}
      <time datetime="${scan.finishedAt}">${minuteOf(scan.finishedAt)}</time> from
      ${vantagesOf(report).map((vantage, at) => html`${at > 0 && ' and '}${renderVantage(vantage)}`)}
    </p>
  </header> `;
}

function renderVantage({ name, addresses, kind, cloud, resolvers = [] }: Report['scan']['vantage']): Html {
  const shown = addresses.slice(0, 4).map((address, at) => html`${at > 0 && ', '}${foreign(address, 60)}`);
  const from = addresses.length === 0 ? 'address unknown' : shown;
  const inCloud = cloud === 'aws' || cloud === 'gcp' || cloud === 'azure' ? `, in ${cloud}` : '';
  const asked = resolvers.map((resolver, at) => html`${at === 0 ? '; names by ' : ', '}${foreign(resolver, 60)}`);
  return html`<strong>${foreign(name, 80)}</strong> (${from}; ${kind}${inCloud}${asked})`;
}

export function renderNotices(report: Report): Html {
  return html`${notices(report).map(
    ({ kind, title, text }) =>
      html`<p class="notice is-${kind}">
        <strong><span aria-hidden="true">${kind === 'gap' ? '!' : 'i'}</span> ${title}:</strong>
        ${text}${kind === 'gap' && html` <a href="#gaps">See which</a>`}
      </p> `,
  )}`;
}

/** The number, what it rests on, and every exposure's count. */
export function renderNumber(report: Report): Html {
  const { blind } = headline(report);
  if (blind) {
    return html`<section class="number" aria-label="Clusters open to the internet">
      <p class="count is-unknown">
        <span class="figure" aria-hidden="true">?</span> How many clusters are open to the internet is not known.
      </p>
    </section> `;
  }
  return html`<section class="number" aria-label="Clusters open to the internet">
    ${report.summary.clusters === 0 ? html`<p class="count">No clusters in the scopes that were read.</p>` : renderFacts(report)}
  </section> `;
}

function renderFacts(report: Report): Html {
  const { open, proven, unjudged, unread, clear } = headline(report);
  const external = report.summary.byExposure['not-applicable'];
  const tone = open > 0 ? 'is-open' : clear ? 'is-clear' : 'is-unknown';
  return html`<p class="count ${tone}">
      <span class="figure">${open}</span> of ${plural(report.summary.clusters, 'cluster')} open to the internet
    </p>
    <ul class="facts">
      <li><b>${proven}</b> <span>proven: the API server answered us</span></li>
      <li>
        <b>${open - proven}</b> <span>by settings only${report.scan.probe.enabled ? '' : ' (probing was off)'}</span>
      </li>
      <li>
        <b>${unjudged}</b>
        <span
          >could not be
          judged${unread > 0 && html`, and <a href="#gaps">${plural(unread, 'scope')} not fully read</a>`}</span
        >
      </li>
    </ul>
    <ul class="tiles">
      ${tiles.map((exposure) => renderTile(exposure, report.summary.byExposure[exposure]))}
    </ul>
    ${external > 0 && html`<p class="small">${plural(external, 'cluster')} listed but run elsewhere, not judged</p>`}`;
}

function renderTile(exposure: Exposure, count: number): Html {
  if (count === 0) return html`<li class="tile is-none">${exposureMark(exposure)} <b>0</b></li>`;
  return html`<li class="tile">
    <a href="#${exposure}">${exposureMark(exposure)} <b>${count}</b></a>
  </li>`;
}

const tiles = exposures.filter((exposure) => exposure !== 'not-applicable');

/** One bar for each provider, all on one scale. Sizes are attributes of an SVG: the page's policy admits no style attribute. */
export function renderBars({ clusters }: Report): Html | undefined {
  if (clusters.length === 0) return undefined;
  const byProvider = [...Map.groupBy(clusters, ({ provider }) => provider)].toSorted(
    (a, b) => b[1].length - a[1].length,
  );
  const most = byProvider[0]?.[1].length ?? 0;
  return html`<section class="providers" aria-labelledby="by-provider">
    <h2 id="by-provider">Exposure by provider</h2>
    ${byProvider.map(([provider, rows]) => renderBar(providerWord(provider), rows, most))}
  </section> `;
}

function renderBar(name: string, clusters: Report['clusters'], most: number): Html {
  const counts = exposures.flatMap((exposure) => {
    const count = clusters.filter((cluster) => cluster.exposure === exposure).length;
    return count === 0 ? [] : { exposure, count };
  });
  const words = counts
    .map(({ exposure, count }) => `${count} ${exposureWords[exposure].word.toLowerCase()}`)
    .join(', ');
  let start = 0;
  const segments = counts.map(({ exposure, count }) => {
    const width = (count / most) * 100;
    const segment = renderSegment(exposure, count, start, width);
    start += width;
    return segment;
  });
  return html`<div class="provider">
    <b>${name}</b> <span>${clusters.length}</span>
    <svg class="bar" width="100%" height="24" role="img" aria-label="${name}: ${words}">${segments}</svg>
  </div> `;
}

function renderSegment(exposure: Exposure, count: number, start: number, width: number): Html {
  const middle = percent(start + width / 2);
  return html`<rect class="fill-${exposure}" x="${percent(start)}" width="${percent(width)}" height="24" />
    <text x="${middle}" y="17" text-anchor="middle">${segmentLabel(exposure, count, width)}</text>`;
}

/** Glyph and count where both fit, the count where it alone does; a bar is about 350 pixels wide. */
function segmentLabel(exposure: Exposure, count: number, width: number): string {
  const digits = String(count).length;
  if (width >= 3 * digits + 6) return `${exposureWords[exposure].glyph} ${count}`;
  return width >= 3 * digits ? String(count) : '';
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
