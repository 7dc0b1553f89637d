import { addressesOf } from '../observation.ts';
import { isInterruption } from './interruption.ts';
import { issueOf, placeOf } from './issues.ts';
import { targetOf } from './plan.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { AddressResult, EndpointProbe, InspectTls, ProbeResult } from '../../model/probe.ts';
import type { FirstLook } from './second-look.ts';
import { advance, type LookContext } from './run.ts';
import type { TlsPosture } from '../../model/posture.ts';

/** By the look that each stands beside, as a role may change after it, and by the address that was inspected. */
type Postures = ReadonlyMap<ProbeResult, PosturesAt>;

type PosturesAt = ReadonlyMap<AddressResult['address'], TlsPosture>;

/** Inspects TLS wherever a first look met this cluster over it; a stranger gets no further handshake. Never rejects. */
export async function inspectAll(
  context: LookContext,
  cluster: Cluster,
  firsts: readonly FirstLook[],
): Promise<Postures> {
  const { inspectTls } = context.run.tools;
  if (inspectTls === undefined) return new Map();
  const found = firsts.map(
    async (first) => [first.result, await inspectEach(inspectTls, context, cluster, first)] as const,
  );
  return new Map(await Promise.all(found));
}

/** In turn: the addresses of a name share its pace, and each posture has a time limit of its own. */
async function inspectEach(
  inspectTls: InspectTls,
  context: LookContext,
  cluster: Cluster,
  first: FirstLook,
): Promise<PosturesAt> {
  const postures = new Map<AddressResult['address'], TlsPosture>();
  const looks = worthInspecting(cluster, first.result);
  if (looks.length > 0) advance(context.run, 'inspectionsPlanned', looks.length);
  for (const look of looks) {
    const posture = await inspect(inspectTls, context, cluster, { ...first, look });
    if (posture !== undefined) postures.set(look.address, posture);
    advance(context.run, 'inspectionsDone');
  }
  return postures;
}

/**
 * The address that the endpoint is told by. What a provider runs is set up alike behind each; the addresses of a self-managed cluster
 * may be machines that are set up one by one, told apart by their certificates.
 */
function worthInspecting({ provider }: Cluster, result: ProbeResult): readonly AddressResult[] {
  const looks = [result, ...addressesOf(result)].filter(({ identity, tls }) => identity.peer === 'this' && tls);
  const byLeaf = Map.groupBy(looks, ({ tls }) => tls?.certificate.fingerprint);
  const each = [...byLeaf.values()].flatMap(([look]) => look ?? []);
  return provider === 'kubeconfig' ? each : each.slice(0, 1);
}

async function inspect(
  inspectTls: InspectTls,
  { run, rules }: LookContext,
  cluster: Cluster,
  { role, look, auditId = '' }: FirstLook & { readonly look: AddressResult },
): Promise<TlsPosture | undefined> {
  const endpoint = cluster.endpoints.find((candidate) => candidate.role === role);
  if (endpoint === undefined) return undefined;
  try {
    const known = run.postures.get(look);
    const inspecting = known ?? inspectTls(targetOf(cluster, endpoint, rules, auditId), look, run.context);
    run.postures.set(look, inspecting);
    return await inspecting;
  } catch (error) {
    if (!isInterruption(error, run.context.signal)) run.issues.push(issueOf(error, placeOf(cluster)));
    return undefined;
  }
}

/** The probes with what was found beside their first looks. */
export function withPostures(probes: readonly EndpointProbe[], postures: Postures): readonly EndpointProbe[] {
  return probes.map((probe) => ({ ...probe, result: withPosturesAt(probe.result, postures.get(probe.result)) }));
}

/** Of several addresses, the one that the look is told by stands in their list too. */
function withPosturesAt(look: ProbeResult, postures: PosturesAt = new Map()): ProbeResult {
  const add = <Look extends AddressResult>(one: Look): Look => {
    const posture = postures.get(one.address);
    return posture === undefined ? one : { ...one, posture };
  };
  return { ...add(look), ...(look.addresses !== undefined && { addresses: look.addresses.map(add) }) };
}
