import { createHash, type X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

import { cut } from '../lib/text.ts';
import type { PeerCertificate } from '../model/probe.ts';
import { isSignedBy } from './roots.ts';

const maxNames = 32;

/** Chains are walked no further: a hostile peer may send hundreds. */
const maxChain = 8;

/** One entry of Node's text form of the alternative names; values with a comma or a quote in them come as JSON strings. */
const alternativeName = /(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)/g;

/** The leaf and the certificates sent along, each having signed the one before, and not merely named as its issuer. */
export function sentChain(leaf: X509Certificate): readonly X509Certificate[] {
  const chain = [leaf];
  for (
    let next = leaf.issuerCertificate;
    next !== undefined && chain.length < maxChain;
    next = next.issuerCertificate
  ) {
    if (!isSignedBy(chain.at(-1) ?? leaf, next)) break;
    chain.push(next);
  }
  return chain;
}

/** Facts of a leaf, cut to size. */
export function describeCertificate(leaf: X509Certificate, issuerKey?: string): PeerCertificate {
  return {
    subject: distinguishedName(leaf.subject),
    issuer: distinguishedName(leaf.issuer),
    names: alternativeNames(leaf.subjectAltName ?? ''),
    notBefore: isoDate(leaf.validFromDate, leaf.validFrom),
    notAfter: isoDate(leaf.validToDate, leaf.validTo),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    ...(issuerKey === undefined ? {} : { issuerKey }),
  };
}

/** One line of a name that Node gives as one line a part. A certificate may have none at all. */
export function distinguishedName(name: string | undefined): string {
  return cut((name || '(empty)').replaceAll('\n', ', '), 256);
}

/** All kinds are read, so that a name within a quoted value of another kind is not taken for one. */
export function alternativeNames(text: string): readonly string[] {
  const names: string[] = [];
  for (const [, kind = '', value = ''] of text.matchAll(alternativeName)) {
    if (names.length === maxNames) break;
    if ((kind === 'DNS' || kind === 'IP Address') && value !== '') names.push(cut(unquote(value), 253));
  }
  return names;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

function isoDate(date: Date, text: string): string {
  return Number.isNaN(date.getTime()) ? cut(text, 64) : date.toISOString();
}

/**
 * Hex: SHA-256 of the key that signed the leaf where its certificate is at hand, else the key identifier that the leaf gives.
 * An issuer's name says little, its key cannot be imitated.
 */
export function issuerKeyOf(leaf: X509Certificate, issuer?: X509Certificate): string | undefined {
  return issuer === undefined ? authorityKeyId(leaf.raw) : keyFingerprint(issuer);
}

function keyFingerprint(certificate: X509Certificate): string | undefined {
  try {
    return createHash('sha256')
      .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  } catch {
    return undefined;
  }
}

/**
 * The key identifier in the Authority Key Identifier extension (RFC 5280, 4.2.1.1), hex. Node does not expose it:
 * found by the extension's OID, then OCTET STRING, SEQUENCE and the context tag 0, with all lengths in their short form.
 */
export function authorityKeyId(der: Buffer): string | undefined {
  const at = der.indexOf(Buffer.from('0603551d2304', 'hex'));
  if (at < 0 || der[at + 7] !== 0x30 || der[at + 9] !== 0x80) return undefined;
  const length = der[at + 10] ?? 0;
  const identifier = der.subarray(at + 11, at + 11 + length);
  return length === 0 || length > 64 || identifier.length !== length ? undefined : identifier.toString('hex');
}

/** Subject alternative names only, as every Kubernetes client does; without case, as names are. */
export function isValidFor(leaf: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? leaf.checkHost(host, { subject: 'never' }) : leaf.checkIP(host)) !== undefined;
}

export function isInValidity(leaf: X509Certificate, now: Date): boolean {
  return leaf.validFromDate <= now && now <= leaf.validToDate;
}
