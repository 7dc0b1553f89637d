import { defineCheck } from '../model/check.ts';
import type { CheckContext, EndpointSubject, Remediation, Verdict } from '../model/check.ts';
import type { Trust } from '../model/endpoint.ts';
import type { ProbeResult, TlsFacts } from '../model/probe.ts';
import type { ByProvider } from './lib/commands.ts';
import { doubt, keepsUsOut } from './lib/ladder.ts';
import { dialled, lastLook, settingsOf } from './lib/settings.ts';
import { clause } from './lib/wording.ts';

const summary =
  'Find out who answers: a stale name, a proxy in the path that opens TLS, or someone else. Compare both certificates.';
const fingerprint = 'openssl x509 -noout -subject -issuer -dates -fingerprint -sha256';
const seen = `openssl s_client -connect {host}:443 </dev/null | ${fingerprint}`;
const seenOnPort = `openssl s_client -connect {host}:{port} </dev/null | ${fingerprint}`;
const decoded = `base64 --decode | ${fingerprint}`;

const remediation: ByProvider<Remediation> = {
  eks: {
    summary,
    commands: [
      seen,
      'aws eks describe-cluster --region {location} --name {name} ' +
        `--query cluster.certificateAuthority.data --output text | ${decoded}`,
    ],
  },
  gke: {
    summary,
    commands: [
      seen,
      'gcloud container clusters describe {name} --location {location} --project {account} ' +
        `--format 'value(masterAuth.clusterCaCertificate)' | ${decoded}`,
    ],
  },
  aks: {
    summary: `${summary} Azure gives the cluster's CA with a kubeconfig only.`,
    commands: [
      seen,
      'az aks get-credentials --subscription {account} --resource-group {resourceGroup} --name {name} --file - ' +
        `| sed -n 's/.*certificate-authority-data: //p' | ${decoded}`,
    ],
  },
  kubeconfig: {
    summary: `${summary} Where the cluster was built anew, fetch its kubeconfig again.`,
    commands: [
      seenOnPort,
      'kubectl config view --raw --flatten --minify --context {name} ' +
        `| sed -n 's/.*certificate-authority-data: //p' | ${decoded}`,
    ],
  },
};

/** Private trust is normal here: an API server's certificate is never expected to be publicly trusted, but to be its own. */
export const foreignCertificate = defineCheck(
  {
    id: 'foreign-certificate',
    subject: 'endpoint',
    severity: 'medium',
    title: "Certificate that is not this cluster's",
    rationale:
      'Whoever answers under the name of the API server without its certificate is a stranger to it. Clients that skip ' +
      'verification hand their tokens to that stranger; the others cannot work. Nothing was sent to it.',
    messages: {
      issuer: 'The certificate that {address} shows was not issued for this cluster; its issuer is {issuer}.',
      name: 'The certificate that {address} shows is not valid for {host}.',
      dates: 'The certificate that {address} shows is outside its validity, {notBefore} to {notAfter}.',
      authority: 'An authority that the certificate at {address} rests on is outside its validity.',
      other: 'What answers at {address} does not prove to be this cluster: {detail}.',
      intercepted:
        'Something on our path answers TLS in place of several clusters, so whose certificate is behind {address} could not be told.',
      unclear: 'Whose certificate is shown here could not be told: {detail}.',
    },
    remediation,
    references: [
      'https://kubernetes.io/docs/setup/best-practices/certificates/',
      'https://kubernetes.io/docs/tasks/administer-cluster/access-cluster-api/',
    ],
    needsProbe: true,
  },
  (subject, context) => {
    const look = lastLook(subject);
    if (look === undefined || look.outcome === 'not-probed') return { status: 'not-applicable' };
    if (context.intercepted && mayBeInterceptors(look)) {
      return { status: 'unknown', message: 'intercepted', values: { address: dialled(subject) } };
    }
    if (look.outcome === 'not-this-cluster') return failure(subject, look, context);
    // The front door of a DNS endpoint answers for every cluster, so its certificate is nobody's in particular.
    if (look.outcome === 'iam-fronted') return { status: 'not-applicable' };
    if (look.identity.peer === 'this') return { status: 'pass', ...(look.tls?.chain === 'none' && unverified) };
    return keepsUsOut(subject) ? { status: 'not-applicable' } : doubt(subject);
  },
);

/** What proves an AKS cluster are its name and its answers, as Azure gives no CA: not wrong, and not verified either. */
const unverified = { evidence: { verified: false } };

/** A leaf that no CA of the cluster vouches for may be the interceptor's, also where AKS gives no CA to compare it with. */
function mayBeInterceptors({ outcome, identity, tls }: ProbeResult): boolean {
  return outcome === 'not-this-cluster' || (identity.peer === 'this' && tls?.chain === 'none');
}

function failure(
  subject: EndpointSubject,
  { tls, detail }: ProbeResult,
  { now }: CheckContext,
): Verdict<'issuer' | 'name' | 'dates' | 'authority' | 'other'> {
  const address = dialled(subject);
  if (tls === undefined) {
    return { status: 'fail', message: 'other', values: { address, detail: clause(detail) } };
  }
  const { issuer, names, notAfter, notBefore, subject: holder, fingerprint: sha256 } = tls.certificate;
  const fact = { status: 'fail', evidence: { subject: holder, issuer, names, notBefore, notAfter, sha256 } } as const;
  const { trust, serverName } = settingsOf(subject) ?? {};
  if (!expectedChains[trust?.kind ?? 'none'].includes(tls.chain))
    return { ...fact, message: 'issuer', values: { address, issuer } };
  if (!tls.nameMatches) {
    const host = serverName ?? subject.endpoint.host ?? 'this endpoint';
    return { ...fact, message: 'name', values: { address, host } };
  }
  if (tls.inValidity) return { ...fact, message: 'other', values: { address, detail: clause(detail) } };
  const isWithin = Date.parse(notBefore) <= now.getTime() && now.getTime() <= Date.parse(notAfter);
  return isWithin
    ? { ...fact, message: 'authority', values: { address } }
    : { ...fact, message: 'dates', values: { address, notBefore, notAfter } };
}

/** Where the chain of this cluster may end: AKS gives no CA, and then no known root may vouch for it. */
const expectedChains: Readonly<Record<Trust['kind'], readonly TlsFacts['chain'][]>> = {
  'cluster-ca': ['cluster-ca'],
  'public-roots': ['public-root'],
  'system-roots': ['public-root', 'local-root'],
  none: ['none'],
  // Any, as the kubeconfig asks for none: `tls-verification-skipped` is about that.
  unverified: ['cluster-ca', 'public-root', 'local-root', 'none'],
};
