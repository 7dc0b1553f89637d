import { exposureWords, outcomeWords } from './words.ts';
import type { JudgedProbe, Report } from '../../src/model/report.ts';

/** All vantages that were looked from: one, or as many as were merged. */
export function vantagesOf({ scan }: Report): readonly Report['scan']['vantage'][] {
  return scan.vantages === undefined || scan.vantages.length === 0 ? [scan.vantage] : scan.vantages;
}

/** What a single conclusion rests on: a label and a clause for each address and each vantage. May hold hostile text. */
export interface Seen {
  readonly label: 'address' | 'from';
  readonly what: string;
}

/** The addresses where more than one was dialled, and the vantages where more than one looked. */
export function seenOf({ addresses = [], observations = [] }: JudgedProbe): readonly Seen[] {
  const byAddress = addresses.map(({ address = 'no address', outcome }) => ({
    label: 'address' as const,
    what: `${address}: ${outcomeWords[outcome]}`,
  }));
  if (observations.length < 2) return byAddress;
  const byVantage = observations.map(({ vantageName, outcome, exposure, confirmed }) => ({
    label: 'from' as const,
    what: `${vantageName}: ${outcomeWords[outcome]}; alone it would be ${exposureWords[exposure].word.toLowerCase()}${confirmed ? ', confirmed' : ''}`,
  }));
  return [...byAddress, ...byVantage];
}
