import { rangeSet } from '../lib/cidr.ts';
import { admitsVantage } from './admits.ts';
import { sideOf } from './side.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { AddressResult } from '../model/probe.ts';
import type { Vantage } from '../model/evidence.ts';

/**
 * Whether this look, standing alone, contradicts the settings, so that a second one is needed: the cluster answered from
 * outside although the settings admit nobody, or nobody where we are.
 */
export function wouldContradict(endpoint: Endpoint, result: AddressResult, vantage: Vantage): boolean {
  if (!isAnswerOfCluster(endpoint, result) || sideOf(result, vantage) === 'inside') return false;
  const { access } = endpoint;
  if (endpoint.role === 'dns') return access.kind === 'closed';
  if (endpoint.role === 'private' || (access.kind !== 'closed' && access.kind !== 'allow-list')) return false;
  const ranges = rangeSet(access.kind === 'allow-list' ? access.ranges : []);
  return admitsVantage(access, ranges, result, vantage) === 'no';
}

/** A DNS endpoint's front door answers for every cluster, its certificate too: there only an API server's own answer counts. */
export function isAnswerOfCluster({ role }: Endpoint, { identity, outcome, requests }: AddressResult): boolean {
  if (identity.peer !== 'this' || role !== 'dns') return identity.peer === 'this';
  return outcome !== 'iam-fronted' && requests.some(({ status }) => status !== undefined);
}
