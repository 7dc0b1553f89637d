import { defineCheck } from '../model/check.ts';
import { doubt, judgePosture, remediesOfTls, showCertificate, unclear } from './lib/tls.ts';

/** A leaf that chains to the cluster's own CA is not self-signed, however private that CA is. */
export const selfSignedCertificate = defineCheck(
  {
    id: 'self-signed-certificate',
    subject: 'endpoint',
    severity: 'low',
    title: 'Certificate that signed itself',
    rationale:
      'The API server shows a certificate with no authority above it. Clients can only pin it or skip verification, and ' +
      'it cannot be exchanged without telling every one of them.',
    messages: { leaf: 'The certificate at {address} is signed by its own key.', unclear },
    remediation: remediesOfTls(
      showCertificate,
      "Have the certificate signed by the cluster's own CA, and give clients that CA.",
    ),
    references: ['https://kubernetes.io/docs/setup/best-practices/certificates/'],
    needsProbe: true,
  },
  (subject, context) =>
    judgePosture<'leaf'>(subject, context, ({ certificate }) => {
      if (certificate === undefined) return doubt('no handshake showed the certificate once more');
      return certificate.selfSigned ? { status: 'fail', message: 'leaf' } : { status: 'pass' };
    }),
);
