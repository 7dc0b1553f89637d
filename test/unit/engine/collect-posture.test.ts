import { describe, expect, it } from 'vitest';
import {
  answer,
  closedEndpoint,
  cluster,
  endpoint,
  scriptedProvider,
  settle,
  silence,
  startCollecting,
  collected,
} from '../../fixtures/providers.ts';
import { tls } from '../checks/subjects.ts';
import { offers, posture } from '../checks/postures.ts';
import { certificateExpiring } from '../../../src/checks/certificate-expiring.ts';
import { tlsLegacyVersion } from '../../../src/checks/tls-legacy-version.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { parseEvidence } from '../../../src/engine/load-evidence.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { TlsPosture } from '../../../src/model/posture.ts';
import type { AddressResult, InspectTls, ProbeResult, ProbeTarget } from '../../../src/model/probe.ts';

const met = answer({ tls: tls() });

/** Notes what it is asked for, and finds what there is to find. */
function inspector(find: InspectTls = async () => posture()) {
  const asked: { readonly target: ProbeTarget; readonly first: AddressResult }[] = [];
  const inspectTls: InspectTls = (target, first, context) => {
    asked.push({ target, first });
    return find(target, first, context);
  };
  return { asked, inspectTls };
}

const of = (...clusters: readonly Cluster[]) => [scriptedProvider({ clusters: () => clusters })];

function at(address: string, leaf: string): ProbeResult {
  return answer({ address, tls: tls({ certificate: { ...tls().certificate, fingerprint: leaf } }) });
}

describe('TLS posture', () => {
  it('is looked at for the endpoint that was met, and stands beside its look', async () => {
    const { asked, inspectTls } = inspector();
    const evidence = await collected({ providers: of(cluster()), answers: () => met, inspectTls });
    expect(asked).toEqual([
      { target: expect.objectContaining({ host: 'ABC.eks.example', auditId: 'uuid-1' }), first: met },
    ]);
    expect(evidence.probes.map(({ result }) => result)).toEqual([{ ...met, posture: posture() }]);
  });

  it.each([
    ['a stranger', answer({ tls: tls(), outcome: 'not-this-cluster', identity: { peer: 'other', signals: [] } })],
    ['silence', silence()],
    ['an answer without TLS', answer()],
  ])('is not looked at after %s', async (_, first) => {
    const { asked, inspectTls } = inspector();
    const evidence = await collected({ providers: of(cluster()), answers: () => first, inspectTls });
    expect(asked).toEqual([]);
    expect(evidence.probes[0]?.result).not.toHaveProperty('posture');
  });

  it("is each endpoint's own", async () => {
    const dns = endpoint({ role: 'dns', host: 'dns.example', trust: { kind: 'public-roots' } });
    const { inspectTls } = inspector(async ({ host }) => posture({ alpn: host }));
    const evidence = await collected({
      providers: of(cluster({ endpoints: [endpoint(), dns] })),
      answers: () => ({ ...met }),
      inspectTls,
    });
    expect(evidence.probes.map(({ role, result }) => [role, result.posture?.alpn])).toEqual([
      ['dns', 'dns.example'],
      ['public', 'ABC.eks.example'],
    ]);
  });

  it('counts in the progress, so that a scan does not seem to hang with every endpoint probed', async () => {
    const gate = Promise.withResolvers<TlsPosture>();
    const { inspectTls } = inspector(() => gate.promise);
    const { evidence, progress } = startCollecting({ providers: of(cluster()), answers: () => met, inspectTls });
    await settle();
    expect(progress.at(-1)).toMatchObject({ probes: { done: 1, planned: 1 }, inspections: { done: 0, planned: 1 } });
    gate.resolve(posture());
    await evidence;
    expect(progress.at(-1)?.inspections).toEqual({ done: 1, planned: 1 });
  });

  it('runs beside the wait for a second look, and stays with the first', async () => {
    const { asked, inspectTls } = inspector();
    const { evidence, clock } = startCollecting({
      providers: of(cluster({ endpoints: [closedEndpoint] })),
      answers: () => met,
      inspectTls,
    });
    await settle();
    expect(asked).toHaveLength(1);
    await clock.pass(10_000);
    const [probe] = (await evidence).probes;
    expect(probe?.result.posture).toEqual(posture());
    expect(probe?.secondLook).toMatchObject({ settings: 'equal', result: { outcome: 'anonymous-forbidden' } });
    expect(probe?.secondLook?.result).not.toHaveProperty('posture');
    expect(asked).toHaveLength(1);
  });

  it('stays with its look where that shows the endpoint to be a private one', async () => {
    const { inspectTls } = inspector();
    const access = { kind: 'unknown', ranges: [], reason: 'made up', settings: 'none' } as const;
    const evidence = await collected({
      providers: of(cluster({ endpoints: [endpoint({ access })] })),
      answers: () => ({ ...met, resolved: [{ address: '10.0.0.1', class: 'private' }] }),
      inspectTls,
    });
    expect(evidence.probes).toMatchObject([{ role: 'private', result: { posture: posture() } }]);
  });

  it('stands in the list of addresses, too, at the one that it was seen at', async () => {
    const { inspectTls } = inspector();
    const other = answer({ address: '203.0.113.11' });
    const evidence = await collected({
      providers: of(cluster()),
      answers: () => ({ ...met, addresses: [other, met] }),
      inspectTls,
    });
    expect(evidence.probes[0]?.result).toMatchObject({
      posture: posture(),
      addresses: [other, { ...met, posture: posture() }],
    });
    expect(evidence.probes[0]?.result.addresses?.[0]).not.toHaveProperty('posture');
  });

  const [one, two, same] = [at('203.0.113.11', 'aa'), at('203.0.113.12', 'bb'), at('203.0.113.13', 'aa')];
  const stranger = answer({ ...at('203.0.113.14', 'cc'), identity: { peer: 'other', signals: [] } });

  it.each([
    ['kubeconfig', 'of a self-managed cluster is told of each machine', ['203.0.113.11', '203.0.113.12']],
    ['eks', "of a provider's is told of one address, as its machines are alike", ['203.0.113.11']],
  ] as const)('%s: %s', async (provider, _, expected) => {
    const { asked, inspectTls } = inspector();
    const { evidence, progress } = startCollecting({
      providers: of(cluster({ provider })),
      answers: () => ({ ...one, addresses: [one, two, same, stranger] }),
      inspectTls,
    });
    const [{ result } = {}] = (await evidence).probes;
    expect(asked.map(({ first }) => first.address)).toEqual(expected);
    expect(result?.addresses?.filter(({ posture: found }) => found).map(({ address }) => address)).toEqual(expected);
    expect(result?.posture).toEqual(posture());
    expect(progress.at(-1)?.inspections).toEqual({ done: expected.length, planned: expected.length });
  });

  it('and the certificate are findings of the address that showed them', async () => {
    const { certificate } = tls();
    const soon = tls({ certificate: { ...certificate, notAfter: '2026-01-11T00:00:00.000Z' } });
    const first = answer({ tls: tls(), address: '203.0.113.11' });
    const { inspectTls } = inspector(async () => posture({ versions: offers({ TLSv1: 'yes' }) }));
    const evidence = await collected({
      providers: of(cluster()),
      answers: () => ({ ...first, addresses: [first, answer({ tls: soon, address: '203.0.113.12' })] }),
      inspectTls,
    });
    const { findings } = evaluate(evidence, { checks: [certificateExpiring, tlsLegacyVersion], providers: [] });
    expect(findings.map(({ message }) => message)).toEqual([
      'Connections by TLS 1.0 are accepted at 203.0.113.11.',
      'The certificate at 203.0.113.12 runs out on 2026-01-11T00:00:00.000Z; days left: 10.',
    ]);
  });

  it('that fails by a fault of ours is an issue, and costs nothing else', async () => {
    const { inspectTls } = inspector(() => Promise.reject(new Error('made up')));
    const evidence = await collected({ providers: of(cluster()), answers: () => met, inspectTls });
    expect(evidence.probes[0]?.result).toEqual(met);
    expect(evidence.issues).toMatchObject([{ code: 'internal', clusterId: cluster().id }]);
    expect(evidence.coverage).toMatchObject([{ status: 'complete' }]);
  });

  it('is told in the report, with the TLS that it belongs to', async () => {
    const { inspectTls } = inspector();
    const evidence = await collected({ providers: of(cluster()), answers: () => met, inspectTls });
    const report = evaluate(evidence, { checks: [], providers: [] });
    expect(report.clusters[0]?.endpoints[0]?.probe?.tls).toEqual({ ...tls(), posture: posture() });
    expect(parseEvidence(JSON.stringify(evidence), 'evidence.json')).toEqual(evidence);
  });
});
