import 'reflect-metadata';
import { webcrypto } from 'node:crypto';

import * as x509 from '@peculiar/x509';

export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

interface Validity {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

interface LeafOptions extends Validity {
  /** DNS names and addresses. */
  readonly names: readonly string[];
  readonly commonName?: string;
  /** A client certificate of this group (`system:masters`) instead of a server's. */
  readonly clientGroup?: string;
  /** Of 2048 bits, or of 1024; a curve's where absent. */
  readonly key?: 'rsa' | 'weak-rsa';
  /** SHA-256 where absent. */
  readonly hash?: 'SHA-1';
}

/** A certificate authority of the tests: Node can check certificates, not issue them. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly pem: string;
  issue(leaf: LeafOptions): Promise<KeyPair>;
  /** An authority that this one vouches for. */
  appoint(commonName: string): Promise<Authority>;
  /** A leaf that says in all its fields that it is this authority's, and was signed by another key; the authority is sent along. */
  forge(leaf: LeafOptions): Promise<KeyPair>;
  /** A leaf that was signed by another leaf of this authority, which may sign nothing; that one is sent along. */
  usurp(leaf: LeafOptions): Promise<KeyPair>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
const day = 86_400_000;

interface Signer {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

interface AuthorityOptions extends Validity {
  /** Without a key identifier of its own, as Go made them before 1.15: then any certificate of its name seems to be from it. */
  readonly lacksKeyId?: true;
}

export function createAuthority(commonName: string, options: AuthorityOptions = {}): Promise<Authority> {
  return certify(commonName, options);
}

/** An authority that signed itself, unless another one signs. */
async function certify(commonName: string, options: AuthorityOptions, signer?: Signer): Promise<Authority> {
  const keys = await generateKeys();
  const subject = `CN=${commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: signer?.certificate.subject ?? subject,
    notBefore: options.notBefore ?? new Date(Date.now() - day),
    notAfter: options.notAfter ?? new Date(Date.now() + 3650 * day),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: signer?.key ?? keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ...(options.lacksKeyId ? [] : [await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)]),
    ],
  });
  const pem = certificate.toString('pem');
  return {
    pem,
    issue: (leaf) => issue(leaf, certificate, keys.privateKey),
    appoint: (name) => certify(name, {}, { certificate, key: keys.privateKey }),
    forge: async (leaf) => {
      const forged = await issue(leaf, certificate, (await generateKeys()).privateKey);
      return { ...forged, cert: `${forged.cert}\n${pem}` };
    },
    usurp: async (leaf) => {
      const holder = await issue({ names: ['node.example'], commonName: 'node' }, certificate, keys.privateKey);
      const usurped = await issue(leaf, new x509.X509Certificate(holder.cert), await importKey(holder.key));
      return { ...usurped, cert: `${usurped.cert}\n${holder.cert}` };
    },
  };
}

async function issue(
  leaf: LeafOptions,
  authority: x509.X509Certificate,
  signingKey: webcrypto.CryptoKey,
): Promise<KeyPair> {
  const keys = await generateKeys(leaf.key);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${leaf.commonName ?? 'kube-apiserver'}${leaf.clientGroup ? `, O=${leaf.clientGroup}` : ''}`,
    issuer: authority.subject,
    notBefore: leaf.notBefore ?? new Date(Date.now() - day),
    notAfter: leaf.notAfter ?? new Date(Date.now() + 365 * day),
    signingAlgorithm: { ...algorithm, hash: leaf.hash ?? algorithm.hash },
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension(
        leaf.names.map((name) => ({ type: isAddress(name) ? 'ip' : 'dns', value: name })),
      ),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[leaf.clientGroup ? 'clientAuth' : 'serverAuth']]),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
    ],
  });
  return { cert: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
}

function generateKeys(key?: LeafOptions['key']): Promise<webcrypto.CryptoKeyPair> {
  const usages = ['sign', 'verify'] as const;
  if (key === undefined) return webcrypto.subtle.generateKey(algorithm, true, usages);
  return webcrypto.subtle.generateKey({ ...rsa, modulusLength: key === 'rsa' ? 2048 : 1024 }, true, usages);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), algorithm, false, ['sign']);
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(':');
}

/** Positive and without a leading zero byte, as DER wants it. */
function serial(): string {
  return `40${Buffer.from(webcrypto.getRandomValues(new Uint8Array(12))).toString('hex')}`;
}
