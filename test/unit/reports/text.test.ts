import { describe, expect, test } from 'vitest';
import { text } from '../../../reports/text.ts';
import { fleetOf, reportOf, clusterOf, endpointOf, coverageOf, findingOf, probeOf } from '../../fixtures/report.ts';
import { deniedEverywhere } from '../../fixtures/denied-everywhere.ts';
import { reportCases } from '../../fixtures/report-cases.ts';
import type { Report } from '../../../src/model/report.ts';

function linesOf(report: Report): readonly string[] {
  return [...text.render(report)].join('').split('\n');
}

describe.each(Object.entries(reportCases))('%s', (_name, report) => {
  test('fits a terminal of 80 columns', () => {
    expect(linesOf(report).filter((line) => line.length > 80)).toEqual([]);
  });
});

test('says first what is missing, then the number, then what to do, then the clusters, then the gaps', () => {
  const lines = linesOf(reportCases['everything'] as Report);
  const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
  const order = [
    '! INCOMPLETE',
    '6 of 16 clusters',
    'WHAT TO DO FIRST',
    'CLUSTERS THAT NEED A DECISION: 9',
    'NOT READ',
    'IN SHORT',
  ];
  expect(order.map(at)).not.toContain(-1);
  expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
});

test('what to do first stands on the first screen of a terminal', () => {
  const lines = linesOf(reportCases['everything'] as Report)
    .slice(0, 24)
    .join('\n');
  expect(lines).toContain('1. CRITICAL  Anonymous requests may administer the cluster');
  expect(lines).toContain('Remove the role bindings');
  expect(lines).toContain('gcloud container clusters update media-prod');
});

test.each(['nothing-read', 'no-scope'])('%s: shows no number of open clusters at all', (name) => {
  const said = linesOf(reportCases[name] as Report).join('\n');
  expect(said).toContain('is not known');
  expect(said).toContain('NOTHING WAS READ');
  expect(said).not.toMatch(/\d+ of \d+ clusters/);
});

test('says that nothing was checked on the wire where probing was off', () => {
  const said = linesOf(reportCases['settings-only'] as Report).join('\n');
  expect(said).toContain('SETTINGS ONLY');
  expect(said).toContain('0  proven');
});

test('a report without gaps and fails says so, and says nothing of gaps', () => {
  const said = linesOf(reportCases['all-calm'] as Report).join('\n');
  expect(said).toContain('Nothing: no check failed.');
  expect(said).not.toContain('NOT READ');
  expect(said).toContain('  1 restricted, 1 private');
});

test('the last screen of a terminal says the number and what to do first once more', () => {
  const lines = linesOf(reportCases['everything'] as Report)
    .slice(-9)
    .join('\n');
  expect(lines).toContain('  clusters  6 of 16 clusters open to the internet, 2 could not be judged');
  expect(lines).toContain('  first     CRITICAL  Anonymous requests may administer the cluster: media-prod');
});

test.each([
  ['nothing-read', 'clusters  not known: nothing was read', 'not everything was seen'],
  ['no-clusters', 'clusters  none in the scopes that were read', '0 skipped'],
])('the last screen of %s does not pass for a clean result', (name, clusters, scopes) => {
  const lines = linesOf(reportCases[name] as Report);
  expect(lines.slice(-7).join('\n')).toContain(clusters);
  expect(lines.at(-3)).toContain(scopes);
});

test('what several checks could not tell for one reason is said once', () => {
  const cluster = clusterOf('eks', 'mute', [endpointOf('unknown')]);
  const unknown = { status: 'unknown', message: 'Nobody answered.' } as const;
  const findings = ['data-exposed', 'admin-exposed'].map((check) => findingOf(check, cluster, unknown));
  const said = linesOf(reportOf({ clusters: [cluster], findings }));
  expect(said.filter((line) => line.includes('Nobody answered.'))).toHaveLength(1);
});

test('a large fleet stays readable, and what is left out is counted', () => {
  const lines = linesOf(fleetOf(500, ['exposed'], true));
  expect(lines.length).toBeLessThan(400);
  expect(lines.join('\n')).toContain('… and 475 more clusters: see the JSON or the HTML report.');
});

test('what went wrong in the same way everywhere is said once, with the first names and the number of the others', () => {
  const lines = linesOf(deniedEverywhere(1000));
  expect(lines.length).toBeLessThan(40);
  const said = lines.join('\n');
  expect(said).toContain('ISSUES: 2\n  - forbidden, 1,000 clusters: eks:ListCapabilities: refused\n');
  expect(said).toMatch(/\n {6}eks:1\/eu-west-1\/c0, [^]*c3, and 996 more:\s+see the JSON or the HTML report\n/);
  expect(said).toContain('  - forbidden, 1,000 scopes: eks:ListClusters: refused\n');
  expect(said).toContain(
    '  - EKS, 1,000 scopes: not read; eks:ListClusters: refused\n      0 eu-west-1, 1 eu-west-1, ',
  );
});

test.each([
  ['status', coverageOf('eks', 'partial', 0, { reason: 'refused' })],
  ['cloud', coverageOf('aks', 'failed', 0, { reason: 'refused' })],
  ['reason', coverageOf('eks', 'failed', 0, { reason: 'refused, too' })],
])('scopes of another %s are lines of their own', (_, other) => {
  const rows = [coverageOf('eks', 'failed', 0, { location: 'us-east-1', reason: 'refused' }), other];
  expect(
    linesOf(reportOf({ coverage: rows })).filter((line) => /^ {2}- (?:EKS|AKS) .*refused/.test(line)),
  ).toHaveLength(2);
});

test('a cluster that is restricted, but may be read by anyone, needs a decision', () => {
  const cluster = clusterOf('eks', 'leaky', [endpointOf('restricted', { probe: probeOf('data-exposed') })]);
  const report = reportOf({
    clusters: [cluster],
    findings: [findingOf('data-exposed', cluster)],
    coverage: [coverageOf('eks', 'complete', 1)],
  });
  expect(linesOf(report).join('\n')).toMatch(/CLUSTERS THAT NEED A DECISION: 1\n\n {2}◔ RESTRICTED {2}leaky/);
});

test.each(['wider', 'narrower'] as const)(
  'an anonymous request that gets something %s shows both sides',
  (difference) => {
    const anonymous = { expected: 'the version', observed: 'what it got', difference };
    const cluster = clusterOf('eks', 'odd', [endpointOf('exposed', { probe: probeOf('inconclusive', { anonymous }) })]);
    const report = reportOf({ clusters: [cluster], findings: [findingOf('admin-exposed', cluster)] });
    const fact = `anonymous documented: the version; seen: what it got (${difference} than documented)`;
    expect(linesOf(report).join('\n').replace(/\s+/g, ' ')).toContain(fact);
  },
);

test.each([
  ['anonymous-disabled', 'none', true],
  ['anonymous-disabled', 'cluster-ca', false],
  ['not-this-cluster', 'none', false],
] as const)('after %s by a chain to %s, the certificate is unverified: %s', (outcome, chain, expected) => {
  const { tls } = probeOf(outcome);
  const probe = probeOf(outcome, tls && { tls: { ...tls, chain } });
  const cluster = clusterOf('aks', 'prod', [endpointOf('exposed', { probe })]);
  const said = linesOf(reportOf({ clusters: [cluster], findings: [findingOf('open-endpoint', cluster)] })).join('\n');
  expect(said.includes('certificate unverified: no CA is known to compare it with')).toBe(expected);
});
