import type { EksAccount, EksOptions, LazyClusters, Operation } from '../eks.ts';
import type { Reply, SeenRequest } from '../server.ts';
import { answerCapabilities } from './capability.ts';
import type { WireCluster } from './cluster.ts';

/** An error of the API: HTTP status, and the type and message that the SDK reads. */
export interface Failure {
  readonly status: number;
  readonly type: string;
  readonly message?: string;
}

/** Whom and where a request is from, out of its signature: `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
}

type Answers = Record<Operation, (request: SeenRequest, caller: Caller, options: EksOptions) => Reply>;

const answers: Answers = {
  ListClusters: listClusters,
  DescribeCluster: describeCluster,
  ListCapabilities: capabilities,
  DescribeCapability: capabilities,
  ListRegions: listRegions,
  GetCallerIdentity: callerIdentity,
  unknown: () => fail({ status: 404, type: 'UnknownOperationException' }),
};

/** Answers an operation as the service would. */
export function answer(operation: Operation, request: SeenRequest, options: EksOptions): Reply {
  const caller = callerOf(request);
  if (!caller) return fail({ status: 403, type: 'MissingAuthenticationTokenException' });
  return answers[operation](request, caller, options);
}

function callerOf({ headers }: SeenRequest): Caller | undefined {
  const [, scope] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? [];
  const [accessKeyId, , region] = scope?.split('/') ?? [];
  return accessKeyId && region ? { accessKeyId, region } : undefined;
}

function fail({ status, type, message = 'refused' }: Failure): Reply {
  return { status, headers: { 'x-amzn-errortype': type }, body: { message } };
}

function accountOf({ accessKeyId }: Caller, { accounts }: EksOptions): EksAccount {
  const account = accounts.find((candidate) => candidate.accessKeyId === accessKeyId) ?? accounts[0];
  if (!account) throw new Error('the emulator was started without an account');
  return account;
}

function clustersOf(caller: Caller, options: EksOptions): LazyClusters {
  const clusters = accountOf(caller, options).regions[caller.region] ?? [];
  if ('names' in clusters) return clusters;
  return {
    names: clusters.map(({ name }) => name),
    describe: (name) => clusters.find((cluster) => cluster.name === name) as WireCluster,
  };
}

/** External clusters are listed only when asked for, and the token of a page is where it begins. */
function listClusters({ url }: SeenRequest, caller: Caller, options: EksOptions): Reply {
  const refusal = options.refuse?.regions?.[caller.region];
  if (refusal) return fail(refusal);
  const query = new URL(url, 'http://emulator').searchParams;
  const clusters = clustersOf(caller, options);
  const { names } = clusters;
  const all = query.get('include') === 'all';
  const start = Number(query.get('nextToken') ?? 0);
  const end = start + Math.min(Number(query.get('maxResults') ?? 100), 100);
  const page = names.slice(start, end);
  return {
    body: {
      clusters: all ? page : page.filter((name) => !('connectorConfig' in clusters.describe(name))),
      ...(end < names.length && { nextToken: String(end) }),
    },
  };
}

function describeCluster({ url }: SeenRequest, caller: Caller, options: EksOptions): Reply {
  const name = decodeURIComponent(new URL(url, 'http://emulator').pathname.slice('/clusters/'.length));
  const refusal = options.refuse?.regions?.[caller.region] ?? options.refuse?.describes?.[name];
  if (refusal) return fail(refusal);
  const clusters = clustersOf(caller, options);
  if (!clusters.names.includes(name)) return fail({ status: 404, type: 'ResourceNotFoundException' });
  return { body: { cluster: clusters.describe(name) } };
}

function capabilities(request: SeenRequest, caller: Caller, options: EksOptions): Reply {
  return answerCapabilities(request, accountOf(caller, options), options, fail);
}

/** Pages of at most 50, and a region that is not enabled, which must not be asked for. */
function listRegions({ body }: SeenRequest, caller: Caller, options: EksOptions): Reply {
  if (options.refuse?.listRegions) return fail(options.refuse.listRegions);
  const asked = JSON.parse(body) as { MaxResults?: number; NextToken?: string; RegionOptStatusContains?: string[] };
  const enabled = Object.keys(accountOf(caller, options).regions).map((name) => optStatus(name, 'ENABLED_BY_DEFAULT'));
  const regions = [...enabled, optStatus('me-south-1', 'DISABLED')].filter(
    ({ RegionOptStatus }) => asked.RegionOptStatusContains?.includes(RegionOptStatus) ?? true,
  );
  const start = Number(asked.NextToken ?? 0);
  const end = start + Math.min(asked.MaxResults ?? 20, 50);
  return { body: { Regions: regions.slice(start, end), ...(end < regions.length && { NextToken: String(end) }) } };
}

function optStatus(RegionName: string, RegionOptStatus: string): { RegionName: string; RegionOptStatus: string } {
  return { RegionName, RegionOptStatus };
}

function callerIdentity(_: SeenRequest, caller: Caller, options: EksOptions): Reply {
  const refusal = options.refuse?.identity;
  const xml = { 'content-type': 'text/xml' };
  const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
  if (refusal) {
    const error = `<Error><Type>Sender</Type><Code>${refusal.type}</Code><Message>refused</Message></Error>`;
    return { status: refusal.status, headers: xml, body: `<ErrorResponse ${namespace}>${error}</ErrorResponse>` };
  }
  const { id } = accountOf(caller, options);
  const result = `<Arn>arn:aws:iam::${id}:user/example</Arn><UserId>EXAMPLE</UserId><Account>${id}</Account>`;
  return {
    headers: xml,
    body: `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}
