import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import tls from 'node:tls';

/** The roots this machine trusts, as PEM, one certificate an entry. */
export interface TrustRoots {
  /** Shipped with Node: the public web's. */
  readonly bundled: readonly string[];
  /** Only present on this machine: a company's, or an interceptor's. */
  readonly installed: readonly string[];
}

export interface KnownRoot {
  readonly certificate: X509Certificate;
  readonly kind: 'public-root' | 'local-root';
}

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Where Linux distributions keep their bundle (the list Go's crypto/x509 searches). Node before 22.15 has no call for it. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Reads the bundled roots, the system's, and those of `NODE_EXTRA_CA_CERTS`. */
export function systemTrustRoots(): TrustRoots {
  const bundled = new Set(tls.rootCertificates.map(normalise));
  const found = 'getCACertificates' in tls ? askNode() : readFiles();
  return { bundled: [...bundled], installed: [...new Set(found.map(normalise))].filter((pem) => !bundled.has(pem)) };
}

function askNode(): readonly string[] {
  return [...tls.getCACertificates('system'), ...tls.getCACertificates('extra')];
}

function readFiles(): readonly string[] {
  const files = [process.env['NODE_EXTRA_CA_CERTS'], systemBundles.find((path) => existsSync(path))];
  return files.flatMap((path) =>
    path !== undefined && existsSync(path) ? pemBlocks(readFileSync(path, 'latin1')) : [],
  );
}

/** The same certificate wrapped at another width is still the same. */
function normalise(pem: string): string {
  const body = pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');
  return `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----`;
}

export function pemBlocks(text: string): readonly string[] {
  return text.match(pemBlock) ?? [];
}

export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Finds the root that signed a certificate, or that it is. Parsing some hundred roots waits until one is asked for. */
export function indexRoots(roots: TrustRoots): (certificate: X509Certificate) => KnownRoot | undefined {
  let bySubject: Map<string, KnownRoot[]> | undefined;
  return (certificate) => {
    bySubject ??= groupBySubject(roots);
    return bySubject.get(certificate.issuer)?.find((root) => isSignedBy(certificate, root.certificate));
  };
}

function groupBySubject(roots: TrustRoots): Map<string, KnownRoot[]> {
  const known = (pems: readonly string[], kind: KnownRoot['kind']): readonly KnownRoot[] =>
    pems.flatMap((pem) => {
      const certificate = readCertificate(pem);
      return certificate === undefined ? [] : [{ certificate, kind }];
    });
  const all = [...known(roots.bundled, 'public-root'), ...known(roots.installed, 'local-root')];
  return Map.groupBy(all, ({ certificate }) => certificate.subject);
}

/** By signature alone: no date or usage is looked at. */
export function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
