import { defineCheck } from '../../../src/model/check.ts';
import type { Check } from '../../../src/model/check.ts';
import type { ProviderId, ProviderMeta } from '../../../src/model/provider.ts';

const clouds = { eks: 'aws', gke: 'gcp', aks: 'azure' } as const;

export function sampleMeta(id: ProviderId): ProviderMeta {
  return {
    id,
    title: id.toUpperCase(),
    ...(id !== 'kubeconfig' && { cloud: clouds[id] }),
    accountWord: 'account',
    locationWord: 'location',
    permissions: [],
    notSeen: [],
    signIn: 'sign in',
    calls: () => [],
    settlingSeconds: 1,
    logQuery: (cluster, auditId) => `${cluster.name} ${auditId}`,
  };
}

const texts = { title: 'Title.', rationale: 'Rationale.', references: ['https://docs.example/'] };
const remediation = { eks: { summary: 'Close it.', commands: ['tool close {name} --host {host}'] } };

/** Fails for every open endpoint, and cannot tell where the access is unknown. */
export const openDoor = defineCheck(
  {
    ...texts,
    id: 'open-door',
    subject: 'endpoint',
    severity: 'high',
    messages: { open: 'Open on {port}.', unread: 'Cannot tell: {reason}.' },
    remediation,
  },
  ({ endpoint }) => {
    const { kind, reason = 'no reason' } = endpoint.access;
    if (kind === 'open')
      return { status: 'fail', message: 'open', values: { port: endpoint.port }, evidence: { role: endpoint.role } };
    return kind === 'unknown' ? { status: 'unknown', message: 'unread', values: { reason } } : { status: 'pass' };
  },
);

/** Decided by the wire alone. */
export const answered = defineCheck(
  {
    ...texts,
    id: 'answered',
    subject: 'endpoint',
    severity: 'critical',
    messages: { yes: 'It answered.' },
    remediation,
    needsProbe: true,
  },
  ({ probe }) => (probe?.result.identity.peer === 'this' ? { status: 'fail', message: 'yes' } : { status: 'pass' }),
);

/** About the cluster, milder where the log is on. */
export const unlogged = defineCheck(
  {
    ...texts,
    id: 'unlogged',
    subject: 'cluster',
    severity: 'medium',
    messages: { log: 'The log is {state}.' },
    remediation: { ...remediation, gke: { summary: 'Log it.', commands: [] } },
  },
  ({ cluster }) => ({
    status: 'fail',
    message: 'log',
    values: { state: cluster.auditLog },
    severity: cluster.auditLog === 'on' ? 'info' : 'medium',
  }),
);

export const sampleChecks: readonly Check[] = [unlogged, openDoor, answered];
