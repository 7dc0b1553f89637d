import type { Access, OtherPath, Trust } from '../../model/endpoint.ts';
import type { Cluster } from '../../model/cluster.ts';

const unsettledStates: readonly Cluster['state'][] = ['updating', 'creating', 'deleting'];

/** While a cluster is being changed, its settings and the wire may lawfully differ. */
export function isUnsettled(cluster: Cluster): boolean {
  return unsettledStates.includes(cluster.state);
}

/** Whether two readings of one cluster mean the same to a judgement. Order within a list and wording do not count. */
export function settingsAreEqual(a: Cluster, b: Cluster): boolean {
  return endpointsAreEqual(a, b) && pathsOf(a) === pathsOf(b);
}

/** Whether two readings mean the same to what is judged of looks; other paths may have been read by one of them alone. */
export function endpointsAreEqual(a: Cluster, b: Cluster): boolean {
  return endpointsOf(a) === endpointsOf(b);
}

function endpointsOf({ endpoints }: Cluster): string {
  const texts = endpoints.map(
    ({ role, host = '', port, serverName = '', access, trust, credentialsBeyondIam = false }) =>
      JSON.stringify([
        role,
        host.toLowerCase(),
        port,
        serverName.toLowerCase(),
        ...accessOf(access),
        ...trustOf(trust),
        credentialsBeyondIam,
      ]),
  );
  return JSON.stringify(texts.toSorted());
}

function pathsOf({ otherPaths }: Cluster): string {
  return JSON.stringify(otherPaths.map(({ kind, state }: OtherPath) => `${kind} ${state}`).toSorted());
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
