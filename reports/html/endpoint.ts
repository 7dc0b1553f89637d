import { html } from '../lib/html.ts';
import { describeAccess } from '../lib/access.ts';
import { seenOf } from '../lib/observations.ts';
import { minuteOf, outcomeWords, roleWords, sentence } from '../lib/words.ts';
import { renderCommands } from './finding.ts';
import { renderLane } from './lane.ts';
import { exposureMark, foreign } from './marks.ts';
import type { Html } from '../lib/html.ts';
import type { JudgedAccess, JudgedCluster, JudgedEndpoint, JudgedProbe } from '../../src/model/report.ts';

/** One way in: the conclusion, then the steps it rests on, then what lets the owner find our requests. */
export function renderEndpoint(endpoint: JudgedEndpoint, auditLog: JudgedCluster['auditLog']): Html {
  const { role, host, port, exposure, confirmed, reason, access, probe } = endpoint;
  const where = host === undefined ? 'no host' : html`${foreign(host, 253)}:${port}`;
  return html`<div class="endpoint">
    <h4>
      ${roleWords[role]} ${exposureMark(exposure)}
      <span class="proof">${confirmed ? 'confirmed on the wire' : 'not confirmed on the wire'}</span>
    </h4>
    <p class="host"><code>${where}</code></p>
    <p>${foreign(sentence(reason), 1000)}</p>
    ${exposure === 'contradiction' && probe !== undefined && renderBothSides(access, probe)} ${renderLane(endpoint)}
    ${renderRanges(access)} ${probe !== undefined && renderProbe(probe, auditLog)}
  </div> `;
}

/**
 * A conflict shows both statements side by side: which of them is wrong is for the reader to find out. It is called one only
 * after the second look, so that a second look here always means that the same API server answered again.
 */
function renderBothSides(access: JudgedAccess, probe: JudgedProbe): Html {
  const { tls, identity, secondLook } = probe;
  const at = probe.via ?? probe.address;
  return html`<div class="sides">
    <div>
      <b>The settings say</b>
      <p>
        ${foreign(describeAccess(access), 300)}${access.reason !== undefined && html`: ${foreign(access.reason, 500)}`}
      </p>
      ${secondLook !== undefined && html`<p class="small">Read again${secondLook.settings === 'equal-afterwards' ? '' : ' before the second look'}: ${settingsWords[secondLook.settings]}.</p>`}
    </div>
    <div>
      <b>The wire shows</b>
      <p>${outcomeWords[probe.outcome]}${at !== undefined && html`, at ${foreign(at, 60)}`}</p>
      ${tls !== undefined && html`<p class="small">Certificate issued by ${foreign(tls.certificate.issuer, 200)}.</p>`}
      ${identity.signals.slice(0, 6).map((signal) => html`<p class="small">${foreign(signal, 300)}</p>`)}
      ${secondLook !== undefined && html`<p class="small">It answered again <time datetime="${secondLook.at}">${minuteOf(secondLook.at)}</time>.</p>`}
    </div>
  </div> `;
}

const settingsWords = {
  equal: 'unchanged',
  changed: 'changed in between',
  unsettled: 'the cluster is being changed',
  unread: 'they could not be read',
  'not-read-again': 'they were not read again',
  'equal-afterwards': 'unchanged, read by a later scan',
} as const;

const shownRanges = 6;

function renderRanges({ kind, ranges = [], admits = [], reason }: JudgedAccess): Html | undefined {
  const entries = [...ranges, ...admits];
  if (entries.length === 0) return undefined;
  const [first, rest] = [entries.slice(0, shownRanges), entries.slice(shownRanges)];
  return html`<p class="small">
      ${kind === 'unknown' ? 'What could be read of the list' : 'Admitted by the settings'}${reason !== undefined && html` (${foreign(reason, 500)})`}:
    </p>
    <ul class="names">
      ${renderEntries(first)}
    </ul>
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${rest.length} more</summary>
        <ul class="names">
          ${renderEntries(rest)}
        </ul>
      </details>`
    } `;
}

function renderEntries(entries: readonly string[]): Html {
  return html`${entries.map((entry) => html`<li><code>${foreign(entry, 80)}</code></li>`)}`;
}

function renderSeen(probe: JudgedProbe): Html | undefined {
  const seen = seenOf(probe);
  if (seen.length === 0) return undefined;
  return html`${seen.map(({ label, what }) => html`<p class="small">${label === 'from' ? 'From' : 'At'} ${foreign(what, 300)}.</p>`)}`;
}

const logWords = {
  on: 'The audit log is on, as far as the settings tell; this query finds our requests:',
  off: 'The audit log is off by the settings, so the query will find nothing until it is on:',
  unknown: 'Whether the audit log is on could not be told; this query would find our requests:',
} as const;

function renderProbe(probe: JudgedProbe, auditLog: JudgedCluster['auditLog']): Html | undefined {
  const { auditId, logQuery, startedAt, durationMs, outcome, detail, gitVersion } = probe;
  if (outcome === 'not-probed') return renderSeen(probe);
  return html`<p class="small">
      Probed <time datetime="${startedAt}">${minuteOf(startedAt)}</time>, ${Math.round(durationMs)} ms:
      <code>${outcome}</code>.
      ${foreign(sentence(detail), 500)}${gitVersion !== undefined && html` Version ${foreign(gitVersion, 64)}.`}
    </p>
    ${auditId !== undefined && html`<p class="small">Our requests carry the Audit-ID <code>${foreign(auditId, 64)}</code>. ${logQuery === undefined ? 'None was sent, so no log has one.' : logWords[auditLog]}</p>`}
    ${logQuery !== undefined && renderCommands([logQuery])}${renderSeen(probe)} `;
}
