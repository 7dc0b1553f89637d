import { outcomes, type AddressResult, type ProbeResult } from '../model/probe.ts';

/** The result of an endpoint is that of its worst address; the first of those that are alike. */
export function joinAddresses(results: readonly AddressResult[]): ProbeResult {
  const [worst] = results.toSorted(compareWorst);
  if (worst === undefined) throw new TypeError('an endpoint has no result without an address');
  return results.length > 1 ? { ...worst, addresses: results } : worst;
}

const peers = ['this', 'other', 'none'] as const;

/** What this cluster answered before what a stranger did, and that before silence. */
function compareWorst(a: AddressResult, b: AddressResult): number {
  return (
    peers.indexOf(a.identity.peer) - peers.indexOf(b.identity.peer) ||
    outcomes.indexOf(b.outcome) - outcomes.indexOf(a.outcome)
  );
}
