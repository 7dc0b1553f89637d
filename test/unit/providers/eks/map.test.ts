import type { Cluster as EksCluster } from '@aws-sdk/client-eks';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountOfArn, mapCluster, undescribedCluster } from '../../../../providers/eks/map.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { createAuthority } from '../../../emulators/certificates.ts';
import { connectorCluster, eksCluster, type WireClusterOptions } from '../../../emulators/eks.ts';

const place = { account: '111122223333', location: 'eu-west-1', name: 'prod' };

function map(options: Partial<WireClusterOptions> = {}): Cluster {
  return mapped({ ...eksCluster({ name: 'prod', ...options }) }).cluster;
}

/** What the SDK hands on is whatever the server sent, so tests give it things that its types rule out. */
function mapped(reply: unknown): ReturnType<typeof mapCluster> {
  return mapCluster(reply as EksCluster, place);
}

describe('the state of EKS', () => {
  it.each([
    ['ACTIVE', 'running'],
    ['CREATING', 'creating'],
    ['PENDING', 'creating'],
    ['UPDATING', 'updating'],
    ['DELETING', 'deleting'],
    ['FAILED', 'failed'],
    ['HIBERNATING', 'unknown'],
    ['toString', 'unknown'],
    [99, 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (status, state) => {
    expect(map({ more: { status } }).state).toBe(state);
  });

  it('keeps the endpoint of a cluster that failed or is being updated', () => {
    for (const status of ['FAILED', 'UPDATING']) expect(map({ status }).endpoints[0]).toHaveProperty('host');
  });
});

describe('an external cluster', () => {
  it.each(['ACTIVE', 'PENDING', 'DELETING'])('is external in status %s', (status) => {
    const { cluster, issues } = mapped(connectorCluster({ name: 'prod', status }));
    expect(cluster).toMatchObject({ state: 'external', endpoints: [], auditLog: 'unknown' });
    expect(cluster).not.toHaveProperty('version');
    expect(JSON.stringify(cluster)).not.toContain('activation');
    expect(issues).toEqual([]);
  });

  it('has the names that its tags give, and no other tag', () => {
    const tags = {
      link: 'https://container.example/v1/projects/p/locations/l/clusters/c',
      gke: 'projects/p/locations/l/clusters/c',
      aks: '/subscriptions/0000/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c',
      host: 'c-ab12.hcp.westeurope.example',
      eks: 'arn:aws:eks:eu-west-1:444455556666:cluster/c',
      password: 'hunter2',
      sentence: 'ask the team. please',
    };
    const { aliases } = mapped(connectorCluster({ name: 'prod', tags })).cluster;
    const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
    expect(aliases).toEqual([arn, tags.link, tags.gke, tags.aks, tags.host, tags.eks]);
  });

  it('reads no names out of tags that are none', () => {
    expect(mapped({ connectorConfig: { provider: 'OTHER' }, tags: 'x' }).cluster.aliases).toEqual([]);
    expect(mapped({ connectorConfig: { provider: 'OTHER' }, tags: { a: 5 } }).cluster.aliases).toEqual([]);
  });
});

describe('other facts of EKS', () => {
  it.each([
    ['1.32', 'health-only'],
    ['1.34', 'health-only'],
    ['2.0', 'health-only'],
    ['1.31', 'public-info'],
    ['1.9', 'public-info'],
    ['1.110', 'health-only'],
    ['1.32.4', 'unknown'],
    ['latest', 'unknown'],
    [undefined, 'unknown'],
    [1.34, 'unknown'],
  ])('version %s documents %s for anonymous requests', (version, documented) => {
    expect(map({ more: { version } }).anonymous).toEqual({ documented, reason: expect.stringMatching(/\S/) });
  });

  it.each([
    ['no block', undefined, 'unknown'],
    ['a block without a list', {}, 'unknown'],
    ['a list that is text', { clusterLogging: 'audit' }, 'unknown'],
    ['an empty list', { clusterLogging: [] }, 'off'],
    [
      'audit enabled',
      {
        clusterLogging: [
          { types: ['api'], enabled: false },
          { types: ['audit'], enabled: true },
        ],
      },
      'on',
    ],
    [
      'audit disabled',
      {
        clusterLogging: [
          { types: ['api'], enabled: true },
          { types: ['audit'], enabled: false },
        ],
      },
      'off',
    ],
    ['audit without a flag', { clusterLogging: [{ types: ['audit'] }] }, 'off'],
    ['another type enabled', { clusterLogging: [{ types: ['authenticator'], enabled: true }] }, 'off'],
    ['types that are no list', { clusterLogging: [{ types: 'audit', enabled: true }, null] }, 'off'],
  ])('the audit log with %s', (_, logging, auditLog) => {
    expect(map({ more: { logging } }).auditLog).toBe(auditLog);
  });

  let pems: string[];
  beforeAll(async () => {
    const authorities = await Promise.all(['kubernetes', 'kubernetes'].map((name) => createAuthority(name)));
    pems = authorities.map(({ pem }) => pem.trim());
  });

  it('trusts both certificates while the authority is being rotated', () => {
    const { endpoints } = map({ caPem: pems.join('\n'), privateAccess: true });
    for (const { trust } of endpoints) expect(trust).toEqual({ kind: 'cluster-ca', pem: pems.join('\n') });
  });

  it('takes an authority that is no certificate as none, without an issue', () => {
    const { cluster, issues } = mapped(eksCluster({ name: 'prod' }));
    expect(cluster.endpoints[0]?.trust).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/no certificate/),
    });
    expect(issues).toEqual([]);
  });

  it('keeps no field that it does not know', () => {
    const secret = { identity: 'leak', connectorConfig: undefined, anything: 'leak', encryptionConfig: ['leak'] };
    expect(JSON.stringify(map({ more: secret }))).not.toContain('leak');
  });

  it('cuts what the server sent', () => {
    const long = 'x'.repeat(5000);
    const cluster = map({
      more: { version: long, arn: long, resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: [long] } },
    });
    expect(JSON.stringify(cluster).length).toBeLessThan(2500);
  });

  it('leaves out what an empty reply does not say', () => {
    expect(mapped({})).toEqual({
      cluster: {
        id: 'eks:111122223333/eu-west-1/prod',
        provider: 'eks',
        ...place,
        auditLog: 'unknown',
        state: 'unknown',
        endpoints: [
          {
            role: 'public',
            port: 443,
            access: { kind: 'unknown', ranges: [], reason: 'the settings do not say whether public access is on' },
            trust: { kind: 'none', reason: 'the cloud gives no certificate authority for this cluster' },
          },
        ],
        otherPaths: [],
        anonymous: { documented: 'unknown', reason: 'the Kubernetes version is not known' },
        aliases: [],
      },
      issues: [],
    });
  });

  it('has a row for a cluster that could not be described', () => {
    expect(undescribedCluster(place, 'refused')).toMatchObject({
      id: 'eks:111122223333/eu-west-1/prod',
      state: 'unknown',
      undescribed: 'refused',
      auditLog: 'unknown',
      endpoints: [{ role: 'public', port: 443, access: { kind: 'unknown' }, trust: { kind: 'none' } }],
      anonymous: { documented: 'unknown' },
    });
  });

  it.each([
    ['arn:aws:eks:eu-west-1:111122223333:cluster/prod', '111122223333'],
    ['arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/prod', '111122223333'],
    ['arn:aws-cn:eks:cn-north-1:111122223333:cluster/a:b', '111122223333'],
    ['arn:aws:eks:eu-west-1:nobody:cluster/prod', undefined],
    ['prod', undefined],
    [undefined, undefined],
    [5, undefined],
  ])('the account of %s is %s', (arn, account) => {
    expect(accountOfArn(arn)).toBe(account);
  });
});
