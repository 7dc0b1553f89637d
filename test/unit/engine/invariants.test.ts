import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allowList,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  evidence,
  look,
  open,
  probe,
  secondLook,
  unreadable,
  vantage,
  withoutSettings,
} from './evidence.ts';
import { sampleMeta } from './rules.ts';
import { checks } from '../../../src/checks/index.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { exitCode } from '../../../src/engine/exit.ts';
import { mergeEvidence } from '../../../src/engine/merge.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { outcomes } from '../../../src/model/probe.ts';
import type { AddressResult, EndpointProbe, Outcome, ProbeResult, SecondLook } from '../../../src/model/probe.ts';
import { providerIds } from '../../../src/model/provider.ts';
import type { JudgedEndpoint, Report } from '../../../src/model/report.ts';

/*
 * What has to hold whatever was collected, from however many vantages: no table holds all of it. Evidence is drawn at random,
 * judged by the real checks, and set against the few sentences that users act on.
 */

const ofStrangers: readonly Outcome[] = ['tls-failed', 'not-this-cluster', 'not-kubernetes'];
const ofNobody: readonly Outcome[] = ['not-probed', 'unresolved', 'closed', 'filtered'];

function lookOf(outcome: Outcome, address: string): ProbeResult {
  if (ofNobody.includes(outcome)) return look(outcome, { address, family: 'ipv4', timedOut: outcome === 'filtered' });
  const peer = ofStrangers.includes(outcome) ? 'other' : 'this';
  const requests = [{ path: '/', status: 403 }];
  return look(outcome, { address, family: 'ipv4', connected: true, requests, identity: { peer, signals: [] } });
}

const access = fc.constantFrom(
  open,
  closed,
  unreadable,
  allowList(),
  allowList(['198.51.100.0/24']),
  allowList(['0.0.0.0/4']),
  allowList(['203.0.113.0/24'], ['google-cloud']),
);
const oneLook = fc
  .tuple(
    fc.oneof(fc.constantFrom(...outcomes), fc.constant('anonymous-forbidden' as const)),
    fc.constantFrom('192.0.2.10', '192.0.2.11', '10.0.0.5'),
  )
  .map(([outcome, address]) => lookOf(outcome, address));
const result = fc
  .tuple(oneLook, fc.array(oneLook, { maxLength: 1 }))
  .map(([first, others]): ProbeResult => (others.length === 0 ? first : { ...first, addresses: [first, ...others] }));
const settings: readonly SecondLook['settings'][] = ['equal', 'changed', 'unsettled', 'unread', 'not-read-again'];
const second = fc.tuple(
  fc.oneof(fc.constantFrom(...settings), fc.constant('equal' as const)),
  fc.option(result, { nil: undefined }),
);
const looked = fc.option(fc.tuple(result, fc.option(second, { nil: undefined })), { nil: undefined });

const run = fc
  .record({
    provider: fc.constantFrom(...providerIds),
    state: fc.constantFrom('running' as const, 'stopped' as const, 'updating' as const, 'failed' as const),
    access,
    byName: fc.constantFrom(open, closed),
    looks: fc.tuple(looked, looked),
    addresses: fc.constantFrom([], ['198.51.100.7'], ['203.0.113.9']),
    kind: fc.constantFrom('outside' as const, 'outside' as const, 'inside' as const),
    cloud: fc.constantFrom('aws' as const, 'gcp' as const, 'none' as const, 'unknown' as const),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  .map(({ provider, state, looks, addresses, kind, cloud, minute, ...accesses }) => {
    const byHost = endpoint({ access: provider === 'kubeconfig' ? withoutSettings : accesses.access });
    const endpoints = provider === 'gke' ? [byHost, dnsEndpoint(accesses.byName)] : [byHost];
    const subject = cluster('prod', { provider, state, endpoints });
    const probes = endpoints.flatMap(({ role }, at) => {
      const [first, again] = looks[at] ?? [];
      return first === undefined
        ? []
        : [probe(subject, first, { role, ...(again && { secondLook: secondLook(...again) }) })];
    });
    const startedAt = new Date(Date.UTC(2026, 2, 1, 9, minute)).toISOString();
    const coverage = [{ provider, account: '1234', location: 'eu-1', status: 'complete', clusters: 1 } as const];
    return evidence(
      { clusters: [subject], probes, coverage },
      { startedAt, vantage: vantage({ addresses, kind, cloud }) },
    );
  });
const found = fc
  .array(run, { minLength: 1, maxLength: 3 })
  .map((runs) => runs.map((each, at) => ({ ...each, scan: { ...each.scan, id: `run-${at}` } })))
  .map((runs) => (runs.length === 1 ? (runs[0] as Evidence) : mergeEvidence(runs)));

const rules = { checks, providers: providerIds.map(sampleMeta) };

/** One endpoint of the report, with all looks at it. */
interface Case {
  readonly report: Report;
  readonly judged: JudgedEndpoint;
  readonly clusterId: string;
  readonly state: string;
  readonly probes: readonly EndpointProbe[];
  readonly looks: readonly AddressResult[];
}

function casesOf(file: Evidence): readonly Case[] {
  const report = evaluate(file, rules);
  return report.clusters.flatMap(({ id, state, endpoints }) =>
    endpoints.map((judged) => {
      const probes = file.probes.filter(({ clusterId, role }) => clusterId === id && role === judged.role);
      const looks = probes.flatMap(({ result: { addresses, ...first } }) => addresses ?? [first]);
      return { report, judged, clusterId: id, state, probes, looks };
    }),
  );
}

const code = (report: Report): number => exitCode(report, { failOn: 'high', allowPartial: false }).code;

const failed = ({ report, clusterId, judged }: Case, checkId: string): boolean =>
  report.findings.some(
    (finding) =>
      finding.checkId === checkId &&
      finding.clusterId === clusterId &&
      finding.endpointRole === judged.role &&
      finding.status === 'fail',
  );

const isGiven =
  (outcome: Outcome) =>
  ({ looks }: Case): boolean =>
    looks.some((each) => each.outcome === outcome && each.identity.peer === 'this');

const isSettled = ({ secondLook: again, outdated }: EndpointProbe): boolean =>
  outdated === undefined && again?.result !== undefined && again.settings.startsWith('equal');

const aboutSettings = ['open-endpoint', 'broad-allow-list', 'cloud-wide-source'];
const passed = ({ report, clusterId, judged }: Case): boolean =>
  report.findings.some(
    (finding) =>
      aboutSettings.includes(finding.checkId) &&
      finding.clusterId === clusterId &&
      finding.endpointRole === judged.role &&
      finding.status === 'pass',
  );

const isOpen = ({ judged }: Case): boolean => judged.role === 'public' && judged.access.kind === 'open';
const isUnread = ({ judged }: Case): boolean =>
  judged.role === 'public' && judged.access.kind === 'unknown' && judged.access.settings === undefined;

test.each<[string, (each: Case) => boolean, (each: Case) => boolean]>([
  ['what the settings open is exposed', isOpen, ({ judged }) => judged.exposure === 'exposed'],
  ['what the settings open fails', isOpen, (each) => failed(each, 'open-endpoint')],
  [
    'what the settings open ends with 1, unless it is stopped',
    (each) => isOpen(each) && each.state !== 'stopped',
    ({ report }) => code(report) === 1,
  ],
  [
    'data given to anyone fails, wherever it was seen from',
    isGiven('data-exposed'),
    (each) => failed(each, 'data-exposed'),
  ],
  ['control given to anyone fails', isGiven('admin-exposed'), (each) => failed(each, 'admin-exposed')],
  [
    'a contradiction was seen twice, and the settings read again and equal',
    ({ judged }) => judged.exposure === 'contradiction',
    ({ probes }) => probes.some(isSettled),
  ],
  [
    'what is confirmed was looked at from outside',
    ({ judged }) => judged.confirmed,
    ({ report: { scan }, looks }) =>
      looks.length > 0 && (scan.vantages ?? [scan.vantage]).some(({ kind }) => kind === 'outside'),
  ],
  ['settings that were not read pass no check about them', isUnread, (each) => !passed(each)],
  [
    'settings that were not read never end with 0, unless it is stopped',
    (each) => isUnread(each) && each.state !== 'stopped',
    ({ report }) => code(report) !== 0,
  ],
])('%s', (_, isAbout, holds) => {
  let count = 0;
  const property = fc.property(found, (file) =>
    casesOf(file)
      .filter(isAbout)
      .every((each) => (count += 1) > 0 && holds(each)),
  );
  expect(fc.check(property, { seed: 12, numRuns: 500 }).counterexample).toBeNull();
  expect(count).toBeGreaterThan(9);
});

test('the same evidence gives the same bytes', () => {
  fc.assert(
    fc.property(found, (file) => {
      const again = JSON.parse(JSON.stringify(file)) as Evidence;
      expect(JSON.stringify(evaluate(again, rules))).toBe(JSON.stringify(evaluate(file, rules)));
    }),
    { seed: 12, numRuns: 50 },
  );
});
