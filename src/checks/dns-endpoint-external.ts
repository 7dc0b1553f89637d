import { defineCheck } from '../model/check.ts';
import type { EndpointSubject, Verdict } from '../model/check.ts';
import type { OtherPathKind } from '../model/endpoint.ts';
import { closeDnsEndpoint, updateCluster } from './lib/commands.ts';
import { conclusion, settingsOf, whyUnread } from './lib/settings.ts';
import { clause } from './lib/wording.ts';

/** Low while IAM stands in front, high once it does not stand there alone. Authorized networks do not apply to this endpoint. */
export const dnsEndpointExternal = defineCheck(
  {
    id: 'dns-endpoint-external',
    subject: 'endpoint',
    severity: 'low',
    title: 'DNS endpoint takes traffic from any network',
    rationale:
      'Authorized networks do not guard this endpoint: IAM does, and VPC Service Controls where they are set up. It is high, ' +
      'not low, where Kubernetes tokens or client certificates are admitted as well, since then a leaked service ' +
      'account token is enough, from anywhere.',
    messages: {
      'iam-only': 'Any network may use the DNS endpoint; IAM decides who gets through to the API server.',
      'beyond-iam':
        'Any network may use the DNS endpoint, and it takes Kubernetes tokens or client certificates besides IAM.',
      'iam-perhaps':
        'Any network may use the DNS endpoint; whether IAM alone decides who gets through is not known: {reason}.',
      unfronted: 'An API server answers at the DNS endpoint without IAM in front: {reason}.',
      unread: 'Whether the DNS endpoint takes external traffic could not be read: {reason}.',
      doubtful: 'External traffic is off by the settings, but they cannot be relied upon here: {reason}.',
    },
    remediation: {
      gke: {
        summary:
          'Leave authentication on this endpoint to IAM alone; turn external traffic off where nobody comes from outside.',
        commands: [
          updateCluster('gke', '--no-enable-k8s-tokens-via-dns'),
          updateCluster('gke', '--no-enable-k8s-certs-via-dns'),
          closeDnsEndpoint,
        ],
      },
    },
    references: [
      'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
      'https://cloud.google.com/sdk/gcloud/reference/container/clusters/update',
    ],
  },
  (subject) => {
    const { access, exposure, role } = subject.endpoint;
    if (role !== 'dns') return { status: 'not-applicable' };
    if (access.kind === 'unknown') {
      return { status: 'unknown', message: 'unread', values: { reason: whyUnread(subject, subject.endpoint) } };
    }
    if (access.kind === 'closed') {
      return exposure === 'private'
        ? { status: 'pass' }
        : { status: 'unknown', message: 'doubtful', values: { reason: conclusion(subject) } };
    }
    return openVerdict(subject);
  },
);

const credentialPaths: readonly OtherPathKind[] = ['gke-dns-tokens', 'gke-dns-certificates'];

/** A switch that the settings do not show is no finding of its own, but it is not "off" either. */
function openVerdict(subject: EndpointSubject): Verdict<'beyond-iam' | 'unfronted' | 'iam-perhaps' | 'iam-only'> {
  if (settingsOf(subject)?.credentialsBeyondIam === true) {
    return { status: 'fail', message: 'beyond-iam', severity: 'high' };
  }
  if (subject.endpoint.exposure === 'exposed') {
    return { status: 'fail', message: 'unfronted', severity: 'high', values: { reason: conclusion(subject) } };
  }
  const path = subject.judged.otherPaths.find(
    ({ kind, state }) => credentialPaths.includes(kind) && state === 'unknown',
  );
  return path === undefined
    ? { status: 'fail', message: 'iam-only' }
    : { status: 'fail', message: 'iam-perhaps', values: { reason: clause(path.reason) } };
}
