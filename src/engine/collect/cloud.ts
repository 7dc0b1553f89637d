import { advance, type Cloud, type Run } from './run.ts';
import { collectScope } from './scope.ts';
import { createLimit } from '../../lib/limit.ts';
import { eachUntilAborted, isInterruption, untilAborted } from './interruption.ts';
import { issueOf } from './issues.ts';
import type { CollectTarget } from './request.ts';
import type { CoverageRow } from '../../model/evidence.ts';
import type { Provider, ProviderMeta } from '../../model/provider.ts';
import type { ScanIssue } from '../../model/issue.ts';

const scopesAtOnce = 8;
const rereadsAtOnce = 4;

/** Collects one cloud: are there credentials, which scopes, and each of them. Never rejects; the other clouds go on. */
export async function collectCloud(run: Run, target: CollectTarget, loading: Promise<Provider>): Promise<void> {
  const { signal } = run.context;
  try {
    const provider = await untilAborted(() => loading, signal);
    // Accounts that are named have to be scanned, perhaps with credentials of their own (AWS profiles): their scopes tell.
    const isFound = target.accounts.length > 0 || (await untilAborted(() => provider.available(run.context), signal));
    if (!isFound) return noteMissing(run, target, provider.meta);
    run.notSeen.push(...notSeen(provider.meta, target).map((what) => ({ provider: target.provider, what })));
    await collectScopes(run, target, provider);
  } catch (error) {
    noteFailure(run, target, error);
  }
}

function notSeen(meta: ProviderMeta, { deep = false }: CollectTarget): readonly string[] {
  return deep ? meta.notSeen : [...meta.notSeen, ...(meta.seenDeep ?? [])];
}

async function collectScopes(run: Run, target: CollectTarget, provider: Provider): Promise<void> {
  const cloud: Cloud = {
    run,
    provider,
    severalAccounts: target.accounts.length > 1,
    isDeep: target.deep === true,
    rereads: createLimit(rereadsAtOnce),
  };
  const limit = createLimit(scopesAtOnce);
  const scopes: Promise<void>[] = [];
  try {
    for await (const item of eachUntilAborted(() => provider.scopes(target, run.context), run.context.signal)) {
      if ('code' in item) noteUnlisted(run, target, item);
      else {
        advance(run, 'scopesKnown');
        scopes.push(limit(() => collectScope(cloud, item)));
      }
    }
  } finally {
    await Promise.all(scopes);
  }
}

function noteMissing(run: Run, target: CollectTarget, meta: ProviderMeta): void {
  const reason = `no credentials found: ${meta.signIn}`;
  run.rows.push(rowOf(target, target.named ? 'failed' : 'skipped', reason));
  if (target.named) run.issues.push({ code: 'unauthenticated', message: reason, provider: target.provider });
}

function noteFailure(run: Run, target: CollectTarget, error: unknown): void {
  if (isInterruption(error, run.context.signal)) {
    run.rows.push(rowOf(target, 'partial', 'interrupted'));
    return;
  }
  const issue = issueOf(error, { provider: target.provider });
  run.issues.push(issue);
  run.rows.push(rowOf(target, 'failed', issue.message));
}

function noteUnlisted(run: Run, target: CollectTarget, issue: ScanIssue): void {
  run.issues.push(issue);
  const { account = 'unknown', location = '*' } = issue;
  run.rows.push({ ...rowOf(target, 'failed', issue.message), account, location });
}

function rowOf(target: CollectTarget, status: CoverageRow['status'], reason: string): CoverageRow {
  return { provider: target.provider, account: 'unknown', location: '*', status, clusters: 0, reason };
}
