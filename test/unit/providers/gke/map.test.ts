import { beforeAll, describe, expect, it } from 'vitest';

import { mapCluster } from '../../../../providers/gke/map.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { createAuthority } from '../../../emulators/certificates.ts';
import { gkeCluster } from '../../../emulators/gke.ts';
import { addresses } from './cases/addresses.ts';
import { facts, otherWays } from './cases/facts.ts';
import { lists } from './cases/lists.ts';
import type { Expected } from './cases/words.ts';
import { all, context, isCluster, scopeOf, useGke } from './session.ts';

const gkeTest = useGke();
const cases = [...lists, ...addresses, ...otherWays, ...facts];

/** All cases as one project's clusters, read through the SDK: what it decodes is half of what is tested. */
describe('a cluster through the SDK', () => {
  const found = new Map<string, Cluster>();

  beforeAll(async () => {
    const clusters = cases.map(([, options], index) => gkeCluster({ ...options, name: `case-${index}` }));
    const { provider } = await gkeTest.start({ projects: { 'example-project': { clusters } } });
    for (const cluster of (await all(provider.clusters(scopeOf('example-project'), context))).filter(isCluster)) {
      found.set(cluster.name, cluster);
    }
  });

  it.each(cases.map(([title, , expected], index) => [title, `case-${index}`, expected] as const))(
    '%s',
    (_, name, expected: Expected) => {
      const cluster = found.get(name);
      const byRole = (role: string) => cluster?.endpoints.find((endpoint) => endpoint.role === role) ?? 'none';
      expect(cluster?.endpoints[0]?.role).toBe('public');
      expect({
        ...cluster,
        cluster,
        public: byRole('public'),
        private: byRole('private'),
        dns: byRole('dns'),
      }).toMatchObject(expected);
    },
  );

  it('leaves no field without a value', () => {
    for (const cluster of found.values()) {
      expect(JSON.parse(JSON.stringify(cluster))).toEqual(cluster);
      expect(JSON.stringify(cluster)).not.toMatch(/:null|:""/);
    }
  });
});

describe('mapCluster', () => {
  it('gives the whole of a cluster', async () => {
    const { pem } = await createAuthority('cluster');
    const wire = gkeCluster({ name: 'prod', location: 'us-east4', caPem: pem });
    const read = mapCluster(wire, 'example-project');
    const trust = { kind: 'cluster-ca', pem: pem.trim() };
    expect(read).toEqual({
      cluster: {
        id: 'gke:example-project/us-east4/prod',
        provider: 'gke',
        account: 'example-project',
        location: 'us-east4',
        name: 'prod',
        version: '1.35.3-gke.1000000',
        auditLog: 'unknown',
        state: 'running',
        endpoints: [
          {
            role: 'public',
            host: '203.0.113.10',
            port: 443,
            access: {
              kind: 'open',
              ranges: [],
              reason: 'authorized networks are not enabled, so every address may connect',
            },
            trust,
          },
          {
            role: 'private',
            host: '10.0.0.2',
            port: 443,
            access: { kind: 'closed', reason: 'reached from its own network only' },
            trust,
          },
        ],
        otherPaths: [],
        anonymous: {
          documented: 'unknown',
          reason: 'the settings give no anonymousAuthenticationConfig.mode that is known',
        },
        unauthenticatedBindings: 'unknown',
        aliases: [
          'https://container.googleapis.com/v1/projects/example-project/locations/us-east4/clusters/prod',
          'id-of-prod',
        ],
      },
      issues: [],
    });
  });

  it('knows little where the reply says little', () => {
    expect(mapCluster({ name: 'bare', location: 'us-east4' }, 'example-project')?.cluster).toMatchObject({
      state: 'unknown',
      aliases: [],
      endpoints: [{ role: 'public', access: { kind: 'open' }, trust: { kind: 'none' } }],
      otherPaths: [],
    });
  });

  it.each([
    ['no address', { privateClusterConfig: { enablePrivateEndpoint: true } }, { kind: 'closed' }],
    ['no list in an enabled list', { masterAuthorizedNetworksConfig: { enabled: true } }, { kind: 'allow-list' }],
    [
      'no range in a list',
      { masterAuthorizedNetworksConfig: { enabled: true, cidrBlocks: [{}] } },
      { kind: 'unknown', ranges: ['(no range)'] },
    ],
  ])('reads undecoded messages: %s', (_, wire, access) => {
    const read = mapCluster({ name: 'bare', location: 'us-east4', ...wire }, 'example-project');
    expect(read?.cluster.endpoints).toMatchObject([{ access }]);
  });

  it.each([{ location: 'us-east4' }, { name: 'prod' }, {}])('has no row for %j', (wire) => {
    expect(mapCluster(wire, 'example-project')).toBeUndefined();
  });

  it('takes nothing of keys and passwords', () => {
    const secrets = { clientKey: 'hunter2', password: 'hunter2', username: 'hunter2', clientCertificate: 'hunter2' };
    const wire = gkeCluster({ name: 'prod', extra: { masterAuth: secrets } });
    expect(JSON.stringify(mapCluster(wire, 'example-project'))).not.toContain('hunter2');
  });

  it('cuts hostile text', () => {
    const long = 'x'.repeat(100_000);
    const wire = gkeCluster({
      name: long,
      location: long,
      version: long,
      publicAddress: long,
      dns: { endpoint: `${long}.example`, allowExternalTraffic: true },
      networks: { enabled: true, cidrBlocks: [{ cidrBlock: long }] },
      extra: { selfLink: long, id: long },
    });
    const read = mapCluster(wire, 'example-project');
    expect(JSON.stringify(read).length).toBeLessThan(8000);
    expect(read?.issues).toHaveLength(2);
  });
});
