import type { Cluster } from '../../src/model/cluster.ts';
import type { ProviderMeta, ScanTarget } from '../../src/model/provider.ts';
import { signIn } from './errors.ts';

const list = 'GET https://container.googleapis.com/v1/projects';

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

function callsOf({ accounts }: ScanTarget): string[] {
  if (accounts.length > 0) return accounts.map((project) => `${list}/${project}/locations/-/clusters`);
  return [
    'GET https://cloudresourcemanager.googleapis.com/v3/projects:search (where the credentials name no project)',
    `${list}/{project}/locations/-/clusters (for each project)`,
  ];
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
