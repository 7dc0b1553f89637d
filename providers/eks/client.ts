import { cut } from '../../src/lib/text.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import { ProviderError } from '../../src/model/errors.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import type { CallContext, Provider, ScanTarget, Scope } from '../../src/model/provider.ts';
import { notePages } from '../lib/pages.ts';
import { argoCdPaths } from './argocd.ts';
import { defaultTiming, stopped, type Timing } from './attempt.ts';
import { toProviderError } from './errors.ts';
import type { NamesPage } from './calls.ts';
import { accountOfArn, mapCluster, undescribedCluster, type Place } from './map.ts';
import { meta } from './meta.ts';
import { openSession, type Session } from './session.ts';

/**
 * Describes in flight for one account and region: AWS publishes no rate, and users' own tools draw from the same one. They
 * start together: the SDK's long chain of small steps then runs for all ten at once, at two thirds of the time that it takes
 * for one call after the other.
 */
const inFlight = 10;

/** `timing` is there for tests alone. */
export function createEks(env: NodeJS.ProcessEnv, timing: Timing = defaultTiming): Provider {
  const sessions = new Map<string | undefined, Promise<Session>>();
  const sessionOf = (profile: string | undefined): Promise<Session> => {
    const session = sessions.get(profile) ?? openSession(profile, env, timing);
    sessions.set(profile, session);
    return session;
  };
  return {
    meta,
    available: async (context) => (await sessionOf(undefined)).signIn(context),
    async *scopes(target, context) {
      const profiles = target.accounts.length > 0 ? target.accounts : [undefined];
      for (const profile of profiles) yield* scopesOf(await sessionOf(profile), profile, target, context);
    },
    async *clusters(scope, context) {
      yield* clustersOf(await sessionOf(scope.source), scope.location, context);
    },
    account: async (scope, context) => (await sessionOf(scope.source)).account(scope.location, context),
    reread: async ({ account = '', location = '', name }, context) => {
      const opened = await Promise.all(sessions.values());
      // Never with other credentials: another account may have a cluster of the same name.
      const session = opened.find((known) => known.isOf(account));
      if (!session) throw new ProviderError('unauthenticated', `no credentials of account ${account} were used`);
      return mapCluster(await session.describe(location, name, context), { account, location, name }).cluster;
    },
    deepPaths: ({ location = '', name }, { source }) => [
      {
        kind: 'eks-argocd',
        read: async (context) => argoCdPaths(await (await sessionOf(source)).capabilities(location, name, context)),
      },
    ],
  };
}

async function* scopesOf(
  session: Session,
  profile: string | undefined,
  target: ScanTarget,
  context: CallContext,
): AsyncIterable<Scope | ScanIssue> {
  try {
    if (!(await session.signIn(context))) {
      throw new ProviderError('unauthenticated', `no AWS credentials: ${meta.signIn}`);
    }
  } catch (error) {
    yield unlisted(failureOf(error, context));
    return;
  }
  for await (const item of target.locations.length > 0 ? target.locations : regionsOf(session, context)) {
    yield typeof item === 'string'
      ? { provider: 'eks', location: item, ...(profile !== undefined && { source: profile }) }
      : item;
  }
}

/** The enabled regions; where they cannot be listed, an issue for them and the configured region alone. */
async function* regionsOf(session: Session, context: CallContext): AsyncIterable<string | ScanIssue> {
  try {
    yield* await session.regions(context);
  } catch (error) {
    const failure = failureOf(error, context);
    const { configuredRegion } = session;
    // Where credentials are of no use, one region says it as well as all of them.
    const region = failure.code === 'unauthenticated' ? undefined : configuredRegion;
    const rest = region === undefined ? 'no region is scanned' : `only the configured region, ${region}, is scanned`;
    yield unlisted(failure, `; ${rest}: name regions with --aws-region`);
    if (region !== undefined) yield region;
  }
}

/** Raises it where it only says that the run is over. */
function failureOf(error: unknown, context: CallContext): ProviderError {
  const failure = toProviderError(error, 'account:ListRegions');
  if (context.signal.aborted) throw failure;
  return failure;
}

/** Stands for the regions that nobody listed: a failed row of the report. */
function unlisted({ code, message }: ProviderError, advice = ''): ScanIssue {
  return { code, message: `${message}${advice}`, provider: 'eks', location: '*' };
}

/** Describes one page while the next one is on its way. */
async function* clustersOf(session: Session, region: string, context: CallContext): AsyncIterable<Cluster | ScanIssue> {
  const notePage = notePages('eks:ListClusters');
  const pageAt = async (token: string): Promise<NamesPage> => {
    notePage(token);
    return session.names(region, token, context);
  };
  let page = await session.names(region, undefined, context);
  for (;;) {
    const next = page.nextToken === undefined ? undefined : pageAt(page.nextToken);
    // It is awaited below; until then a failure must not count as unhandled.
    next?.catch(() => {});
    for (let start = 0; start < page.names.length; start += inFlight) {
      const names = page.names.slice(start, start + inFlight);
      const described = await Promise.all(names.map((name) => describeOne(session, region, name, context)));
      for (const item of described.flat()) {
        if (context.signal.aborted) throw stopped();
        yield item;
      }
    }
    if (next === undefined) return;
    page = await next;
  }
}

/** Never rejects: a cluster that cannot be described is a row of its own, and the others go on. */
async function describeOne(
  session: Session,
  region: string,
  listed: string,
  context: CallContext,
): Promise<readonly (Cluster | ScanIssue)[]> {
  const place = { location: region, name: cut(listed, 128) };
  try {
    const reply = await session.describe(region, listed, context);
    const account = accountOfArn(reply.arn) ?? (await session.account(region, context));
    session.rememberAccount(account);
    const { cluster, issues } = mapCluster(reply, { ...place, account });
    return [cluster, ...issues];
  } catch (error) {
    const account = await session.account(region, context).catch(() => 'unknown');
    return undescribed(toProviderError(error, 'eks:DescribeCluster'), {
      ...place,
      account,
    });
  }
}

function undescribed({ code, message }: ProviderError, place: Place): readonly (Cluster | ScanIssue)[] {
  const cluster = undescribedCluster(place, message);
  const { account, location } = place;
  return [cluster, { code, message, provider: 'eks', account, location, clusterId: cluster.id }];
}
