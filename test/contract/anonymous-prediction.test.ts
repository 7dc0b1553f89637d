import { describe, expect, test } from 'vitest';
import { anonymousAccessWide } from '../../src/checks/anonymous-access-wide.ts';
import { mapCluster as mapAks } from '../../providers/aks/map.ts';
import { mapCluster as mapEks } from '../../providers/eks/map.ts';
import { mapCluster as mapGke } from '../../providers/gke/map.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { providers } from '../../providers/index.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import type { Outcome, ProbeResult } from '../../src/model/probe.ts';
import type { FindingStatus } from '../../src/model/report.ts';
import { eksCluster } from '../emulators/eks.ts';
import { gkeCluster } from '../emulators/gke.ts';
import { answer, evidence, probe } from '../unit/engine/evidence.ts';

/** What a look may find, from narrow to wide; then what tells nothing. */
const looks: readonly (readonly [Outcome, ProbeResult['anonymous']?])[] = [
  ['anonymous-disabled', { health: false }],
  ['anonymous-forbidden', { health: false }],
  ['anonymous-health-only', { health: true }],
  ['anonymous-forbidden', { version: false, discovery: false, data: false, admin: false }],
  ['anonymous-forbidden', { version: true, discovery: false, data: false, admin: false }],
  ['discovery-exposed', { version: true, discovery: true, data: false, admin: false }],
  ['data-exposed', { version: false, discovery: false, data: true, admin: false }],
  ['admin-exposed', { admin: true }],
  ['inconclusive', { version: false }],
  ['filtered'],
  ['iam-fronted'],
];

const signs = { none: '=', narrower: '<', wider: '>', 'taken-in': 't', unclear: '?' } as const;

/**
 * One sign for each look: as documented `=`, less `<`, more `>`, taken in as system:anonymous where nobody should be `t`, could not be
 * told `?`, nothing to compare `-`.
 */
const predictions: readonly (readonly [string, Cluster | undefined, string])[] = [
  ['EKS 1.9', eks('1.9'), '<<<<=>>>??-'],
  ['EKS 1.31', eks('1.31'), '<<<<=>>>??-'],
  ['EKS 1.32', eks('1.32'), '<<=t>>>>??-'],
  ['EKS 1.36', eks('1.36'), '<<=t>>>>??-'],
  ['EKS 2.0', eks('2.0'), '<<=t>>>>??-'],
  ['EKS of a version that cannot be read', eks('next'), '-----------'],
  ['GKE ENABLED', gke('ENABLED'), '<<<<=>>>??-'],
  ['GKE LIMITED', gke('LIMITED'), '<<=t>>>>??-'],
  ['GKE MODE_UNSPECIFIED', gke('MODE_UNSPECIFIED'), '-----------'],
  ['GKE without a mode', gke(), '-----------'],
  ['AKS', aks(), '=t>t>>>>??-'],
];

function eks(version: string): Cluster {
  const place = { account: '111122223333', location: 'eu-west-1', name: 'shop' };
  return mapEks(eksCluster({ name: 'shop', version }), place).cluster;
}

function gke(mode?: string): Cluster | undefined {
  const extra = mode === undefined ? {} : { anonymousAuthenticationConfig: { mode } };
  return mapGke(gkeCluster({ name: 'shop', extra }), 'example-project')?.cluster;
}

function aks(): Cluster | undefined {
  const id = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/shop';
  const item = { id, location: 'westeurope', fqdn: 'shop.example' };
  return mapAks(item, 's').find((entry) => 'endpoints' in entry);
}

function judge(cluster: Cluster, [outcome, anonymous]: (typeof looks)[number]) {
  const result = answer({ outcome, ...(anonymous && { anonymous }) });
  const found = evidence({ clusters: [cluster], probes: [probe(cluster, result)] });
  const report = evaluate(found, { checks: [anonymousAccessWide], providers: providers.map(({ meta }) => meta) });
  const finding = report.findings.find(({ endpointRole }) => endpointRole === 'public');
  return { finding, compared: report.clusters[0]?.endpoints[0]?.probe?.anonymous };
}

const verdicts: Readonly<Record<FindingStatus, readonly (string | undefined)[]>> = {
  pass: ['=', '<'],
  fail: ['>', 't'],
  unknown: ['?', undefined],
  'not-applicable': [undefined],
};

/** The sign of a whole judgement; it throws where the finding and the report's two sides tell different things. */
function signOf(cluster: Cluster, look: (typeof looks)[number]): string {
  const { finding, compared } = judge(cluster, look);
  const sign = compared === undefined ? undefined : signs[compared.difference];
  const { status = 'not-applicable' } = finding ?? {};
  if (!verdicts[status].includes(sign)) throw new Error(`${status}, though the comparison says ${sign}`);
  return sign ?? (status === 'unknown' ? '?' : '-');
}

describe.each(predictions)('what the settings of %s say of anonymous requests', (_, cluster, row) => {
  test.each(looks.map((look, index) => [look, row[index]] as const))('against %j: %s', (look, sign) => {
    expect(cluster && signOf(cluster, look)).toBe(sign);
  });
});

test.each<[string, (typeof looks)[number] | undefined, object | undefined]>([
  ['more', looks[4], { expected: 'the health paths', observed: 'the version', difference: 'wider' }],
  ['as much', looks[2], undefined],
  ['less', looks[0], { observed: 'no access at all', difference: 'narrower', note: expect.any(String) as string }],
])('a finding holds both sides and their source where a request gets %s', (_, look, sides) => {
  const { finding } = judge(eks('1.34'), look ?? ['not-probed']);
  const source = 'EKS limits anonymous requests to health paths from Kubernetes 1.32 on';
  expect(finding?.evidence ?? {}).toMatchObject(sides ? { ...sides, source } : {});
  expect(finding?.evidence === undefined).toBe(sides === undefined);
  expect(finding?.remediation === undefined).toBe(finding?.status === 'pass');
});
