import type { CertificateStrength, Told, TlsPosture, TlsVersion } from '../../../src/model/posture.ts';
import { tlsVersions } from '../../../src/model/posture.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { TlsFacts } from '../../../src/model/probe.ts';
import { endpointSubject, probed, tls } from './subjects.ts';
import type { Case } from './table.ts';

const strength: CertificateStrength = {
  keyType: 'rsa',
  keyBits: 2048,
  signature: 'RSA-SHA256',
  selfSigned: false,
  daysLeft: 365,
};

/** As a kube-apiserver of today does it. */
export function posture(changes: Partial<TlsPosture> = {}): TlsPosture {
  return {
    versions: offers({}),
    keyExchange: { group: 'X25519MLKEM768', postQuantum: 'yes' },
    alpn: 'h2',
    clientCertificate: { requested: 'yes', authorities: ['CN=kubernetes'] },
    weakCipher: { accepted: 'no' },
    certificate: strength,
    connections: 5,
    ...changes,
  };
}

/** TLS 1.2 and 1.3 but for these. */
export function offers(changes: Partial<Record<TlsVersion, Told>>, cipher?: string): TlsPosture['versions'] {
  const usual = { TLSv1: 'no', 'TLSv1.1': 'no', 'TLSv1.2': 'yes', 'TLSv1.3': 'yes' } as const;
  return tlsVersions.map((version) => {
    const offered = changes[version] ?? usual[version];
    const detail = offered === 'unknown' ? { detail: 'The peer left this handshake unanswered.' } : {};
    return { version, offered, ...detail, ...(cipher !== undefined && offered === 'yes' && { cipher }) };
  });
}

export function withCertificate(changes: Partial<CertificateStrength>): TlsPosture {
  return posture({ certificate: { ...strength, ...changes } });
}

export function withoutCertificate(): TlsPosture {
  const { certificate: _, ...rest } = posture();
  return rest;
}

/** An endpoint of this cluster that does TLS like this. */
export function doing(found: TlsPosture, facts: Partial<TlsFacts> = {}): EndpointSubject {
  return endpointSubject({ probe: probed('anonymous-forbidden', { tls: tls(facts), posture: found }) });
}

/** What holds for every check of a posture. */
export const casesOfPosture: readonly Case<EndpointSubject>[] = [
  { name: 'TLS as it should be', subject: doing(posture()), status: 'pass' },
  {
    name: 'a CA that nobody knows, as on AKS',
    subject: doing(posture(), { chain: 'none' }),
    status: 'pass',
  },
  {
    name: 'the same on an intercepted vantage',
    subject: doing(posture(), { chain: 'none' }),
    intercepted: true,
    status: 'unknown',
    message: 'unclear',
    says: 'something on our path answers TLS',
  },
  {
    name: "the cluster's own CA on an intercepted vantage",
    subject: doing(posture()),
    intercepted: true,
    status: 'pass',
  },
  { name: 'no posture', subject: endpointSubject({ probe: probed('anonymous-forbidden') }), status: 'not-applicable' },
  { name: 'a stranger', subject: endpointSubject({ probe: probed('not-this-cluster') }), status: 'not-applicable' },
  { name: 'probe off', subject: endpointSubject(), status: 'not-applicable' },
];
