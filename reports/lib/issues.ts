import { plural } from '../../src/lib/text.ts';
import type { Report } from '../../src/model/report.ts';

type Issue = Report['issues'][number];

/** One thing that went wrong, in one place or in many. */
export interface IssueGroup extends Pick<Issue, 'code' | 'message'> {
  /** `12 clusters`, `3 scopes`; the place itself where it is one, and nothing for an issue that has none. */
  readonly where: string;
  /** One for each issue: the id of the cluster, or cloud, account and location. */
  readonly places: readonly string[];
}

/**
 * A permission that is missing everywhere gives an issue for each cluster. A reader needs it once, with the names of all that it
 * is about; the JSON report keeps the issues one by one.
 */
export function groupIssues(issues: readonly Issue[]): readonly IssueGroup[] {
  const same = Map.groupBy(issues, ({ code, message, provider, clusterId }) =>
    JSON.stringify([code, message, provider ?? '', clusterId !== undefined]),
  );
  return [...same.values()].map(toGroup);
}

function toGroup(issues: readonly Issue[]): IssueGroup {
  const [{ code, message, clusterId }] = issues as readonly [Issue, ...Issue[]];
  const places = issues.map(placeOf);
  const many = plural(places.length, clusterId === undefined ? 'scope' : 'cluster');
  return { code, message, where: places.length === 1 ? (places[0] ?? '') : many, places };
}

function placeOf({ provider, account, location, clusterId }: Issue): string {
  return clusterId ?? [provider, account, location].filter((part) => part !== undefined).join(' ');
}
