import type { RangeSet } from '../lib/cidr.ts';
import { judge } from './exposure.ts';
import type { Judgement, Reduced } from './exposure.ts';
import type { Observation } from './observation.ts';
import { reduce } from './reduce.ts';
import type { Run } from './run.ts';
import type { Cluster } from '../model/cluster.ts';
import { exposures } from '../model/endpoint.ts';
import type { Endpoint } from '../model/endpoint.ts';
import { outcomes } from '../model/probe.ts';
import type { VantageAdmitted } from '../model/report.ts';

/** What one observation comes to, standing alone. */
export interface ObservationJudgement extends Judgement {
  readonly observation: Observation;
  readonly vantageAdmitted: VantageAdmitted;
  /** Which of several vantages and addresses it is about; absent where there is but one of each. */
  readonly seenFrom?: string;
}

/** Each address from each vantage by the same function: the worst comes first, and is the endpoint's conclusion. */
export function judgeObservations(
  cluster: Cluster,
  endpoint: Endpoint,
  ranges: RangeSet,
  run: Run,
): readonly [ObservationJudgement, ...ObservationJudgement[]] {
  const judgements = run.observationsOf(cluster.id, endpoint.role).map((observation) => {
    const reduced = reduce(cluster, endpoint, ranges, observation, run);
    const seenFrom = placeOf(observation, run);
    return {
      ...judge(reduced),
      observation,
      vantageAdmitted: admitted(reduced),
      ...(seenFrom !== undefined && { seenFrom }),
    };
  });
  return judgements.toSorted(compareWorst) as [ObservationJudgement, ...ObservationJudgement[]];
}

/** By exposure, then what the wire bears out, then the worst outcome: of two that come to the same, the one that tells more. */
function compareWorst(a: ObservationJudgement, b: ObservationJudgement): number {
  return (
    exposures.indexOf(a.exposure) - exposures.indexOf(b.exposure) ||
    Number(b.confirmed) - Number(a.confirmed) ||
    outcomeRank(b) - outcomeRank(a)
  );
}

function outcomeRank({ observation: { look } }: ObservationJudgement): number {
  return look === undefined ? -1 : outcomes.indexOf(look.outcome);
}

function placeOf({ vantage, probe, look }: Observation, run: Run): string | undefined {
  const isOneOfSeveral = run.vantages.length > 1 && look !== undefined;
  const address = probe?.result.addresses === undefined ? undefined : look?.address;
  const places = [isOneOfSeveral && `seen from ${vantage.name}`, address !== undefined && `at ${address}`];
  const said = places.filter((place) => place !== false).join(' ');
  return said === '' ? undefined : said;
}

/** A list is about addresses that come over the internet, to the public endpoint. */
function admitted({ role, side, access, admits }: Reduced): VantageAdmitted {
  return role !== 'public' || side === 'inside' || access === 'none' ? 'not-applicable' : admits;
}
