import { plural } from '../../src/lib/text.ts';
import { html } from '../lib/html.ts';
import { groupIssues } from '../lib/issues.ts';
import { countStatuses } from '../lib/rows.ts';
import { coverageWords, providerWord } from '../lib/words.ts';
import { foreign, scrolling } from './marks.ts';
import type { Html } from '../lib/html.ts';
import type { IssueGroup } from '../lib/issues.ts';
import type { Report } from '../../src/model/report.ts';

/** What was not seen. As loud as a finding: an empty row of a failed scope is not a safe one. */
export function renderCoverage(report: Report): Html {
  const gaps = report.coverage.filter(({ status }) => status !== 'complete');
  const read = report.coverage.length - gaps.length;
  const { pass, unknown, 'not-applicable': inapplicable } = countStatuses(report);
  return html`<section id="gaps" aria-labelledby="coverage">
    <h2 id="coverage">Coverage gaps <span class="of">${gaps.length}</span></h2>
    <p>
      ${gaps.length > 0 && html`<strong>Nothing here may be taken as safe.</strong> `}${plural(read, 'scope')} read in
      full.
    </p>
    ${gaps.length > 0 && renderScopes(gaps)} ${renderIssues(report.issues)} ${renderNotSeen(report.scan.notSeen)}
    <p>Checks: ${pass} passed, ${unknown} could not tell, ${inapplicable} did not apply.</p>
  </section> `;
}

function renderScopes(gaps: Report['coverage']): Html {
  const rows = gaps.map(
    ({ provider, account, location, status, clusters, reason }) =>
      html`<tr>
        <td class="id"><b>${coverageWords[status]}</b></td>
        <td>${providerWord(provider)}</td>
        <td class="id">${foreign(account, 80)}</td>
        <td class="id">${foreign(location, 80)}</td>
        <td>${clusters}</td>
        <td>${reason !== undefined && foreign(reason, 600)}</td>
      </tr> `,
  );
  return scrolling(
    'Scopes that were not fully read',
    html`<table>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Cloud</th>
          <th scope="col">Account</th>
          <th scope="col">Location</th>
          <th scope="col">Clusters</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}

function renderIssues(issues: Report['issues']): Html | undefined {
  if (issues.length === 0) return undefined;
  const rows = groupIssues(issues).map(
    (group) =>
      html`<tr>
        <td><code>${group.code}</code></td>
        <td class="id">${renderWhere(group)}</td>
        <td>${foreign(group.message, 600)}</td>
      </tr> `,
  );
  return html`<h3>Issues</h3>
    ${scrolling(
      'Issues',
      html`<table>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Where</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
    )}`;
}

function renderWhere({ where, places }: IssueGroup): Html {
  if (places.length === 1) return foreign(where, 300);
  const items = places.map((place) => html`<li>${foreign(place, 300)}</li> `);
  return html`<details class="more">
    <summary>${where}</summary>
    <ul class="plain">
      ${items}
    </ul>
  </details>`;
}

function renderNotSeen(notSeen: Report['scan']['notSeen']): Html | undefined {
  if (notSeen.length === 0) return undefined;
  return html`<h3>Ways in that this scan cannot see</h3>
    <ul>
      ${notSeen.map(({ provider, what }) => html`<li><b>${providerWord(provider)}</b> ${foreign(what, 600)}</li>`)}
    </ul> `;
}
