import type { Access, OtherPath, Trust } from '../../model/endpoint.ts';
import type { Cluster } from '../../model/cluster.ts';

const unsettledStates: readonly Cluster['state'][] = ['updating', 'creating', 'deleting'];

/** While a cluster is being changed, its settings and the wire may lawfully differ. */
export function isUnsettled(cluster: Cluster): boolean {
  return unsettledStates.includes(cluster.state);
}

/** Whether two readings of one cluster mean the same to a judgement. Order within a list and wording do not count. */
export function settingsAreEqual(a: Cluster, b: Cluster): boolean {
  return settingsOf(a) === settingsOf(b);
}

function settingsOf({ endpoints, otherPaths }: Cluster): string {
  return JSON.stringify([
    endpoints
      .map(({ role, host = '', port, access, trust, credentialsBeyondIam = false }) =>
        JSON.stringify([role, host.toLowerCase(), port, ...accessOf(access), ...trustOf(trust), credentialsBeyondIam]),
      )
      .toSorted(),
    otherPaths.map(({ kind, state }: OtherPath) => `${kind} ${state}`).toSorted(),
  ]);
}

function accessOf(access: Access): unknown[] {
  return [
    access.kind,
    'ranges' in access ? access.ranges.toSorted() : [],
    'admits' in access ? access.admits.toSorted() : [],
  ];
}

function trustOf(trust: Trust): string[] {
  return [trust.kind, 'pem' in trust ? trust.pem.trim() : ''];
}
