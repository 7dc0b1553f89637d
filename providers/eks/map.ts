import type { Cluster as EksCluster } from '@aws-sdk/client-eks';
import { cut } from '../../src/lib/text.ts';
import type { Cluster, ClusterState } from '../../src/model/cluster.ts';
import type { Access, Endpoint } from '../../src/model/endpoint.ts';
import type { ScanIssue } from '../../src/model/issue.ts';
import { accessOfRanges } from '../lib/access.ts';
import { trustOfCa } from '../lib/ca.ts';
import { parseHost, type HostAndPort } from '../lib/host.ts';
import { text } from './field.ts';

/** What of a cluster is known before it is described. */
export interface Place {
  readonly account: string;
  /** Region. */
  readonly location: string;
  readonly name: string;
}

const states = new Map<unknown, ClusterState>([
  ['ACTIVE', 'running'],
  ['CREATING', 'creating'],
  ['PENDING', 'creating'],
  ['UPDATING', 'updating'],
  ['DELETING', 'deleting'],
  ['FAILED', 'failed'],
]);

const privateNote =
  "it is reached from the cluster's network and from networks connected to it; its security groups, which are not read, guard this endpoint alone";
const outpostNote =
  'a local cluster on Outposts has no endpoint on the internet: its name resolves to private addresses';

/** Maps what `DescribeCluster` answered. Fields are picked one by one: some, such as an activation code, must not be kept. */
export function mapCluster(reply: EksCluster, place: Place): { cluster: Cluster; issues: readonly ScanIssue[] } {
  const external = isGiven(reply.connectorConfig);
  const version = text(reply.version, 32);
  const endpoint = text(reply.endpoint, 512);
  const at = endpoint === undefined ? undefined : parseHost(endpoint);
  const cluster: Cluster = {
    ...identityOf(place),
    ...(version !== undefined && { version }),
    auditLog: auditLogOf(reply),
    state: external ? 'external' : (states.get(reply.status) ?? 'unknown'),
    endpoints: external ? [] : endpointsOf(reply, at),
    otherPaths: [],
    anonymous: anonymousOf(version),
    aliases: aliasesOf(reply, external),
  };
  return { cluster, issues: endpoint === undefined || at || external ? [] : [badHost(cluster, endpoint)] };
}

/** The row of a cluster that is listed and could not be described: it is there, and nothing of it is known. */
export function undescribedCluster(place: Place, reason: string): Cluster {
  return {
    ...identityOf(place),
    auditLog: 'unknown',
    state: 'unknown',
    undescribed: reason,
    endpoints: [
      {
        role: 'public',
        port: 443,
        access: { kind: 'unknown', ranges: [], reason: 'the cluster could not be described' },
        trust: { kind: 'none', reason: 'the cluster could not be described' },
      },
    ],
    otherPaths: [],
    anonymous: { documented: 'unknown', reason: 'the cluster could not be described' },
  };
}

/** The account in `arn:aws:eks:<region>:<account>:cluster/<name>`, in any partition. */
export function accountOfArn(arn: unknown): string | undefined {
  const account = text(arn, 512)?.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function identityOf({ account, location, name }: Place): Pick<Cluster, 'id' | 'provider' | keyof Place> {
  return { id: `eks:${account}/${location}/${name}`, provider: 'eks', account, location, name };
}

/** Whether there is such a block with something in it: on an empty one no cluster is taken for closed, or for one that runs elsewhere. */
function isGiven(block: object | undefined): boolean {
  return block !== undefined && Object.keys(block).length > 0;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Absent and empty are not the same: the API promises no block, and a block that enables nothing is a log that is off. */
function auditLogOf({ logging }: EksCluster): Cluster['auditLog'] {
  if (!Array.isArray(logging?.clusterLogging)) return 'unknown';
  const on = logging.clusterLogging.some((entry) => entry?.enabled === true && list(entry.types).includes('audit'));
  return on ? 'on' : 'off';
}

function endpointsOf(reply: EksCluster, at: HostAndPort | undefined): Endpoint[] {
  const where = { ...(at && { host: at.host }), port: at?.port ?? 443 };
  const trust = trustOfCa(text(reply.certificateAuthority?.data, 1 << 17));
  const publicEndpoint: Endpoint = { role: 'public', ...where, access: publicAccessOf(reply), trust };
  const isPrivate = isGiven(reply.outpostConfig) || reply.resourcesVpcConfig?.endpointPrivateAccess === true;
  const privateEndpoint: Endpoint = {
    role: 'private',
    ...where,
    access: { kind: 'closed', reason: 'it is not reached from the internet' },
    trust,
    notes: [privateNote],
  };
  return isPrivate ? [publicEndpoint, privateEndpoint] : [publicEndpoint];
}

/**
 * The list counts only while public access is on, and an empty one admits everyone. `controlPlaneEgressMode` and security
 * groups have no say: they are about other directions and other endpoints. Source: EKS user guide, cluster endpoint.
 */
function publicAccessOf({ outpostConfig, resourcesVpcConfig }: EksCluster): Access {
  if (isGiven(outpostConfig)) return { kind: 'closed', reason: outpostNote };
  const entries = resourcesVpcConfig?.publicAccessCidrs;
  const ranges = list(entries).map((entry) => cut(typeof entry === 'string' ? entry : JSON.stringify(entry), 64));
  if (resourcesVpcConfig?.endpointPublicAccess === false) return { kind: 'closed', reason: 'public access is off' };
  if (resourcesVpcConfig?.endpointPublicAccess !== true) {
    return { kind: 'unknown', ranges, reason: 'the settings do not say whether public access is on' };
  }
  if (entries !== undefined && !Array.isArray(entries)) {
    return { kind: 'unknown', ranges, reason: 'the list of ranges cannot be read' };
  }
  if (ranges.length === 0) return { kind: 'open', ranges, reason: 'public access is on without a list of ranges' };
  return accessOfRanges(ranges);
}

/** Source: EKS user guide, notes on Kubernetes 1.32: anonymous requests get health paths alone; before, upstream's default. */
function anonymousOf(version: string | undefined): Cluster['anonymous'] {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})$/.exec(version ?? '') ?? [];
  if (major === undefined || minor === undefined) {
    return { documented: 'unknown', reason: 'the Kubernetes version is not known' };
  }
  return Number(major) * 1000 + Number(minor) >= 1032
    ? { documented: 'health-only', reason: 'EKS limits anonymous requests to health paths from Kubernetes 1.32 on' }
    : {
        documented: 'public-info',
        reason: 'before Kubernetes 1.32, EKS lets anonymous requests read health and the version',
      };
}

/** A registered cluster can say in its tags what it is called where it runs; other tags may hold anything and stay out. */
function aliasesOf({ arn, tags }: EksCluster, external: boolean): string[] {
  const values: unknown[] = external && typeof tags === 'object' ? Object.values(tags) : [];
  const names = values.filter((value) => typeof value === 'string' && isResourceName(value));
  return [arn, ...names].flatMap((name) => text(name, 512) ?? []);
}

/** An ARN, a self link, a Google resource name, an Azure resource id, or a host. */
function isResourceName(value: string): boolean {
  const starts = ['arn:', 'https://', '//container.googleapis.com/', 'projects/', '/subscriptions/'];
  const lower = value.toLowerCase();
  return starts.some((start) => lower.startsWith(start)) || (value.includes('.') && parseHost(value) !== undefined);
}

function badHost({ id, account = '', location = '' }: Cluster, endpoint: string): ScanIssue {
  const message = `the endpoint that EKS gives is neither a host name nor an address: ${cut(endpoint, 64)}`;
  return { code: 'malformed', message, provider: 'eks', account, location, clusterId: id };
}
