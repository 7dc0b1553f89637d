import { advance, type Cloud, type LookContext, type Run } from './run.ts';
import { eachUntilAborted, isInterruption, untilAborted } from './interruption.ts';
import { issueOf } from './issues.ts';
import { readDeepPaths } from './deep.ts';
import { lookAt } from './looks.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Scope } from '../../model/provider.ts';
import type { ScanIssue } from '../../model/issue.ts';
import type { ProbeRules } from './request.ts';
import type { ScopeRecord } from './coverage.ts';

/** Lists one scope, once for its account and location: a second way to them is tried only where the first did not see all. */
export async function collectScope(cloud: Cloud, scope: Scope): Promise<void> {
  const record = recordOf(cloud.run, scope, scope.account ?? (await accountAhead(cloud, scope)));
  record.turn = record.turn.then(() => (isSeenWhole(record) ? undefined : list(cloud, scope, record)));
  await record.turn;
  advance(cloud.run, 'scopesDone');
}

function isSeenWhole({ listing, undescribed }: ScopeRecord): boolean {
  return listing.state === 'listed' && undescribed.size === 0;
}

/** The account costs a call, so it is asked for ahead only where two profiles may reach the same one. */
async function accountAhead(cloud: Cloud, scope: Scope): Promise<string | undefined> {
  return cloud.severalAccounts ? askAccount(cloud, scope) : undefined;
}

/** Undefined where it cannot be told: that alone hides no cluster, and the row says `unknown`. */
async function askAccount({ run, provider }: Cloud, scope: Scope): Promise<string | undefined> {
  return untilAborted(() => provider.account(scope, run.context), run.context.signal).catch(() => undefined);
}

function recordOf(run: Run, scope: Scope, account: string | undefined): ScopeRecord {
  const key = JSON.stringify([scope.provider, account ?? { source: scope.source }, scope.location]);
  const record = run.scopes.get(key) ?? {
    provider: scope.provider,
    location: scope.location,
    ...(account !== undefined && { account }),
    listing: { state: 'unlisted' },
    turn: Promise.resolve(),
    clusters: new Set(),
    undescribed: new Set(),
    unfinishedProbes: 0,
    unreadPaths: new Set(),
    issues: [],
  };
  run.scopes.set(key, record);
  return record;
}

async function list(cloud: Cloud, scope: Scope, record: ScopeRecord): Promise<void> {
  const { run, provider } = cloud;
  const issues: ScanIssue[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const item of eachUntilAborted(() => provider.clusters(scope, run.context), run.context.signal)) {
      if ('code' in item) issues.push(item);
      else take(cloud, scope, record, item);
    }
    record.listing = { state: 'listed' };
    record.issues = issues;
  } catch (error) {
    if (!isInterruption(error, run.context.signal)) failure = { error };
    record.issues.push(...issues);
  }
  const account = record.account ?? (await askAccount(cloud, scope));
  if (account !== undefined) record.account = account;
  if (failure !== undefined) noteFailure(record, failure.error);
}

function noteFailure(record: ScopeRecord, error: unknown): void {
  const { provider, account, location } = record;
  const issue = issueOf(error, { provider, ...(account !== undefined && { account }), location });
  record.issues.push(issue);
  record.listing = { state: 'failed', reason: issue.message };
}

/** A cluster that was met before is news only when it could not be described then. */
function take(cloud: Cloud, scope: Scope, record: ScopeRecord, cluster: Cluster): void {
  const { run } = cloud;
  const account = record.account ?? cluster.account;
  if (account !== undefined) record.account = account;
  record.clusters.add(cluster.id);
  const known = run.clusters.get(cluster.id);
  if (known !== undefined && (known.undescribed === undefined || cluster.undescribed !== undefined)) return;
  if (cluster.undescribed === undefined) record.undescribed.delete(cluster.id);
  else record.undescribed.add(cluster.id);
  run.clusters.set(cluster.id, cluster);
  if (known === undefined) advance(run, 'clusters');
  if (run.request.probe.enabled) run.looks.push(lookAt(contextOf(cloud, record, run.request.probe), cluster));
  if (cloud.isDeep) run.looks.push(readDeepPaths({ ...cloud, record, scope }, cluster));
}

function contextOf({ run, provider, rereads }: Cloud, record: ScopeRecord, rules: ProbeRules): LookContext {
  return {
    run,
    rules,
    record,
    settlingSeconds: provider.meta.settlingSeconds,
    reread: (cluster) => rereads(() => untilAborted(() => provider.reread(cluster, run.context), run.context.signal)),
  };
}
