import type { Cluster } from '../../src/model/cluster.ts';
import type { ProviderMeta, ScanTarget } from '../../src/model/provider.ts';
import { signIn } from './errors.ts';

export const meta: ProviderMeta = {
  id: 'gke',
  title: 'Google Kubernetes Engine',
  cloud: 'gcp',
  accountWord: 'project',
  locationWord: 'location',
  permissions: [
    { name: 'container.clusters.list', why: 'lists the clusters of a project with all their settings' },
    {
      name: 'container.clusters.get',
      why: 'reads the settings of one cluster again before a contradiction is reported',
      without: 'a contradiction between settings and wire stays unknown',
    },
    {
      name: 'resourcemanager.projects.get',
      why: 'finds the projects where none is named, and tells whose API is off',
      without: 'projects must be named, and one without the Kubernetes Engine API may count as failed',
    },
  ],
  notSeen: [
    'who may come through Connect gateway, which IAM decides',
    'VPC Service Controls and IAM conditions in front of the DNS endpoint',
    'the hosted MCP server for GKE, jump hosts, tunnels and proxies inside the network',
  ],
  signIn,
  calls: (target) => callsOf(target),
  settlingSeconds: 10,
  logQuery: (cluster, auditId) => logQuery(cluster, auditId),
};

/** Paths alone: the environment may move both APIs. */
function callsOf({ accounts }: ScanTarget): string[] {
  const lists =
    accounts.length > 0
      ? accounts.map(listOf)
      : [
          'GET /v3/projects:search (Resource Manager; where the credentials name no project)',
          `${listOf('{project}')} (for each project)`,
        ];
  return [
    ...lists,
    'GET /v3/projects/{project} (Resource Manager; where the answer is that an API is off, to tell whose)',
    'GET /v1/projects/{project}/locations/{location}/clusters/{cluster} (again before a contradiction is called)',
  ];
}

function listOf(project: string): string {
  return `GET /v1/projects/${project}/locations/-/clusters`;
}

/**
 * A Cloud Logging filter. GKE puts the Kubernetes audit id into `operation.id`, and the same into `insertId`. Requests that only
 * read stand in the Data Access log, where it is on.
 */
function logQuery({ account = '', location = '', name }: Cluster, auditId: string): string {
  return [
    'resource.type="k8s_cluster"',
    `resource.labels.project_id=${quoted(account)}`,
    `resource.labels.location=${quoted(location)}`,
    `resource.labels.cluster_name=${quoted(name)}`,
    'protoPayload.serviceName="k8s.io"',
    `operation.id=${quoted(auditId)}`,
  ].join(' AND ');
}

/** The filter language takes JSON's escapes for quotes and backslashes. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
