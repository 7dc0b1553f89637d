import { defineCheck } from '../model/check.ts';
import { verify } from './lib/commands.ts';
import { conclusion, dialled } from './lib/settings.ts';

/**
 * Passed only where the wire bears the settings out. Nothing seen is nothing compared; an answer that could not be settled is
 * a doubt where the joined conclusion calls it one, and no row at all where the vantage is simply not known (behind NAT that is
 * every restricted cluster, and the report says it once).
 */
export const contradiction = defineCheck(
  {
    id: 'contradiction',
    subject: 'endpoint',
    severity: 'high',
    title: 'Settings and wire disagree',
    rationale:
      'The cloud says that this endpoint is shut to us, and the cluster answered all the same, twice. One of the two is ' +
      'wrong, and every report and policy that reads the settings alone repeats the error. Which one it is has to be ' +
      'found out before anything is changed.',
    messages: {
      closed: 'The API server answered at {address}, which the settings rule out: {reason}.',
      list: 'The API server answered at {address}, though the allow-list leaves us out: {reason}.',
      dns: 'The API server behind the DNS endpoint answered, though external traffic is off: {reason}.',
      unsettled: 'Whether settings and wire agree could not be settled: {reason}.',
    },
    remediation: verify(
      'Change nothing yet. Read the settings again, ask the endpoint again from a network that is not admitted, and find ' +
        'our requests in the audit log.',
    ),
    references: [
      'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      'https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks',
      'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    ],
    needsProbe: true,
  },
  (subject) => {
    const { access, confirmed, exposure, role } = subject.endpoint;
    const values = { reason: conclusion(subject) };
    if (exposure === 'contradiction') {
      if (role === 'dns') return { status: 'fail', message: 'dns', values };
      const message = access.kind === 'closed' ? 'closed' : 'list';
      return { status: 'fail', message, values: { ...values, address: dialled(subject) } };
    }
    if (role === 'private') return { status: 'not-applicable' };
    if (confirmed) return { status: 'pass' };
    const wasProbed = subject.probe !== undefined && subject.probe.result.outcome !== 'not-probed';
    return exposure === 'unknown' && wasProbed
      ? { status: 'unknown', message: 'unsettled', values }
      : { status: 'not-applicable' };
  },
);
