import type { ObservationJudgement } from './judge-observations.ts';
import { addressesOf } from './observation.ts';
import type { Observation } from './observation.ts';
import type { Run } from './run.ts';
import { compareAnonymous } from '../model/anonymous.ts';
import type { Cluster } from '../model/cluster.ts';
import type { AddressResult } from '../model/probe.ts';
import type { AddressProbe, JudgedObservation, JudgedProbe, VantageProbe } from '../model/report.ts';

/** What the report says of an endpoint's looks: the deciding one's fields, and each vantage's where evidence was merged. */
export function reportProbe(
  cluster: Cluster,
  judgements: readonly ObservationJudgement[],
  run: Run,
): JudgedProbe | undefined {
  const [decisive] = judgements.flatMap(({ observation }) => reportVantage(cluster, observation, run) ?? []);
  if (decisive === undefined) return undefined;
  const observations = reportObservations(cluster, judgements, run);
  return { ...decisive, ...(observations.length > 0 && { observations }) };
}

/** The worst of each vantage, in the order of `scan.vantages`. */
function reportObservations(
  cluster: Cluster,
  judgements: readonly ObservationJudgement[],
  run: Run,
): readonly JudgedObservation[] {
  return run.vantages.flatMap(({ vantage }) => {
    const worst = judgements.find(({ observation }) => observation.vantage === vantage);
    const probe = worst && reportVantage(cluster, worst.observation, run);
    if (worst === undefined || probe === undefined || !('id' in vantage)) return [];
    const { vantageAdmitted, exposure, confirmed, reason } = worst;
    return [{ vantage: vantage.id, vantageName: vantage.name, vantageAdmitted, exposure, confirmed, reason, ...probe }];
  });
}

function reportVantage(cluster: Cluster, { probe, look, secondLook }: Observation, run: Run): VantageProbe | undefined {
  if (probe === undefined || look === undefined) return undefined;
  const again = secondLook ?? probe.secondLook?.result;
  return {
    ...reportAddress(cluster, look, run),
    ...(probe.secondLook !== undefined && {
      secondLook: {
        settings: probe.secondLook.settings,
        at: probe.secondLook.at,
        ...(again !== undefined && { outcome: again.outcome }),
      },
    }),
    ...(probe.result.ports !== undefined && { ports: probe.result.ports }),
    ...(probe.result.addresses !== undefined && {
      addresses: addressesOf(probe.result).map((address) => reportAddress(cluster, address, run)),
    }),
  };
}

function reportAddress(cluster: Cluster, look: AddressResult, run: Run): AddressProbe {
  const { outcome, detail, address, via, auditId, tls, posture, requests, identity, gitVersion } = look;
  const { startedAt, durationMs } = look;
  const wasAsked = auditId !== undefined && requests.length > 0;
  const logQuery = wasAsked ? run.metas.get(cluster.provider)?.logQuery(cluster, auditId) : undefined;
  const anonymous = compareAnonymous(cluster.anonymous.documented, look);
  return {
    outcome,
    detail,
    ...(address !== undefined && { address }),
    ...(via !== undefined && { via }),
    ...(auditId !== undefined && { auditId }),
    ...(logQuery !== undefined && { logQuery }),
    ...(tls !== undefined && { tls: posture === undefined ? tls : { ...tls, posture } }),
    requests,
    identity,
    ...(gitVersion !== undefined && { gitVersion }),
    ...(anonymous !== undefined && { anonymous }),
    startedAt,
    durationMs,
  };
}
