import type { Trust } from '../../src/model/endpoint.ts';

const begin = '-----BEGIN ';
const certificateBegin = '-----BEGIN CERTIFICATE-----';
const certificateEnd = '-----END CERTIFICATE-----';

/** Reads what is given as a cluster's certificate authority: PEM blocks in base64, two of them while it is being rotated. */
export function trustOfCa(base64: string | undefined, giver = 'the cloud'): Trust {
  if (!base64) return none(`${giver} gives no certificate authority for this cluster`);
  return trustOfBundle(Buffer.from(base64, 'base64').toString('latin1'), giver);
}

/**
 * The same of the bare PEM blocks. One that cannot be read spoils the whole: with a part of the anchors, a good server could look
 * like a stranger.
 */
export function trustOfBundle(bundle: string, giver: string): Trust {
  const blocks = bundle.split(begin).slice(1);
  if (blocks.length === 0) return none(`the certificate authority that ${giver} gives holds no certificate`);
  const certificates = blocks.map((block) => readCertificate(begin + block));
  if (certificates.includes(undefined)) return none(`the certificate authority that ${giver} gives cannot be read`);
  return { kind: 'cluster-ca', pem: certificates.join('\n') };
}

function none(reason: string): Trust {
  return { kind: 'none', reason };
}

/** The block's own text, without what stands behind it; undefined where it cannot be a certificate. */
function readCertificate(block: string): string | undefined {
  const end = block.indexOf(certificateEnd);
  if (!block.startsWith(certificateBegin) || end < 0) return undefined;
  const body = block.slice(certificateBegin.length, end);
  const isWhole = /^[\w+/=\s]+$/.test(body) && isOneSequence(Buffer.from(body, 'base64'));
  return isWhole ? block.slice(0, end + certificateEnd.length) : undefined;
}

/**
 * A certificate is one DER SEQUENCE, as long as its head says. What is in it is parsed where an endpoint is probed, with the same
 * consequence: that takes longer than all else that is done for a cluster, and a scan of settings does not need it.
 */
function isOneSequence(der: Buffer): boolean {
  const [tag, form = 0] = der;
  const lengthBytes = form - 0x80;
  const start = 2 + lengthBytes;
  if (tag !== 0x30 || lengthBytes < 1 || lengthBytes > 3 || der.length < start) return false;
  return der.length === start + der.readUIntBE(2, lengthBytes);
}
