import { advance, vantageOf, type LookContext } from './run.ts';
import { inspectAll, withPostures } from './posture.ts';
import { issueOf, placeOf } from './issues.ts';
import { lookAgain, type FirstLook } from './second-look.ts';
import { notProbed, reasonNotToProbe, targetOf } from './plan.ts';
import { takeLook } from './look.ts';
import { addressesOf } from '../observation.ts';
import { withNamesPlaced } from './private-name.ts';
import { wouldContradict } from '../contradiction.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Endpoint } from '../../model/endpoint.ts';

/** Probes a cluster's endpoints at once, then how they do TLS and, where one contradicts the settings, looks again. Never rejects. */
export async function lookAt(context: LookContext, cluster: Cluster): Promise<void> {
  const { run, record } = context;
  const { id, endpoints } = cluster;
  try {
    const firsts = await Promise.all(endpoints.map((endpoint) => lookFirst(context, cluster, endpoint)));
    const probes = firsts.map(({ role, result }) => ({ clusterId: id, role, result }));
    const looked = withNamesPlaced({ cluster, probes });
    run.clusters.set(id, looked.cluster);
    run.probes.set(id, looked.probes);
    const inspecting = inspectAll(context, cluster, firsts);
    if (firsts.some(({ isDoubted }) => isDoubted)) await lookAgain(context, cluster, firsts);
    run.probes.set(id, withPostures(run.probes.get(id) ?? probes, await inspecting));
  } catch (error) {
    run.issues.push(issueOf(error, placeOf(cluster)));
    record.unfinishedProbes += 1;
    const result = notProbed('the probe failed, see the issues', run.tools.now());
    const probes = endpoints.map(({ role }) => ({ clusterId: id, role, result }));
    if (!run.probes.has(id)) run.probes.set(id, probes);
  }
}

async function lookFirst(context: LookContext, cluster: Cluster, endpoint: Endpoint): Promise<FirstLook> {
  const { run, rules } = context;
  const { role } = endpoint;
  const reason = reasonNotToProbe(cluster, endpoint, run.request.vantage.kind, rules);
  if (reason !== undefined) return { role, result: notProbed(reason, run.tools.now()), isDoubted: false };
  const target = targetOf(cluster, endpoint, rules, run.tools.uuid());
  advance(run, 'probesPlanned');
  const { result } = await takeLook(context, cluster, target, 'full');
  advance(run, 'probesDone');
  const vantage = vantageOf(run);
  const isDoubted = addressesOf(result).some((look) => wouldContradict(endpoint, look, vantage));
  return { role, result, auditId: target.auditId, isDoubted };
}
