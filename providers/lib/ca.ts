import { X509Certificate } from 'node:crypto';
import type { Trust } from '../../src/model/endpoint.ts';

const begin = '-----BEGIN ';
const certificateBegin = '-----BEGIN CERTIFICATE-----';
const certificateEnd = '-----END CERTIFICATE-----';

/**
 * Reads what a cloud gives as a cluster's certificate authority: PEM blocks in base64, two of them while it is being rotated.
 * One block that does not parse spoils the whole: with a part of the anchors, a good server could look like a stranger.
 */
export function trustOfCa(base64: string | undefined): Trust {
  if (!base64) return none('the cloud gives no certificate authority for this cluster');
  const bundle = Buffer.from(base64, 'base64').toString('latin1');
  const blocks = bundle.split(begin).slice(1);
  if (blocks.length === 0) return none('the certificate authority that the cloud gives holds no certificate');
  const certificates = blocks.map((block) => readCertificate(begin + block));
  if (certificates.includes(undefined)) return none('the certificate authority that the cloud gives cannot be read');
  return { kind: 'cluster-ca', pem: certificates.join('\n') };
}

function none(reason: string): Trust {
  return { kind: 'none', reason };
}

/** The block's own text, without what stands behind it; undefined where it is no certificate. */
function readCertificate(block: string): string | undefined {
  const end = block.indexOf(certificateEnd);
  if (!block.startsWith(certificateBegin) || end < 0) return undefined;
  const pem = block.slice(0, end + certificateEnd.length);
  try {
    return new X509Certificate(pem).raw.length > 0 ? pem : undefined;
  } catch {
    return undefined;
  }
}
