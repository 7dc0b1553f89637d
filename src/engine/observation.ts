import type { MergedVantage, Vantage } from '../model/evidence.ts';
import type { AddressResult, EndpointProbe, ProbeResult } from '../model/probe.ts';

/** What one address showed from one vantage: the unit that is judged. Nothing was seen where there is no `look`. */
export interface Observation {
  readonly vantage: Vantage | MergedVantage;
  readonly probe?: EndpointProbe;
  readonly look?: AddressResult;
  readonly secondLook?: AddressResult;
}

/** A result by its addresses: itself where only one was dialled. */
export function addressesOf(result: ProbeResult): readonly AddressResult[] {
  return result.addresses ?? [result];
}

/** One observation for each address that was dialled from there. */
export function observationsIn(vantage: Vantage, probe: EndpointProbe): readonly Observation[] {
  return addressesOf(probe.result).map((look) => {
    const secondLook = sameWay(look, probe.secondLook?.result);
    return { vantage, probe, look, ...(secondLook !== undefined && { secondLook }) };
  });
}

/**
 * The second look that belongs to an address. Names move between addresses, and the cluster that answers again at another
 * address of the family answers again all the same. One that was not made counts as none.
 */
function sameWay(look: AddressResult, result: ProbeResult | undefined): AddressResult | undefined {
  if (result === undefined) return undefined;
  const looks = addressesOf(result);
  const found =
    looks.find(({ address }) => address === look.address) ??
    looks.find(({ family }) => family === look.family) ??
    result;
  return found.outcome === 'not-probed' ? undefined : found;
}
