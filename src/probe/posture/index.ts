import type { X509Certificate } from 'node:crypto';

import { createLimit, type Limit } from '../../lib/limit.ts';
import type { AddressResult, ConnectTo, InspectTls, ProbeTarget } from '../../model/probe.ts';
import { classifyAddress, mayDial } from '../address.ts';
import { isValidFor } from '../certificate.ts';
import { startDeadline } from '../deadline.ts';
import type { ProbeLimits } from '../limits.ts';
import type { Budget } from '../pace.ts';
import { nameOf } from '../peer.ts';
import { findChainEnd, type Anchors } from '../trust.ts';
import { offersPostQuantum } from './groups.ts';
import { judgePosture, type Judging } from './judge.ts';
import { createContexts } from './offers.ts';
import { shakeThrough, type Rounds, type Seen } from './rounds.ts';

export interface InspectionTools {
  readonly inside: boolean;
  readonly limits: ProbeLimits;
  readonly budget: Budget;
  readonly anchorsFor: (trust: ProbeTarget['trust']) => Anchors;
  readonly now: () => Date;
}

/** Handshakes of all postures at the same time. */
const handshakesAtOnce = 64;

/** A posture spends most of its time waiting for its turns, so that this many keep those handshakes going. */
const posturesAtOnce = 256;

/** A budget of its own, at most six connections each; the pace of a name is shared with the looks at it. */
export function createInspection(tools: InspectionTools): InspectTls {
  const shared = { tools, contextFor: createContexts(), limit: createLimit(handshakesAtOnce) };
  const inTurn = createLimit(posturesAtOnce);
  let canOfferHybrids: boolean | undefined;
  return async (target, first, context) => {
    const place = placeOf(target, first);
    if (place === undefined || !mayDialAgain(place.address, target, tools)) return undefined;
    const seen = await inTurn(() => shake(target, place, context.signal, shared));
    canOfferHybrids ??= offersPostQuantum();
    return judgePosture(seen, judgingOf(target, first, canOfferHybrids, tools));
  };
}

interface Shared {
  readonly tools: InspectionTools;
  readonly contextFor: Rounds['contextFor'];
  readonly limit: Limit;
}

/** Its time begins with it: of thousands that are to be inspected, the last ones have as much as the first. */
async function shake(target: ProbeTarget, place: ConnectTo, interrupt: AbortSignal, shared: Shared): Promise<Seen> {
  const { tools, contextFor, limit } = shared;
  const { limits, budget } = tools;
  const deadline = startDeadline(limits.posture, interrupt);
  const name = `${target.host.toLowerCase()}:${target.port}`;
  try {
    return await shakeThrough({
      ...place,
      host: nameOf(target),
      contextFor,
      limits,
      deadline,
      awaitTurn: () => budget.awaitTurn(name, deadline.signal),
      limit,
    });
  } finally {
    deadline.dispose();
  }
}

/** The address of the first look: what a name resolves to by now is of no matter. */
function placeOf({ connectTo, port }: ProbeTarget, { address }: AddressResult): ConnectTo | undefined {
  return connectTo ?? (address === undefined ? undefined : { address, port });
}

function mayDialAgain(address: string, { connectTo }: ProbeTarget, { inside }: InspectionTools): boolean {
  return mayDial(classifyAddress(address), { inside, named: connectTo !== undefined });
}

/** The leaf of the look, or another one that ends where that one's chain did: several API servers may share a name. */
function judgingOf(
  target: ProbeTarget,
  { tls }: AddressResult,
  canOfferHybrids: boolean,
  { anchorsFor, now }: InspectionTools,
): Judging {
  const endOf = (leaf: X509Certificate): string => findChainEnd(leaf, anchorsFor(target.trust), 'expired').chain;
  return {
    isSamePeer: (leaf) =>
      tls === undefined ||
      leaf.fingerprint256.replaceAll(':', '').toLowerCase() === tls.certificate.fingerprint ||
      (endOf(leaf) === tls.chain && isValidFor(leaf, nameOf(target))),
    spoken: tls?.version,
    offersPostQuantum: canOfferHybrids,
    now: now(),
  };
}
