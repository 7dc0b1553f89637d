import { ProviderError } from '../../model/errors.ts';
import { cut } from '../../lib/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ScanIssue } from '../../model/issue.ts';

type Place = Omit<ScanIssue, 'code' | 'message'>;

/** What was thrown, as data. Anything but a `ProviderError` is a fault of ours: `internal`, with no word that may be a secret. */
export function issueOf(error: unknown, place: Place): ScanIssue {
  if (error instanceof ProviderError) return { code: error.code, message: oneLine(error.message, 500), ...place };
  const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) };
  return { code: 'internal', message: `${name}: ${oneLine(withoutTokens(message), 200)}`, ...place };
}

export function placeOf({ provider, account, location, id }: Cluster): Place {
  return {
    provider,
    ...(account !== undefined && { account }),
    ...(location !== undefined && { location }),
    clusterId: id,
  };
}

/** Keys, tokens and signatures are long unbroken words. Host names are lost with them, which an internal error can spare. */
function withoutTokens(message: string): string {
  return message.replace(/[\w+/=.~-]{20,}/g, '…');
}

function oneLine(message: string, length: number): string {
  return cut(message.replace(/\s+/g, ' ').trim(), length);
}

/** Each issue once: two profiles that reach one account see the same. */
export function distinctIssues(issues: readonly ScanIssue[]): ScanIssue[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}

function issueKey(issue: ScanIssue): string {
  return JSON.stringify([
    issue.code,
    issue.message,
    issue.provider ?? '',
    issue.account ?? '',
    issue.location ?? '',
    issue.clusterId ?? '',
  ]);
}
