import { advance, vantageOf, type Cloud } from './run.ts';
import { issueOf } from './issues.ts';
import { lookAgain } from './second-look.ts';
import { notProbed, reasonNotToProbe, targetOf } from './plan.ts';
import { takeLook } from './look.ts';
import { wouldContradict } from '../contradiction.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint } from '../../model/endpoint.ts';
import type { FirstLook } from './second-look.ts';
import type { ProbeRules } from './request.ts';
import type { ScopeRecord } from './coverage.ts';

/** Probes a cluster's endpoints at once and, where one contradicts the settings, looks again. Never rejects. */
export async function lookAt(cloud: Cloud, record: ScopeRecord, cluster: Cluster, rules: ProbeRules): Promise<void> {
  const { run } = cloud;
  const { id, provider, endpoints } = cluster;
  try {
    const firsts = await Promise.all(endpoints.map((endpoint) => lookFirst(cloud, record, cluster, endpoint, rules)));
    run.probes.set(
      id,
      firsts.map(({ role, result }) => ({ clusterId: id, role, result })),
    );
    if (firsts.some(({ isDoubted }) => isDoubted)) await lookAgain(cloud, record, cluster, rules, firsts);
  } catch (error) {
    run.issues.push(issueOf(error, { provider, clusterId: id }));
    record.unfinishedProbes += 1;
    const result = notProbed('the probe failed, see the issues', run.tools.now());
    if (!run.probes.has(id))
      run.probes.set(
        id,
        endpoints.map(({ role }) => ({ clusterId: id, role, result })),
      );
  }
}

async function lookFirst(
  { run }: Cloud,
  record: ScopeRecord,
  cluster: Cluster,
  endpoint: Endpoint,
  rules: ProbeRules,
): Promise<FirstLook> {
  const { role } = endpoint;
  const reason = reasonNotToProbe(cluster, endpoint, run.request.vantage.kind, rules);
  if (reason !== undefined) return { role, result: notProbed(reason, run.tools.now()), isDoubted: false };
  const target = targetOf(cluster, endpoint, rules, run.tools.uuid());
  advance(run, 'probesPlanned');
  const { result } = await takeLook(run, record, target, 'full');
  advance(run, 'probesDone');
  return { role, result, auditId: target.auditId, isDoubted: wouldContradict(endpoint, result, vantageOf(run)) };
}
