import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as api from '../../src/index.ts';
import { scriptedProvider, collected, cluster } from '../fixtures/providers.ts';

const source = readFileSync(new URL('../../src/index.ts', import.meta.url), 'utf8');

function exportedTypes(): readonly string[] {
  const lists = [...source.matchAll(/^export type \{([^}]*)\}/gm)].map(([, names = '']) => names);
  return lists.flatMap((names) => names.split(',').map((name) => name.trim())).filter(Boolean);
}

describe('the public API', () => {
  it('is these values', () => {
    expect(Object.keys(api).toSorted()).toEqual([
      'ProviderError',
      'UsageError',
      'checks',
      'collect',
      'createProbe',
      'createProbing',
      'defineCheck',
      'evaluate',
      'mergeEvidence',
      'parseEvidence',
      'providers',
      'systemTrustRoots',
    ]);
  });

  it('is these types, each named: a type that leaves is a break for users, and seen here', () => {
    expect(exportedTypes().toSorted().join(' ').split(' ')).toEqual(
      (
        'Access AddressClass AddressProbe AddressResult AnonymousComparison BroadLimits CallContext CertificateStrength Check CheckContext CheckMeta CheckText Cluster ClusterState ' +
        'ClusterSubject CollectProgress CollectRequest CollectTarget CollectTools ConnectTo ConnectToRule CoverageRow ' +
        'CoverageStatus DeepPath DocumentedAnonymous Endpoint EndpointProbe EndpointRole EndpointSubject Evidence Exposure Finding ' +
        'FindingStatus Identity InspectTls IssueCode JudgedAccess JudgedCluster JudgedEndpoint JudgedObservation JudgedProbe Look MergedVantage OtherPath ' +
        'OtherPathKind Outcome PeerCertificate Permission PortFacts PortTarget Probe ProbeOptions ProbeRequest ProbeResult ProbeTarget Probing ' +
        'Provider ProviderEntry ProviderErrorCode ProviderId ProviderMeta Remediation Report Reporter Rules ScanIssue ' +
        'ScanTarget Scope SecondLook Severity TlsFacts TlsPosture TlsVersion Told Trust TrustRoots Vantage VantageAdmitted VantageCloud VantageProbe Verdict VersionOffer'
      ).split(' '),
    );
    expect(source).not.toMatch(/export (?:type )?\*/);
  });

  it('judges saved evidence with a check of the user beside ours', async () => {
    const own = api.defineCheck(
      {
        id: 'unowned',
        subject: 'cluster',
        severity: 'low',
        title: 'A cluster outside the naming scheme',
        rationale: 'Nobody answers for it.',
        messages: { name: '{name} does not begin with a team.' },
        remediation: { eks: { summary: 'Name it after its team.', commands: [] } },
        references: [],
      },
      ({ judged }) =>
        judged.name.startsWith('team-')
          ? { status: 'pass' }
          : { status: 'fail', message: 'name', values: { name: judged.name } },
    );
    const evidence = await collected({
      providers: [scriptedProvider({ clusters: () => [cluster({ name: 'shop' })] })],
      probe: false,
    });
    const report = api.evaluate(api.parseEvidence(JSON.stringify(evidence), 'evidence.json'), {
      checks: [...api.checks, own],
      providers: api.providers.map(({ meta }) => meta),
    });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ checkId: 'unowned', status: 'fail', message: 'shop does not begin with a team.' }),
    );
    expect(report.checks.length).toBe(api.checks.length + 1);
  });

  it('refuses bad input by its own error', () => {
    expect(() => api.parseEvidence('{}', 'evidence.json')).toThrow(api.UsageError);
  });
});
