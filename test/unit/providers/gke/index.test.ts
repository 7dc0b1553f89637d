import { describe, expect, it } from 'vitest';

import { assertProject, gke } from '../../../../providers/gke/index.ts';
import { UsageError } from '../../../../src/model/errors.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { everyProject } from './session.ts';

describe('assertProject', () => {
  it.each(['my-project', 'my-project-123', 'abcdef', 'example.com:my-project', 'a'.repeat(30)])('takes %j', (id) => {
    expect(() => assertProject(id)).not.toThrow();
  });

  it.each([
    '',
    '123456789012',
    'My-Project',
    'my project',
    'my_project',
    'my-project-',
    '-project',
    'projects/my-project',
    '../other',
    'example.com:',
    ':my-project',
    'exa mple.com:my-project',
    'a'.repeat(31),
    `${'a'.repeat(254)}:my-project`,
    `${'a-'.repeat(100_000)}!`,
  ])('refuses %j', (id) => {
    expect(() => assertProject(id)).toThrow(UsageError);
    expect(() => assertProject(id)).toThrow(/^".{0,60}" is no project id: .+$/);
  });
});

describe('meta', () => {
  it('lists the calls of a scan', () => {
    const named = { ...everyProject, accounts: ['a-project', 'b-project'] };
    const sometimes = [
      'GET /v3/projects/{project} (Resource Manager; where the answer is that an API is off, to tell whose)',
      'GET /v1/projects/{project}/locations/{location}/clusters/{cluster} (again before a contradiction is called)',
    ];
    expect(gke.meta.calls(named)).toEqual([
      'GET /v1/projects/a-project/locations/-/clusters',
      'GET /v1/projects/b-project/locations/-/clusters',
      ...sometimes,
    ]);
    expect(gke.meta.calls(everyProject)).toEqual([
      'GET /v3/projects:search (Resource Manager; where the credentials name no project)',
      'GET /v1/projects/{project}/locations/-/clusters (for each project)',
      ...sometimes,
    ]);
  });

  it('writes the query that finds our requests, with foreign text quoted', () => {
    const cluster = { account: 'a-project', location: 'us-east4', name: 'x" OR "' } as Cluster;
    expect(gke.meta.logQuery(cluster, '0f8fad5b-d9cb-469f-a165-70867728950e')).toBe(
      'resource.type="k8s_cluster" AND resource.labels.project_id="a-project" AND resource.labels.location="us-east4" ' +
        'AND resource.labels.cluster_name="x\\" OR \\"" AND protoPayload.serviceName="k8s.io" ' +
        'AND operation.id="0f8fad5b-d9cb-469f-a165-70867728950e"',
    );
  });
});
