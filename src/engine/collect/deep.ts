import { isInterruption, untilAborted } from './interruption.ts';
import { issueOf, placeOf } from './issues.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { DeepPath, Scope } from '../../model/provider.ts';
import type { OtherPath } from '../../model/endpoint.ts';
import type { ScopeRecord } from './coverage.ts';
import type { Cloud } from './run.ts';

/** What reading the clusters of one scope deeply needs. */
interface DeepContext extends Cloud {
  readonly record: ScopeRecord;
  readonly scope: Scope;
}

/**
 * Reads the other paths of a cluster that cost calls of their own, while it is being probed. Never rejects: what cannot be
 * read is `unknown`, an issue, and a gap of its scope. Of a cluster that could not be described its row already says so.
 */
export async function readDeepPaths(context: DeepContext, cluster: Cluster): Promise<void> {
  const { run, provider, record, scope } = context;
  if (cluster.undescribed !== undefined || cluster.state === 'external') return;
  try {
    const readings = provider.deepPaths?.(cluster, scope) ?? [];
    const paths = await Promise.all(readings.map((reading) => readPaths(context, cluster, reading)));
    run.deepPaths.set(cluster.id, paths.flat());
  } catch (error) {
    record.unreadPaths.add(cluster.id);
    run.issues.push(issueOf(error, placeOf(cluster)));
  }
}

async function readPaths(context: DeepContext, cluster: Cluster, reading: DeepPath): Promise<readonly OtherPath[]> {
  const { run, record } = context;
  const { signal } = run.context;
  try {
    return await untilAborted(() => reading.read(run.context), signal);
  } catch (error) {
    record.unreadPaths.add(cluster.id);
    if (isInterruption(error, signal)) return [unread(reading, 'the scan was ended before it was read')];
    const issue = issueOf(error, placeOf(cluster));
    run.issues.push(issue);
    return [unread(reading, issue.message)];
  }
}

function unread({ kind }: DeepPath, reason: string): OtherPath {
  return { kind, state: 'unknown', reason };
}
