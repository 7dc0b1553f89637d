import type { ClusterSubject, Verdict } from '../../model/check.ts';
import type { OtherPath, OtherPathKind } from '../../model/endpoint.ts';
import { clause } from './wording.ts';

/**
 * The verdict of a check that is about other paths of one kind: `fail` speaks of those that are open, if at all. Nothing to judge
 * where the scan did not ask for them.
 */
export function judgePaths<Message extends string>(
  { judged }: ClusterSubject,
  kind: OtherPathKind,
  fail: (open: readonly OtherPath[]) => Verdict<Message | 'path-unknown'> | undefined,
): Verdict<Message | 'path-unknown'> {
  const paths = judged.otherPaths.filter((path) => path.kind === kind);
  if (paths.length === 0) return { status: 'not-applicable' };
  const verdict = fail(paths.filter(({ state }) => state === 'open'));
  if (verdict !== undefined) return verdict;
  const unknown = paths.filter(({ state }) => state === 'unknown');
  return unknown.length === 0 ? { status: 'pass' } : unknownPaths(unknown);
}

export function unknownPaths(paths: readonly OtherPath[]): Verdict<'path-unknown'> {
  return { status: 'unknown', message: 'path-unknown', values: { paths: reasonsOf(paths) } };
}

/** Those whose other end is known to be of another account. */
export function foreignPaths({ cluster }: ClusterSubject, paths: readonly OtherPath[]): readonly OtherPath[] {
  return paths.filter(({ account }) => account !== undefined && account !== cluster.account?.toLowerCase());
}

/** Whose they are, once each. */
export function accountsOf(paths: readonly OtherPath[]): readonly string[] {
  return [...new Set(paths.flatMap(({ account }) => account ?? []))];
}

const shown = 3;

/** The reasons of the first few, to stand inside a message; all of them are with the cluster's other ways in. */
export function reasonsOf(paths: readonly OtherPath[]): string {
  const more = paths.length - shown;
  const reasons = paths.slice(0, shown).map(({ reason }) => clause(reason));
  return [...reasons, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
