import { describe, expect, test } from 'vitest';
import {
  closedEndpoint,
  cluster,
  collected,
  scriptedProvider,
  settle,
  startCollecting,
  undescribed,
} from '../../fixtures/providers.ts';
import { ProviderError } from '../../../src/model/errors.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { DeepPath } from '../../../src/model/provider.ts';
import type { OtherPath } from '../../../src/model/endpoint.ts';
import type { Script } from '../../fixtures/providers.ts';

const inDescription: OtherPath = { kind: 'aks-run-command', state: 'closed', reason: 'made up' };
const argoCd: OtherPath = { kind: 'eks-argocd', state: 'open', reason: 'made up' };

/** A provider of these clusters whose deep reading is `read`; `asked` is of whom it was asked. */
function deepProvider(clusters: readonly Cluster[], read: DeepPath['read'], script: Script = {}) {
  const asked: string[] = [];
  const provider = scriptedProvider({
    clusters: () => clusters,
    deepPaths: ({ name }, { source = 'no source' }) => {
      asked.push(`${name} ${source}`);
      return [{ kind: 'eks-argocd', read }];
    },
    ...script,
  });
  return { provider, asked };
}

const prod = cluster({ otherPaths: [inDescription] });

describe('with --deep', () => {
  test('what it reads stands after what the description says', async () => {
    const { provider, asked } = deepProvider([prod], async () => [argoCd, { ...argoCd, state: 'closed' }], {
      scopes: [{ provider: 'eks', account: '111122223333', location: 'eu-west-1', source: 'profile' }],
    });
    const { clusters, coverage, issues } = await collected({ providers: [provider], deep: true });
    expect(clusters[0]?.otherPaths).toEqual([inDescription, argoCd, { ...argoCd, state: 'closed' }]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
    expect(issues).toEqual([]);
    expect(asked).toEqual(['prod profile']);
  });

  test('it is read with the probe off too', async () => {
    const { provider } = deepProvider([prod], async () => [argoCd]);
    const { clusters } = await collected({ providers: [provider], deep: true, probe: false });
    expect(clusters[0]?.otherPaths).toContainEqual(argoCd);
  });

  test('a refusal is unknown, an issue of the cluster and a gap of the scope, and no cluster is lost', async () => {
    const message = 'eks:ListCapabilities: AWS refuses it';
    const { provider } = deepProvider([prod, cluster({ name: 'dev' })], async () => {
      throw new ProviderError('forbidden', message);
    });
    const { clusters, coverage, issues, probes } = await collected({ providers: [provider], deep: true });
    const unknown = { kind: 'eks-argocd', state: 'unknown', reason: message };
    expect(clusters.map(({ otherPaths }) => otherPaths)).toEqual([[unknown], [inDescription, unknown]]);
    expect(issues.map(({ code, clusterId }) => `${code} ${clusterId}`)).toEqual([
      'forbidden eks:111122223333/eu-west-1/dev',
      'forbidden eks:111122223333/eu-west-1/prod',
    ]);
    expect(coverage).toMatchObject([
      { status: 'partial', clusters: 2, reason: 'other ways into 2 clusters could not be read' },
    ]);
    expect(probes).toHaveLength(2);
  });

  test('a fault of ours is an internal issue and a gap', async () => {
    const deepPaths = () => {
      throw new TypeError(`a bug about ${prod.name}`);
    };
    const { provider } = deepProvider([prod], async () => [argoCd], { deepPaths });
    const { issues, coverage } = await collected({ providers: [provider], deep: true });
    expect(issues).toMatchObject([{ code: 'internal', clusterId: prod.id }]);
    expect(coverage).toMatchObject([{ status: 'partial' }]);
  });

  test('the end of the run leaves it unknown, and waits for nobody', async () => {
    const { provider } = deepProvider([prod], () => new Promise(() => {}));
    const { evidence, interrupt } = startCollecting({ providers: [provider], deep: true });
    await settle();
    await interrupt();
    const { clusters, coverage, issues } = await evidence;
    const reason = 'the scan was ended before it was read';
    expect(clusters[0]?.otherPaths).toContainEqual({ kind: 'eks-argocd', state: 'unknown', reason });
    expect(coverage).toMatchObject([{ status: 'partial', reason: 'other ways into 1 cluster could not be read' }]);
    expect(issues).toEqual([]);
  });

  test('a second look neither loses it nor takes it for a change of settings', async () => {
    const { provider } = deepProvider([cluster({ endpoints: [closedEndpoint] })], async () => [argoCd]);
    const { evidence, clock } = startCollecting({ providers: [provider], deep: true });
    await clock.pass(10_000);
    const { clusters, probes } = await evidence;
    expect(probes[0]?.secondLook?.settings).toBe('equal');
    expect(clusters[0]?.otherPaths).toEqual([argoCd]);
  });

  test.each([
    ['could not be described', undescribed],
    ['runs elsewhere', { state: 'external', endpoints: [] }],
  ] as const)('it is not asked of a cluster that %s', async (_, fields) => {
    const { provider, asked } = deepProvider([cluster(fields)], async () => [argoCd]);
    const { clusters } = await collected({ providers: [provider], deep: true });
    expect(asked).toEqual([]);
    expect(clusters[0]?.otherPaths).toEqual([]);
  });

  test('a cloud that has nothing of the kind is scanned as ever', async () => {
    const provider = scriptedProvider({ clusters: () => [prod] });
    const { clusters, coverage } = await collected({ providers: [provider], deep: true });
    expect(clusters).toEqual([prod]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
  });
});

test.each([
  [true, ['what eks does not show']],
  [false, ['what --deep shows', 'what eks does not show']],
])('deep %s: what the permissions cannot show is said', async (deep, expected) => {
  const { provider, asked } = deepProvider([prod], async () => [argoCd], { seenDeep: ['what --deep shows'] });
  const { scan, clusters } = await collected({ providers: [provider], deep });
  expect(scan.notSeen.map(({ what }) => what)).toEqual(expected);
  expect(asked.length).toBe(deep ? 1 : 0);
  expect(clusters[0]?.otherPaths.length).toBe(deep ? 2 : 1);
});
