import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { json } from '../../../reports/json.ts';
import { clusterOf, coverageOf, endpointOf, findingOf, fleetOf, probeOf, reportOf } from '../../fixtures/report.ts';
import { reportCases } from '../../fixtures/report-cases.ts';
import { outcomes } from '../../../src/model/probe.ts';
import type { Report } from '../../../src/model/report.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('../../../src/model/report.schema.json', import.meta.url), 'utf8')),
);

function parsed(report: Report): Record<string, unknown> {
  return JSON.parse([...json.render(report)].join('')) as Record<string, unknown>;
}

function problemsOf(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the published schema', () => {
  test.each(Object.entries(reportCases))('admits %s', (_name, report) => {
    expect(problemsOf(parsed(report))).toEqual([]);
  });

  test.each(outcomes)('admits a probe that ended as %s', (outcome) => {
    const cluster = clusterOf('gke', 'one', [endpointOf('exposed', { probe: probeOf(outcome) })]);
    expect(problemsOf(parsed(reportOf({ clusters: [cluster], coverage: [coverageOf('gke', 'complete', 1)] })))).toEqual(
      [],
    );
  });

  test('admits fields that a later version adds', () => {
    expect(problemsOf({ ...parsed(fleetOf(3, ['exposed'], true)), added: { in: 'a later version' } })).toEqual([]);
  });

  test.each([
    ['schemaVersion', '2.0', '/schemaVersion'],
    ['clusters', {}, '/clusters'],
    ['scan', undefined, ' must have required property'],
    [
      'coverage',
      [{ provider: 'eks', account: 'a', location: 'b', status: 'green', clusters: 1 }],
      '/coverage/0/status',
    ],
    ['issues', [{ code: 'forbidden', message: '' }], '/issues/0/message'],
    ['issues', [{ code: 'forbidden', message: null }], '/issues/0/message'],
    [
      'findings',
      [{ ...findingOf('open-endpoint', clusterOf('eks', 'a', [])), fingerprint: 'short' }],
      '/findings/0/fingerprint',
    ],
    ['clusters', [clusterOf('eks', 'a', [endpointOf('exposed', { port: 0 })])], '/clusters/0/endpoints/0/port'],
    ['clusters', [{ ...clusterOf('eks', 'a', []), exposure: 'safe' }], '/clusters/0/exposure'],
  ])('refuses a wrong %s', (field, value, place) => {
    const broken = { ...parsed(fleetOf(1, ['exposed'], true)), [field]: value };
    expect(problemsOf(broken).join('\n')).toContain(place);
  });
});

test('holds the whole report and nothing else', () => {
  const report = reportCases['everything'] as Report;
  expect(parsed(report)).toEqual(report);
});

test('leaves out fields without a value, wherever they are', () => {
  const [found] = (reportCases['everything'] as Report).findings;
  const finding = {
    ...(found as Report['findings'][number]),
    message: '',
    evidence: { subject: '', issuer: null, names: ['', 'a', null], port: 0 },
  };
  const report = { ...fleetOf(1, ['exposed'], true), findings: [finding] };
  expect(parsed(report)['findings']).toEqual([
    {
      ...Object.fromEntries(Object.entries(finding).filter(([key]) => key !== 'message')),
      evidence: { names: ['a'], port: 0 },
    },
  ]);
});

test('keeps what looks empty inside a text', () => {
  const report = {
    ...fleetOf(1, ['exposed'], true),
    issues: [{ code: 'malformed' as const, message: 'read {"a":null,"b":""}' }],
  };
  expect(parsed(report)['issues']).toEqual(report.issues);
});

test('keeps hostile text as it was, in escapes', () => {
  const report = reportCases['hostile'] as Report;
  expect(parsed(report)).toEqual(report);
});

test('keeps invisible text of two code units as it was, too', () => {
  const issues = [{ code: 'malformed' as const, message: 'a\u{e0041}b\u{1d173}c' }];
  expect(parsed({ ...fleetOf(1, ['exposed'], true), issues })['issues']).toEqual(issues);
});

test('stands one row a line, in the order of the contract', () => {
  const lines = [...json.render(fleetOf(3, ['exposed'], false))].join('').split('\n');
  expect(lines.filter((line) => /^ {2}\{"id":"(?:eks|gke|aks):/.test(line))).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith('"')).map((line) => line.split('"')[1])).toEqual([
    'schemaVersion',
    'tool',
    'scan',
    'summary',
    'coverage',
    'clusters',
    'checks',
    'findings',
    'issues',
  ]);
});
