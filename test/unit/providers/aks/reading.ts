import type { ArmEmulator } from '../../../emulators/arm.ts';
import { createProvider } from '../../../../providers/aks/provider.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import type { ScanIssue } from '../../../../src/model/issue.ts';
import type { CallContext, Provider, Scope } from '../../../../src/model/provider.ts';

export const subscription = '00000000-0000-4000-8000-000000000001';
export const otherSubscription = '00000000-0000-4000-8000-000000000002';

/** Short waits between attempts. */
export const patience = { retryDelayInMs: 5, attemptTimeoutInMs: 10_000 } as const;

/** The provider with the real SDK, a token of its own and short waits, against an emulator or nobody. */
export function providerAt({ url, caPem }: Pick<ArmEmulator, 'url' | 'caPem'>, token = 'emulated-token'): Provider {
  const getToken = async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
  return createProvider({ endpoint: url, credential: { getToken }, ...patience, ca: caPem }, {});
}

export function context(signal: AbortSignal = new AbortController().signal): CallContext {
  return { signal };
}

export function scopeOf(account = subscription): Scope {
  return { provider: 'aks', account, location: '*' };
}

/** Everything that a stream gave before it ended, and what ended it. */
export async function drain<T>(items: AsyncIterable<T>): Promise<{ items: T[]; error?: unknown }> {
  const seen: T[] = [];
  try {
    for await (const item of items) seen.push(item);
    return { items: seen };
  } catch (error) {
    return { items: seen, error };
  }
}

export function isCluster(entry: Cluster | ScanIssue): entry is Cluster {
  return 'endpoints' in entry;
}
