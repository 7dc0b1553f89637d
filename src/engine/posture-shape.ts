import { flag, listOf, numberIn, optional, record, text, wholeNumberIn, word } from './shape.ts';
import type { Shape } from './shape.ts';
import { tlsVersions } from '../model/posture.ts';
import type { CertificateStrength, TlsPosture, VersionOffer } from '../model/posture.ts';

const told = word('yes', 'no', 'unknown');
const count = wholeNumberIn(0, Number.MAX_SAFE_INTEGER);

export const postureShape: Shape<TlsPosture> = record<TlsPosture>({
  versions: listOf(
    record<VersionOffer>({
      version: word(...tlsVersions),
      offered: told,
      cipher: optional(text),
      detail: optional(text),
    }),
  ),
  keyExchange: record<TlsPosture['keyExchange']>({ group: optional(text), postQuantum: told }),
  alpn: optional(text),
  clientCertificate: record<TlsPosture['clientCertificate']>({ requested: told, authorities: listOf(text) }),
  weakCipher: record<TlsPosture['weakCipher']>({ accepted: told, cipher: optional(text) }),
  certificate: optional(
    record<CertificateStrength>({
      keyType: text,
      keyBits: optional(count),
      signature: text,
      selfSigned: flag,
      daysLeft: numberIn(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    }),
  ),
  connections: count,
});
