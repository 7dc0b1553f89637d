import { cloudWideSource } from '../../../src/checks/cloud-wide-source.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { OtherPath } from '../../../src/model/endpoint.ts';
import type { JudgedAccess } from '../../../src/model/report.ts';
import { access, endpointSubject, list } from './subjects.ts';
import { testCheck } from './table.ts';

function googleCloud(state: OtherPath['state']): Partial<Cluster> {
  const path = { kind: 'gke-google-cloud-addresses', state, reason: 'the field is not set.' } as const;
  return { provider: 'gke', otherPaths: [path] };
}

function admitting(...admits: string[]): { access: JudgedAccess; exposure: 'broad' } {
  return { access: list(['203.0.113.0/24'], undefined, admits), exposure: 'broad' };
}

testCheck(cloudWideSource, [
  {
    name: 'GKE list and all of Google Cloud',
    subject: endpointSubject({ cluster: googleCloud('open'), endpoint: admitting('google-cloud') }),
    status: 'fail',
    message: 'google-cloud',
  },
  {
    name: 'AKS list and a service tag',
    subject: endpointSubject({ endpoint: admitting('azure-service-tag:AzureCloud') }),
    status: 'fail',
    message: 'service-tag',
    says: 'admits the service tag AzureCloud:',
  },
  {
    name: 'AKS list and two service tags',
    subject: endpointSubject({ endpoint: admitting('azure-service-tag:A', 'azure-service-tag:B') }),
    status: 'fail',
    message: 'service-tag',
    says: 'the service tag A and the service tag B',
  },
  {
    name: 'GKE list, Google Cloud not set',
    subject: endpointSubject({
      cluster: googleCloud('unknown'),
      endpoint: { access: access.list, exposure: 'restricted' },
    }),
    status: 'unknown',
    message: 'google-cloud-unknown',
    says: 'the field is not set.',
  },
  {
    name: 'an entry that cannot be read',
    subject: endpointSubject({ endpoint: { access: access.unknown, exposure: 'unknown' } }),
    status: 'unknown',
    message: 'unread',
  },
  {
    name: 'GKE list, Google Cloud shut out',
    subject: endpointSubject({ cluster: googleCloud('closed'), endpoint: { access: access.list } }),
    status: 'pass',
  },
  {
    name: 'AKS list of ranges',
    subject: endpointSubject({ endpoint: { access: access.list, exposure: 'restricted' } }),
    status: 'pass',
  },
  {
    name: 'open, Google Cloud not set',
    subject: endpointSubject({ cluster: googleCloud('unknown') }),
    status: 'not-applicable',
  },
  { name: 'closed', subject: endpointSubject({ endpoint: { access: access.closed } }), status: 'not-applicable' },
  { name: 'private endpoint', subject: endpointSubject({ endpoint: { role: 'private' } }), status: 'not-applicable' },
]);
