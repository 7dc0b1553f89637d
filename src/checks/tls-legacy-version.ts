import { defineCheck } from '../model/check.ts';
import { doubt, judgePosture, remediesOfTls, unclear } from './lib/tls.ts';
import { listed } from './lib/wording.ts';

const names: Readonly<Record<string, string>> = { TLSv1: 'TLS 1.0', 'TLSv1.1': 'TLS 1.1' };

/** kube-apiserver starts at TLS 1.2 unless it is told otherwise (k8s.io/apiserver, secure_serving.go). */
export const tlsLegacyVersion = defineCheck(
  {
    id: 'tls-legacy-version',
    subject: 'endpoint',
    severity: 'medium',
    title: 'TLS 1.0 or 1.1 accepted',
    rationale:
      'These versions are deprecated and rest on hashes that are broken. An API server refuses them unless somebody asked ' +
      'for them, so either its settings were weakened, or something in front of it opens TLS and sees every token.',
    messages: {
      offered: 'Connections by {versions} are accepted at {address}.',
      unclear,
    },
    remediation: remediesOfTls(
      'openssl s_client -connect {host}:{port} -min_protocol TLSv1 -max_protocol TLSv1.1 -cipher ALL:@SECLEVEL=0 </dev/null',
      'Set --tls-min-version=VersionTLS12 on the API server, or on what opens TLS in front of it.',
    ),
    references: [
      'https://www.rfc-editor.org/rfc/rfc8996',
      'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
    ],
    needsProbe: true,
  },
  (subject, context) =>
    judgePosture<'offered'>(subject, context, ({ versions }) => {
      const legacy = versions.filter(({ version }) => names[version] !== undefined);
      const offered = legacy.flatMap(({ version, offered: told }) => (told === 'yes' ? (names[version] ?? '') : []));
      if (offered.length > 0) {
        return {
          status: 'fail',
          message: 'offered',
          values: { versions: listed(offered) },
          evidence: { versions: versions.filter(({ offered: told }) => told === 'yes').map(({ version }) => version) },
        };
      }
      const open = legacy.find(({ offered: told }) => told === 'unknown');
      return open === undefined ? { status: 'pass' } : doubt(`${names[open.version]}: ${open.detail ?? ''}`);
    }),
);
