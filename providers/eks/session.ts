import type { Agent } from 'node:https';
import { EKSClient, type Capability, type Cluster as EksCluster, type EKSClientConfig } from '@aws-sdk/client-eks';
import { createLimit } from '../../src/lib/limit.ts';
import { ProviderError } from '../../src/model/errors.ts';
import type { CallContext } from '../../src/model/provider.ts';
import { tool } from '../../src/model/tool.ts';
import { attempt, type Timing } from './attempt.ts';
import { rememberAccounts, type AccountMemory } from './accounts.ts';
import { askAccount, describeCluster, listNames, listRegions, type NamesPage } from './calls.ts';
import { readCapabilities } from './capabilities.ts';
import { promisesCredentials } from './credentials.ts';
import { meta } from './meta.ts';
import { proxyAgent } from './proxy.ts';
import { createRetries } from './retry.ts';

/** One set of credentials: a named profile, or what the default chain finds. Its calls throw `ProviderError`. */
export interface Session extends AccountMemory {
  /** What the environment or the profile names, where it does. */
  readonly configuredRegion?: string;
  /** Whether credentials are there: false where there is no sign of any; raises `unauthenticated` where they are of no use. */
  signIn(context: CallContext): Promise<boolean>;
  regions(context: CallContext): Promise<readonly string[]>;
  names(region: string, token: string | undefined, context: CallContext): Promise<NamesPage>;
  describe(region: string, name: string, context: CallContext): Promise<EksCluster>;
  /** Of one cluster, those that may have an address. */
  capabilities(region: string, cluster: string, context: CallContext): Promise<readonly Capability[]>;
}

/** Clusters of one account and region whose capabilities are read at once, beside the describes that go on. */
const capabilitiesAtOnce = 3;

/** Any region of the commercial partition would do where none is configured. */
const fallbackRegion = 'us-east-1';

export async function openSession(
  profile: string | undefined,
  env: NodeJS.ProcessEnv,
  timing: Timing,
): Promise<Session> {
  const config = clientConfig(profile, await proxyAgent(env), timing);
  const configuredRegion = await readRegion(config, env);
  const home = configuredRegion ?? fallbackRegion;
  // Signing in once for all regions: on its own, each client would ask the single sign-on or assume the role again.
  const { credentials } = new EKSClient({ ...config, region: home }).config;
  const inRegion = (region: string) => ({
    ...config,
    credentials,
    region,
    retryStrategy: createRetries(timing.retryDelay),
  });
  const clientOf = remember((region) => new EKSClient(inRegion(region)));
  const limitOf = remember(() => createLimit(capabilitiesAtOnce));
  return {
    ...(configuredRegion !== undefined && { configuredRegion }),
    signIn: (context) => signIn(credentials, profile, env, timing, context),
    regions: (context) => listRegions(inRegion(home), timing, context),
    names: (region, token, context) => listNames(clientOf(region), token, timing, context),
    describe: (region, name, context) => describeCluster(clientOf(region), name, timing, context),
    capabilities: (region, cluster, context) =>
      limitOf(region)(() => readCapabilities({ client: clientOf(region), cluster }, timing, context)),
    ...rememberAccounts((region, context) => askAccount(inRegion(region), timing, context)),
  };
}

function clientConfig(profile: string | undefined, httpsAgent: Agent | undefined, timing: Timing) {
  const requestHandler = {
    requestTimeout: timing.attempt,
    throwOnRequestTimeout: true,
    ...(httpsAgent && { httpsAgent }),
  };
  return {
    ...(profile !== undefined && { profile }),
    customUserAgent: `${tool.name}/${tool.version}`,
    requestHandler,
    // The credential chain hands this on to single sign-on, which has neither a proxy nor an end of its own.
    clientConfig: { requestHandler },
  };
}

/** `AWS_DEFAULT_REGION` is what the AWS command line reads; the SDK for JavaScript knows `AWS_REGION` alone. */
async function readRegion(config: EKSClientConfig, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const region = await new EKSClient(config).config.region().catch(() => env['AWS_DEFAULT_REGION']);
  return region === '' ? undefined : region;
}

async function signIn(
  credentials: EKSClient['config']['credentials'],
  profile: string | undefined,
  env: NodeJS.ProcessEnv,
  timing: Timing,
  context: CallContext,
): Promise<boolean> {
  const doing = profile === undefined ? 'signing in to AWS' : `signing in to AWS with profile ${profile}`;
  try {
    await attempt(doing, timing, context, () => credentials());
    return true;
  } catch (error) {
    if (isNoneFound(error) && profile === undefined && !(await promisesCredentials(env))) return false;
    throw unusable(error, doing);
  }
}

/** The chain has one error class for nothing found and for found and broken; only the text of its last link tells them apart. */
function isNoneFound(error: unknown): boolean {
  const cause = error instanceof ProviderError ? error.cause : undefined;
  return cause instanceof Error && cause.message.startsWith('Could not load credentials from any provider');
}

/** A role that may not be assumed and a sign-on that answers nonsense are credentials of no use, whatever the call said. */
function unusable(error: unknown, doing: string): unknown {
  const kept = ['timeout', 'throttled', 'unreachable', 'unauthenticated'];
  if (!(error instanceof ProviderError) || kept.includes(error.code)) return error;
  return new ProviderError('unauthenticated', `${doing}: the credentials are refused: ${meta.signIn}`, {
    cause: error,
  });
}

function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
