import type { Cluster as EksCluster } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { mapCluster } from '../../../../providers/eks/map.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { eksCluster, type WireClusterOptions } from '../../../emulators/eks.ts';

const place = { account: '111122223333', location: 'eu-west-1', name: 'prod' };

function map(options: Partial<WireClusterOptions> = {}): Cluster {
  return mapped({ ...eksCluster({ name: 'prod', ...options }) }).cluster;
}

/** What the SDK hands on is whatever the server sent, so tests give it things that its types rule out. */
function mapped(reply: unknown): ReturnType<typeof mapCluster> {
  return mapCluster(reply as EksCluster, place);
}

describe('the public endpoint of EKS', () => {
  const halves = ['0.0.0.0/1', '128.0.0.0/1'];
  const quarters = ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'];
  it.each<[string, Partial<WireClusterOptions>, object]>([
    ['everyone listed', {}, { kind: 'open', ranges: ['0.0.0.0/0'] }],
    ['no list', { cidrs: null }, { kind: 'open', ranges: [] }],
    ['an empty list', { cidrs: [] }, { kind: 'open', ranges: [] }],
    ['two halves', { cidrs: halves }, { kind: 'open', ranges: halves }],
    ['four quarters', { cidrs: quarters }, { kind: 'open', ranges: quarters }],
    ['host bits in a whole range', { cidrs: ['132.1.50.0/0'] }, { kind: 'open' }],
    ['all of IPv6 alone', { cidrs: ['::/0'] }, { kind: 'open', ranges: ['::/0'] }],
    ['all of IPv6 beside an office', { cidrs: ['203.0.113.7/32', '::/0'], ipFamily: 'ipv6' }, { kind: 'open' }],
    ['an office', { cidrs: ['203.0.113.7/32'] }, { kind: 'allow-list', ranges: ['203.0.113.7/32'], admits: [] }],
    ['a bare address', { cidrs: ['203.0.113.7'] }, { kind: 'allow-list', ranges: ['203.0.113.7'] }],
    ['both families', { cidrs: ['203.0.113.0/24', '2001:db8::/32'] }, { kind: 'allow-list' }],
    [
      'an unreadable entry',
      { cidrs: ['203.0.113.0/24', 'office'] },
      { kind: 'unknown', ranges: ['203.0.113.0/24', 'office'] },
    ],
    ['an unreadable entry beside everyone', { cidrs: ['0.0.0.0/0', 'office'] }, { kind: 'open' }],
    [
      'public access off',
      { publicAccess: false, privateAccess: true },
      { kind: 'closed', reason: 'public access is off' },
    ],
    ['public access off and a list', { publicAccess: false, cidrs: ['203.0.113.0/24'] }, { kind: 'closed' }],
    ['no setting at all', { more: { resourcesVpcConfig: undefined } }, { kind: 'unknown', ranges: [] }],
    [
      'no flag',
      { more: { resourcesVpcConfig: { publicAccessCidrs: ['203.0.113.0/24'] } } },
      { kind: 'unknown', ranges: ['203.0.113.0/24'] },
    ],
    ['a flag that is text', { more: { resourcesVpcConfig: { endpointPublicAccess: 'false' } } }, { kind: 'unknown' }],
    [
      'a list that is text',
      { more: { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: '203.0.113.7/32' } } },
      { kind: 'unknown', reason: 'the list of ranges cannot be read' },
    ],
    [
      'a list with a number',
      { more: { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: [7] } } },
      { kind: 'unknown', ranges: ['7'] },
    ],
    [
      'a list with an absent entry',
      { more: { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: [null] } } },
      { kind: 'unknown' },
    ],
    [
      'egress through the customer',
      { more: { resourcesVpcConfig: { endpointPublicAccess: true, controlPlaneEgressMode: 'CUSTOMER_ROUTED' } } },
      { kind: 'open' },
    ],
    [
      'isolated egress',
      { more: { resourcesVpcConfig: { endpointPublicAccess: true, controlPlaneEgressMode: 'CUSTOMER_ISOLATED' } } },
      { kind: 'open' },
    ],
  ])('with %s', (_, options, access) => {
    expect(map(options).endpoints[0]).toMatchObject({ role: 'public', access });
  });

  it('is closed by the platform on Outposts, also where flags are missing or say otherwise', () => {
    for (const resourcesVpcConfig of [{}, { endpointPublicAccess: true, endpointPrivateAccess: false }]) {
      const { endpoints } = map({ more: { resourcesVpcConfig, outpostConfig: { outpostArns: ['arn:example'] } } });
      expect(endpoints).toMatchObject([
        { role: 'public', access: { kind: 'closed', reason: expect.stringContaining('Outposts') } },
        { role: 'private', access: { kind: 'closed' } },
      ]);
      expect(endpoints[1]?.host).toBe(endpoints[0]?.host);
    }
  });

  it('is read as any other where such a block is empty', () => {
    const cluster = map({ cidrs: ['203.0.113.7/32'], more: { outpostConfig: {}, connectorConfig: {} } });
    expect(cluster).toMatchObject({
      state: 'running',
      endpoints: [{ role: 'public', access: { kind: 'allow-list' } }],
    });
  });

  it('is there without a host while the cluster has none', () => {
    const { cluster, issues } = mapped(eksCluster({ name: 'prod', status: 'CREATING', endpoint: null, caPem: null }));
    expect(cluster.state).toBe('creating');
    expect(cluster.endpoints[0]).toMatchObject({ role: 'public', port: 443, trust: { kind: 'none' } });
    expect(cluster.endpoints[0]).not.toHaveProperty('host');
    expect(issues).toEqual([]);
  });

  it.each([
    ['https://AB12.gr7.eu-west-1.eks.example', 'AB12.gr7.eu-west-1.eks.example', 443],
    ['https://Random0Name.eks.example/', 'Random0Name.eks.example', 443],
    ['https://AB12.sk1.eks-cluster.eu-west-1.api.example', 'AB12.sk1.eks-cluster.eu-west-1.api.example', 443],
    ['https://127.0.0.1:6443', '127.0.0.1', 6443],
  ])('takes %s as it is', (endpoint, host, port) => {
    expect(map({ endpoint, privateAccess: true }).endpoints).toMatchObject([
      { role: 'public', host, port },
      { role: 'private', host, port },
    ]);
  });

  it('loses a host that is none, and says so', () => {
    const { cluster, issues } = mapped(eksCluster({ name: 'prod', endpoint: `https://x/${'y'.repeat(900)}` }));
    expect(cluster.endpoints[0]).not.toHaveProperty('host');
    expect(cluster.endpoints[0]?.access.kind).toBe('open');
    expect(issues).toMatchObject([{ code: 'malformed', provider: 'eks', clusterId: cluster.id }]);
    expect(issues[0]?.message.length).toBeLessThan(160);
  });
});

describe('the private endpoint of EKS', () => {
  it.each([
    [true, true, ['public', 'private']],
    [true, false, ['public']],
    [false, true, ['public', 'private']],
  ])('with public access %s and private access %s', (publicAccess, privateAccess, roles) => {
    expect(map({ publicAccess, privateAccess }).endpoints.map(({ role }) => role)).toEqual(roles);
  });

  it('says what guards it', () => {
    const endpoint = map({ privateAccess: true }).endpoints[1];
    expect(endpoint?.access.kind).toBe('closed');
    expect(endpoint?.notes?.join(' ')).toContain('security groups');
  });
});
