import { html, remember } from '../lib/html.ts';
import { lane, markWords } from '../lib/lane.ts';
import { foreign } from './marks.ts';
import type { Html } from '../lib/html.ts';
import type { JudgedEndpoint } from '../../src/model/report.ts';
import type { Step, StepMark } from '../lib/lane.ts';

const shownFacts = 10;

/** Five glyphs: how far an outsider gets, to run the eye down a list. */
export function renderGlyphs(endpoint: JudgedEndpoint): Html {
  const steps = lane(endpoint);
  const words = steps.map(({ name, mark }) => `${name}: ${markWords[mark].words}`).join(', ');
  return html`<span class="glyphs" role="img" aria-label="${words}"
    >${steps.map(({ mark }): Html => renderGlyphOf(mark))}</span
  >`;
}

const renderGlyphOf = remember((mark: StepMark): Html => html`<i class="step-${mark}">${markWords[mark].glyph}</i>`);

/** The same five steps with what was seen at each. */
export function renderLane(endpoint: JudgedEndpoint): Html {
  return html`<ol class="lane">
    ${lane(endpoint).map(renderStep)}
  </ol> `;
}

function renderStep({ name, mark, facts }: Step): Html {
  const rest = facts.length - shownFacts;
  return html`<li class="step-${mark}">
    <b>${name}</b> ${renderMark(mark)}${facts
      .slice(0, shownFacts)
      .map((fact) => html`<small>${foreign(fact, 200)}</small>`)}${rest > 0 && html`<small>and ${rest} more</small>`}
  </li>`;
}

const renderMark = remember((mark: StepMark): Html => {
  const { glyph, words } = markWords[mark];
  return html`<span class="step"><span aria-hidden="true">${glyph}</span> ${words}</span>`;
});
