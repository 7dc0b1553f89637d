import { defineCheck } from '../model/check.ts';
import type { CheckContext, Verdict } from '../model/check.ts';
import type { ProbeResult, TlsFacts } from '../model/probe.ts';
import { readSettings } from './lib/commands.ts';
import { dialled, lastLook } from './lib/settings.ts';
import { at, doubt, interceptor, mayBeIntercepted, showCertificate, unclear } from './lib/tls.ts';

const day = 86_400_000;

/** The clouds renew months ahead, and kubeadm's certificates last a year. */
const leastDays = 30;

/** Read off the look itself, so that it speaks without a posture too. */
export const certificateExpiring = defineCheck(
  {
    id: 'certificate-expiring',
    subject: 'endpoint',
    severity: 'low',
    title: 'Certificate that is about to run out, or has',
    rationale:
      'When the certificate of the API server runs out, clients stop working all at once, or are told to skip ' +
      'verification. One that nobody renews in time often belongs to a cluster that nobody looks after.',
    messages: {
      expired: 'The certificate at {address} ran out on {date}.',
      soon: 'The certificate at {address} runs out on {date}; days left: {days}.',
      early: 'The certificate at {address} is not valid before {date}.',
      authority:
        'The certificate at {address} has its dates in order, but an authority that it rests on has not: no client accepts it.',
      unclear,
    },
    remediation: {
      eks: {
        summary: 'AWS renews this certificate by itself; if it did not, open a support case.',
        commands: [showCertificate, readSettings.eks],
      },
      gke: {
        summary:
          "Start a credential rotation, and complete it within the days that Google gives for it; clients need the cluster's new CA.",
        commands: [
          'gcloud container clusters update {name} --location {location} --project {account} --start-credential-rotation',
        ],
      },
      aks: {
        summary: 'Rotate the certificates. Nodes are restarted, and every kubeconfig has to be fetched again.',
        commands: ['az aks rotate-certs --subscription {account} --resource-group {resourceGroup} --name {name}'],
      },
      kubeconfig: {
        summary: 'Renew it with what made the cluster (here kubeadm), then restart the API server.',
        commands: ['kubeadm certs check-expiration', 'kubeadm certs renew apiserver'],
      },
    },
    references: [
      'https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/',
      'https://cloud.google.com/kubernetes-engine/docs/how-to/credential-rotation',
      'https://learn.microsoft.com/azure/aks/certificate-rotation',
    ],
    needsProbe: true,
  },
  (subject, context) => {
    const look = lastLook(subject);
    if (look?.tls === undefined || !isClusters(look)) return { status: 'not-applicable' };
    return at(dialled(subject), mayBeIntercepted(look, context) ? doubt(interceptor) : judge(look.tls, context));
  },
);

type Message = 'expired' | 'soon' | 'early' | 'authority' | 'unclear';

function judge({ certificate, inValidity }: TlsFacts, { now }: CheckContext): Verdict<Message> {
  const { notBefore, notAfter } = certificate;
  const left = Date.parse(notAfter) - now.getTime();
  const isEarly = Date.parse(notBefore) > now.getTime();
  const worse = { status: 'fail', severity: 'medium' } as const;
  if (Number.isNaN(left) || Number.isNaN(Date.parse(notBefore))) return doubt('its dates cannot be read');
  if (left < 0) return { ...worse, message: 'expired', values: { date: notAfter } };
  if (isEarly) return { ...worse, message: 'early', values: { date: notBefore } };
  if (!inValidity) return { ...worse, message: 'authority' };
  if (left >= leastDays * day) return { status: 'pass' };
  return { status: 'fail', message: 'soon', values: { date: notAfter, days: Math.floor(left / day) } };
}

/** Its own certificate, by its answers or by who signed it. */
function isClusters({ identity, tls }: ProbeResult): boolean {
  return identity.peer === 'this' || (tls?.chain === 'cluster-ca' && tls.nameMatches);
}
