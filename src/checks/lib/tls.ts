import type { CheckContext, EndpointSubject, Remediation, Verdict } from '../../model/check.ts';
import type { TlsPosture } from '../../model/posture.ts';
import type { ProbeResult } from '../../model/probe.ts';
import { readSettings, type ByProvider } from './commands.ts';
import { dialled } from './settings.ts';
import { clause } from './wording.ts';

/** The message of every check that looks at TLS, for what was left open. */
export const unclear = 'How TLS is done at {address} could not be told: {detail}.';

/** What it is made of, and until when. */
export const showCertificate =
  'openssl s_client -connect {host}:{port} </dev/null | openssl x509 -noout -subject -issuer -dates -text';

/** How an API server of kubeadm's making was told to do TLS; run on the machine itself. */
const showTlsFlags = "grep -E -e '--tls-' /etc/kubernetes/manifests/kube-apiserver.yaml";

/** The clouds run their servers: what is left to do there is to see it again, and to find what stands in between. */
export function remediesOfTls(see: string, own: string): ByProvider<Remediation> {
  const ofCloud = (cloud: keyof typeof readSettings, runner: string): Remediation => ({
    summary: `${runner} runs the API server and has no setting for it: look for a proxy or balancer of your own in front, else ask ${runner}.`,
    commands: [see, readSettings[cloud]],
  });
  return {
    eks: ofCloud('eks', 'AWS'),
    gke: ofCloud('gke', 'Google'),
    aks: ofCloud('aks', 'Azure'),
    kubeconfig: { summary: own, commands: [see, showTlsFlags] },
  };
}

export function doubt(detail: string): Verdict<'unclear'> {
  return { status: 'unknown', message: 'unclear', values: { detail: clause(detail) } };
}

/** A leaf that no CA of the cluster's own vouches for may be that of whatever opens TLS on our path. */
export function mayBeIntercepted({ tls }: ProbeResult, { intercepted }: Pick<CheckContext, 'intercepted'>): boolean {
  return intercepted && tls?.chain !== 'cluster-ca';
}

export const interceptor = 'something on our path answers TLS in place of several clusters';

/** A verdict with the address that it is about, for its message: an endpoint may have several. */
export function at<Message extends string>(address: string, verdict: Verdict<Message>): Verdict<Message> {
  return 'message' in verdict ? { ...verdict, values: { address, ...verdict.values } } : verdict;
}

/** Judges how this cluster does TLS. It was not looked at where another peer answered, or where that is turned off. */
export function judgePosture<Message extends string>(
  subject: EndpointSubject,
  context: CheckContext,
  judge: (posture: TlsPosture) => Verdict<Message | 'unclear'>,
): Verdict<Message | 'unclear'> {
  const look = subject.probe?.result;
  if (look?.posture === undefined) return { status: 'not-applicable' };
  return at(dialled(subject, look), mayBeIntercepted(look, context) ? doubt(interceptor) : judge(look.posture));
}
