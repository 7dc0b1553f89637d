import type { ClusterSubject, EndpointSubject } from '../../model/check.ts';
import type { Endpoint } from '../../model/endpoint.ts';
import type { ProbeResult } from '../../model/probe.ts';
import type { JudgedEndpoint } from '../../model/report.ts';
import { clause } from './wording.ts';

/** The endpoint as its cloud describes it. A role stands once in a cluster. */
export function settingsOf({ cluster, endpoint }: EndpointSubject): Endpoint | undefined {
  return cluster.endpoints.find(({ role }) => role === endpoint.role);
}

/** Absent for external clusters alone. */
export function publicEndpoint({ judged }: ClusterSubject): JudgedEndpoint | undefined {
  return judged.endpoints.find(({ role }) => role === 'public');
}

/** Why the settings could not be read: the cluster's reason where nothing of it is known, else the endpoint's. */
export function whyUnread({ cluster }: ClusterSubject, endpoint: JudgedEndpoint): string {
  return clause(cluster.undescribed ?? endpoint.access.reason ?? endpoint.reason);
}

/** The sentence of the joined conclusion, to stand inside a message. */
export function conclusion({ endpoint }: EndpointSubject): string {
  return clause(endpoint.reason);
}

/** The look that says who answers: the second one where it came about, as settings were read again just before it. */
export function lastLook({ probe }: EndpointSubject): ProbeResult | undefined {
  const second = probe?.secondLook?.result;
  return second === undefined || second.outcome === 'not-probed' ? probe?.result : second;
}

/** The address that a look dialled, the last one unless told otherwise, else the name that it was meant for. */
export function dialled(subject: EndpointSubject, look = lastLook(subject)): string {
  return look?.via ?? look?.address ?? subject.endpoint.host ?? 'the endpoint';
}
