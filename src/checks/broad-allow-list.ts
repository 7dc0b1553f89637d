import { defineCheck } from '../model/check.ts';
import { admitOwnRanges } from './lib/commands.ts';
import { conclusion, whyUnread } from './lib/settings.ts';
import { sizeOf } from './lib/wording.ts';

const summary = 'Replace the wide ranges by the few addresses that your people and machines really come from.';

/**
 * By size alone: a source beyond the ranges makes a list broad too, and is `cloud-wide-source`, with a fix of its own.
 * The size is judged where exposure is, since the limits are settings of the scan; where exposure came out as something
 * else (a contradiction), the size was not judged.
 */
export const broadAllowList = defineCheck(
  {
    id: 'broad-allow-list',
    subject: 'endpoint',
    severity: 'medium',
    title: 'Allow-list wider than one organisation',
    rationale:
      'A list of this size holds the networks of many strangers: hosting companies, mobile operators, other tenants. ' +
      'Everyone in them stands where the list was meant to let only you stand. What counts is the union of all ' +
      'entries, so many middling ranges can add up to the same.',
    messages: {
      broad: 'The allow-list admits {size}.',
      unread: 'The allow-list could not be read: {reason}.',
      unjudged: 'The size of the allow-list was not judged: {reason}.',
    },
    remediation: {
      eks: { summary, commands: [admitOwnRanges.eks] },
      gke: { summary, commands: [admitOwnRanges.gke] },
      aks: { summary, commands: [admitOwnRanges.aks] },
    },
    references: [
      'https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html',
      'https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks',
      'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    ],
  },
  (subject) => {
    const { access, exposure, role } = subject.endpoint;
    if (role !== 'public') return { status: 'not-applicable' };
    if (access.kind === 'unknown') {
      return { status: 'unknown', message: 'unread', values: { reason: whyUnread(subject, subject.endpoint) } };
    }
    if (access.kind !== 'allow-list' || (access.admits ?? []).length > 0) return { status: 'not-applicable' };
    if (exposure === 'restricted') return { status: 'pass' };
    if (exposure !== 'broad') {
      return { status: 'unknown', message: 'unjudged', values: { reason: conclusion(subject) } };
    }
    const size = sizeOf(access.addressCount ?? { ipv4: '0', ipv6: '0' });
    return { status: 'fail', message: 'broad', values: { size }, evidence: { ranges: access.ranges ?? [] } };
  },
);
