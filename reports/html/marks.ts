import { createHash } from 'node:crypto';
import { cut } from '../../src/lib/text.ts';
import { html, remember } from '../lib/html.ts';
import { exposureWords, providerWord, whereabouts } from '../lib/words.ts';
import type { Exposure } from '../../src/model/endpoint.ts';
import type { Html } from '../lib/html.ts';
import type { JudgedCluster } from '../../src/model/report.ts';
import type { Severity } from '../../src/model/severity.ts';

/** Text from elsewhere, kept from changing the direction of what stands around it. */
export function foreign(text: string, length = 300): Html {
  return html`<bdi>${cut(text, length)}</bdi>`;
}

export const exposureMark = remember((exposure: Exposure): Html => {
  const { glyph, word } = exposureWords[exposure];
  return html`<span class="mark of-${exposure}"><span class="glyph" aria-hidden="true">${glyph}</span> ${word}</span>`;
});

const bars: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1, info: 0 };

/** The word, and as many bars as it is bad. */
export const severityMark = remember((severity: Severity): Html => {
  const lit = '▮'.repeat(bars[severity]);
  return html`<span class="severity is-${severity}"
    ><span class="bars" aria-hidden="true">${lit}</span> ${severity}</span
  >`;
});

/** Provider, account, location and what else places a cluster. */
export function placeOf(cluster: JudgedCluster): Html {
  const [, ...parts] = whereabouts(cluster);
  return html`${providerWord(cluster.provider)}${parts.map((part) => html` · ${foreign(part, 80)}`)}`;
}

/** The anchor of a cluster: its id, so that a link can be read; where that cannot stand in one, its hash. */
export function clusterAnchor(id: string): string {
  if (id.length <= 300 && /^[a-z]+:[\w./@-]+$/.test(id)) return id;
  return `cluster-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

export function clusterLink({ id, name }: JudgedCluster): Html {
  return html`<a href="#${clusterAnchor(id)}">${foreign(name, 120)}</a>`;
}

/** A table that may be wider than a telephone: it scrolls by itself, also by keyboard. */
export function scrolling(label: string, table: Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>`;
}
