import { defineCheck } from '../model/check.ts';
import type { Verdict } from '../model/check.ts';
import type { TlsPosture } from '../model/posture.ts';
import { doubt, judgePosture, remediesOfTls, unclear } from './lib/tls.ts';

/** Go, which API servers are built with, left RSA key exchange out of its defaults in 1.22 and 3DES in 1.23. */
export const weakCipher = defineCheck(
  {
    id: 'weak-cipher',
    subject: 'endpoint',
    severity: 'low',
    title: 'Weak cipher suite accepted',
    rationale:
      'Without forward secrecy, whoever gets hold of the key later can read what was recorded before. Clients of today ' +
      'choose better, so this matters for old clients and for those that an attacker in between can talk down.',
    messages: {
      accepted: 'The suite {cipher} is accepted at {address}, which has no forward secrecy or a broken cipher.',
      open: 'The suite {cipher} is accepted at {address}, which leaves out authentication or encryption.',
      outdated: 'By TLS 1.2 a client of today gets no better suite than {cipher} at {address}.',
      unclear,
    },
    remediation: remediesOfTls(
      'openssl s_client -connect {host}:{port} -tls1_2 -cipher kRSA:aNULL:eNULL:@SECLEVEL=0 </dev/null',
      'Take --tls-cipher-suites off the API server, or name only suites of ECDHE with GCM or ChaCha20 there.',
    ),
    references: [
      'https://www.rfc-editor.org/rfc/rfc9325',
      'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
    ],
    needsProbe: true,
  },
  (subject, context) => judgePosture(subject, context, judge),
);

type Message = 'accepted' | 'open' | 'outdated' | 'unclear';

function judge({ weakCipher: { accepted, cipher = '' }, versions }: TlsPosture): Verdict<Message> {
  const usual = versions.find(({ version }) => version === 'TLSv1.2')?.cipher ?? '';
  if (accepted === 'yes') {
    return /_anon_|_NULL_/.test(cipher)
      ? { status: 'fail', message: 'open', values: { cipher }, severity: 'medium' }
      : { status: 'fail', message: 'accepted', values: { cipher } };
  }
  if (usual.startsWith('TLS_RSA_')) return { status: 'fail', message: 'accepted', values: { cipher: usual } };
  if (usual.includes('_CBC_')) return { status: 'fail', message: 'outdated', values: { cipher: usual } };
  return accepted === 'no' ? { status: 'pass' } : doubt('whether weak suites are accepted was not answered');
}
