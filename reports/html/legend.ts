import { exposures } from '../../src/model/endpoint.ts';
import { html } from '../lib/html.ts';
import { markWords } from '../lib/lane.ts';
import { exposureWords } from '../lib/words.ts';
import { exposureMark, foreign } from './marks.ts';
import type { Html } from '../lib/html.ts';
import type { Report } from '../../src/model/report.ts';

/** How to read the page, for someone who was sent it. */
export function renderLegend({ scan, tool }: Report): Html {
  const words = exposures.map(
    (exposure) =>
      html`<div>
        <dt>${exposureMark(exposure)}</dt>
        <dd>${exposureWords[exposure].means}</dd>
      </div>`,
  );
  const marks = Object.entries(markWords).map(
    ([mark, { glyph, words: meaning }]) =>
      html`<div>
        <dt class="glyphs"><i class="step-${mark}">${glyph}</i></dt>
        <dd>${meaning}</dd>
      </div>`,
  );
  return html`<section aria-labelledby="legend">
      <h2 id="legend">How to read this</h2>
      <p>
        A probe shows what is open to the place it was made from, never what is open to everyone: so each conclusion
        joins the settings with what the wire showed. <b>Confirmed</b> means that the wire agreed.
      </p>
      <div class="legends">
        <dl>${words}</dl>
        <dl>${marks}</dl>
      </div>
    </section>
    <footer>
      <p>${tool.name} ${tool.version} · scan <code>${foreign(scan.id, 64)}</code></p>
    </footer> `;
}
