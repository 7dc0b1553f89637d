import { cut } from '../../src/lib/text.ts';
import { html, trusted } from '../lib/html.ts';
import { foreign, severityMark } from './marks.ts';
import type { CheckText, Finding } from '../../src/model/report.ts';
import type { Html } from '../lib/html.ts';

/** One failed check: what, why, what to do, where to read on. */
export function renderFail(finding: Finding, text: CheckText | undefined): Html {
  const { fingerprint, severity, message, remediation, references, checkId, evidence } = finding;
  return html`<div class="finding" id="${fingerprint}">
    <h4>${severityMark(severity)} ${text?.title ?? checkId}</h4>
    ${message !== undefined && html`<p>${foreign(message, 1000)}</p>`}
    ${evidence !== undefined && renderEvidence(evidence)}
    ${text !== undefined && html`<p class="why">${text.rationale}</p>`}
    ${
      remediation !== undefined &&
      html`<p><b>What to do:</b> ${foreign(remediation.summary, 1000)}</p>
        ${renderCommands(remediation.commands)}`
    }
    ${renderReferences(references)}
    <p class="small">Check <code>${checkId}</code> · <a href="#${fingerprint}">link to this finding</a></p>
  </div> `;
}

function renderEvidence(evidence: Readonly<Record<string, unknown>>): Html {
  const rows = Object.entries(evidence).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return html`<div>
      <dt>${foreign(key, 60)}</dt>
      <dd>${foreign(text, 500)}</dd>
    </div>`;
  });
  return html`<dl class="evidence">${rows}</dl>`;
}

/** What a check could not tell is neither a pass nor a fail, and has no fix but to look again. */
export function renderUnknowns(findings: readonly Finding[], texts: ReadonlyMap<string, CheckText>): Html | undefined {
  if (findings.length === 0) return undefined;
  return html`<div class="untold">
    <h4><span aria-hidden="true">?</span> Could not be told</h4>
    <ul>
      ${findings.map(
        ({ checkId, fingerprint, message }) =>
          html`<li id="${fingerprint}">
            ${texts.get(checkId)?.title ?? checkId}${message !== undefined && html`: ${foreign(message, 1000)}`}
          </li>`,
      )}
    </ul>
  </div> `;
}

export function renderCommands(commands: readonly string[], clusterName?: string): Html | undefined {
  if (commands.length === 0) return undefined;
  return html`${clusterName !== undefined && html`<p class="small">For ${foreign(clusterName, 120)}:</p>`}
    <div class="commands">${commands.map(renderCommand)}</div>`;
}

/** A command or query of several lines keeps them; every other control character stays in its box. */
function renderCommand(command: string): Html {
  const lines = command.split('\n').map((line, at) => html`${at > 0 && newline}${line}`);
  return html`<pre><code>${lines}</code></pre>`;
}

const newline = trusted('\n');

const renderedReferences = new WeakMap<readonly string[], Html>();

/** The references of a check, which all its findings share. */
export function renderReferences(references: readonly string[] = []): Html | undefined {
  if (references.length === 0) return undefined;
  const rendered = renderedReferences.get(references) ?? renderLinks(references);
  renderedReferences.set(references, rendered);
  return rendered;
}

/** Links are the checks' own; what does not look like one (an edited evidence file) stays text. */
function renderLinks(references: readonly string[]): Html {
  const items = references.map((reference) =>
    /^https:\/\/[\w.-]+\/[\w./#?=&%~+,:@-]*$/.test(reference)
      ? html`<li><a href="${reference}" rel="noreferrer">${cut(reference.slice('https://'.length), 120)}</a></li>`
      : html`<li>${foreign(reference)}</li>`,
  );
  return html`<p class="small">Read on:</p>
    <ul class="references">
      ${items}
    </ul>`;
}
