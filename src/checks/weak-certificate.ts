import { defineCheck } from '../model/check.ts';
import type { Verdict } from '../model/check.ts';
import type { CertificateStrength } from '../model/posture.ts';
import { doubt, judgePosture, remediesOfTls, showCertificate, unclear } from './lib/tls.ts';

/** Who signed is not asked here: a CA that the public does not trust is what API servers have, and no weakness. */
export const weakCertificate = defineCheck(
  {
    id: 'weak-certificate',
    subject: 'endpoint',
    severity: 'medium',
    title: 'Certificate with a weak key or signature',
    rationale:
      'Keys below 2048 bits of RSA or 256 bits of a curve, and signatures by MD5 or SHA-1, are within reach of an attacker ' +
      'with means. Whoever breaks one can stand in for the API server and collect the tokens that clients send.',
    messages: {
      key: 'The key of the certificate at {address} is {key} of {bits} bits.',
      signature: 'The certificate at {address} is signed by {signature}.',
      unclear,
    },
    remediation: remediesOfTls(
      showCertificate,
      'Issue the certificate anew, with a key of 2048 bits of RSA or a curve of 256 at least, signed with SHA-256.',
    ),
    references: [
      'https://csrc.nist.gov/pubs/sp/800/131/a/r2/final',
      'https://www.rfc-editor.org/rfc/rfc9155',
      'https://kubernetes.io/docs/setup/best-practices/certificates/',
    ],
    needsProbe: true,
  },
  (subject, context) => judgePosture(subject, context, ({ certificate }) => judge(certificate)),
);

const strongSignature = /-SHA(?:224|256|384|512)$|^(?:Ed|ML-DSA-)\d+$/;

function judge(certificate: CertificateStrength | undefined): Verdict<'key' | 'signature' | 'unclear'> {
  if (certificate === undefined) return doubt('no handshake showed the certificate once more');
  const { keyType, keyBits, signature } = certificate;
  if (keyBits !== undefined && keyBits < leastBits(keyType)) {
    return { status: 'fail', message: 'key', values: { key: keyType.toUpperCase(), bits: keyBits } };
  }
  if (/-(?:MD2|MD5|SHA1)$/.test(signature)) return { status: 'fail', message: 'signature', values: { signature } };
  if (keyType === 'unknown') return doubt('the kind of its key is not known');
  // A curve that has no name, but parameters of its own.
  if (keyType === 'ec' && keyBits === undefined) return doubt('the curve of its key is not known');
  return strongSignature.test(signature) ? { status: 'pass' } : doubt(`its signature is ${signature}`);
}

/** A curve gives half its bits in strength, a modulus far less (NIST SP 800-57 part 1). */
function leastBits(keyType: string): number {
  return keyType === 'ec' ? 256 : 2048;
}
