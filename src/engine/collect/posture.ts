import { isInterruption } from './interruption.ts';
import { issueOf, placeOf } from './issues.ts';
import { targetOf } from './plan.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { EndpointProbe, InspectTls, ProbeResult } from '../../model/probe.ts';
import type { FirstLook } from './second-look.ts';
import { advance, type LookContext } from './run.ts';
import type { TlsPosture } from '../../model/posture.ts';

/** By the look that each stands beside: a role may change after it. */
type Postures = ReadonlyMap<ProbeResult, TlsPosture>;

/** Inspects TLS wherever a first look met this cluster over it; a stranger gets no further handshake. Never rejects. */
export async function inspectAll(
  context: LookContext,
  cluster: Cluster,
  firsts: readonly FirstLook[],
): Promise<Postures> {
  const { inspectTls } = context.run.tools;
  if (inspectTls === undefined) return new Map();
  const met = firsts.filter(({ result }) => result.identity.peer === 'this' && result.tls !== undefined);
  if (met.length > 0) advance(context.run, 'inspectionsPlanned', met.length);
  const found = await Promise.all(
    met.map(async (first) => {
      const posture = await inspect(inspectTls, context, cluster, first);
      advance(context.run, 'inspectionsDone');
      return [first.result, posture] as const;
    }),
  );
  return new Map(found.flatMap(([look, posture]) => (posture === undefined ? [] : [[look, posture] as const])));
}

async function inspect(
  inspectTls: InspectTls,
  { run, rules }: LookContext,
  cluster: Cluster,
  { role, result, auditId = '' }: FirstLook,
): Promise<TlsPosture | undefined> {
  const endpoint = cluster.endpoints.find((candidate) => candidate.role === role);
  if (endpoint === undefined) return undefined;
  try {
    return await inspectTls(targetOf(cluster, endpoint, rules, auditId), result, run.context);
  } catch (error) {
    if (!isInterruption(error, run.context.signal)) run.issues.push(issueOf(error, placeOf(cluster)));
    return undefined;
  }
}

/** The probes with what was found beside their first looks. */
export function withPostures(probes: readonly EndpointProbe[], postures: Postures): readonly EndpointProbe[] {
  return probes.map((probe) => {
    const posture = postures.get(probe.result);
    return posture === undefined ? probe : { ...probe, result: withPosture(probe.result, posture) };
  });
}

/** Of several addresses, the one that the look is told by stands in their list too. */
function withPosture(look: ProbeResult, posture: TlsPosture): ProbeResult {
  const addresses = look.addresses?.map((one) => (one.address === look.address ? { ...one, posture } : one));
  return { ...look, posture, ...(addresses !== undefined && { addresses }) };
}
