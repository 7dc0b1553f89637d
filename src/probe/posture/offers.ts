import tls from 'node:tls';

import type { TlsVersion } from '../../model/posture.ts';

/** What one handshake of a posture offers. `weak`: TLS 1.2 with nothing but suites that should not be accepted. */
export type Offer = TlsVersion | 'weak';

/** Every suite and signature, at the level that refuses nothing: Node's own refusal must not be read as the server's. */
const everything = 'ALL:@SECLEVEL=0';

/** No forward secrecy, no authentication, no encryption, or a broken cipher; those that this Node was built without are left out. */
const weakOnly = 'kRSA:aNULL:eNULL:3DES:RC4:@SECLEVEL=0';

const ciphers: Readonly<Record<Offer, string>> = {
  TLSv1: everything,
  'TLSv1.1': everything,
  // As a client of today, so that the suite it gets is the one that users get.
  'TLSv1.2': `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
  'TLSv1.3': `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
  weak: weakOnly,
};

export function versionOf(offer: Offer): TlsVersion {
  return offer === 'weak' ? 'TLSv1.2' : offer;
}

/** As on the wire. */
export const wireVersions: Readonly<Record<TlsVersion, number>> = {
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};

/** One context an offer for all endpoints; undefined where this Node was built without it. */
export function createContexts(): (offer: Offer) => tls.SecureContext | undefined {
  const made = new Map<Offer, tls.SecureContext | undefined>();
  return (offer) => {
    if (!made.has(offer)) made.set(offer, createContext(offer));
    return made.get(offer);
  };
}

function createContext(offer: Offer): tls.SecureContext | undefined {
  const version = versionOf(offer);
  try {
    return tls.createSecureContext({ minVersion: version, maxVersion: version, ciphers: ciphers[offer], ca: [] });
  } catch {
    return undefined;
  }
}
