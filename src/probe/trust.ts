import type { X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';

import type { Trust } from '../model/endpoint.ts';
import type { TlsFacts } from '../model/probe.ts';
import { distinguishedName, sentChain } from './certificate.ts';
import { createContext } from './contexts.ts';
import { indexRoots, isSignedBy, pemBlocks, readCertificate, type KnownRoot, type TrustRoots } from './roots.ts';

/** What vouches for one endpoint's peer, made ready for handshakes. */
export interface Anchors {
  readonly kind: Trust['kind'];
  readonly context: SecureContext;
  /** What the context trusts, PEM. */
  readonly ca: readonly string[];
  /** The cluster's own certificates, PEM; empty for the other kinds. */
  readonly own: readonly string[];
  readonly findRoot: (certificate: X509Certificate) => KnownRoot | undefined;
}

/** Keeps what all endpoints share: the parsed roots, and the contexts that do not depend on a cluster. */
export function createAnchors(roots: TrustRoots): (trust: Trust) => Anchors {
  const findRoot = indexRoots(roots);
  const shared = new Map<Trust['kind'], Anchors>();
  const share = (kind: Trust['kind'], ca: readonly string[]): Anchors => {
    const anchors = shared.get(kind) ?? { kind, context: createContext(ca), ca, own: [], findRoot };
    shared.set(kind, anchors);
    return anchors;
  };
  return (trust) => {
    if (trust.kind === 'none' || trust.kind === 'unverified') return share(trust.kind, []);
    if (trust.kind === 'public-roots') return share(trust.kind, roots.bundled);
    if (trust.kind === 'system-roots') return share(trust.kind, [...roots.bundled, ...roots.installed]);
    const own = pemBlocks(trust.pem);
    if (own.length === 0) return share('none', []);
    return { kind: trust.kind, context: createContext(own), ca: own, own, findRoot };
  };
}

/**
 * With a part of a cluster's anchors a good server could look like a stranger: where one cannot be read, there are none. Nobody
 * needs to know where OpenSSL found its way to one that it could read, and parsing them costs as much as a request.
 */
export function readableAnchors(anchors: Anchors, isVerified: boolean): Anchors {
  const isWhole = isVerified || anchors.own.every((pem) => readCertificate(pem) !== undefined);
  return isWhole ? anchors : { ...anchors, kind: 'none', own: [] };
}

/** Where a leaf's chain ends. */
export interface ChainEnd {
  readonly chain: TlsFacts['chain'];
  readonly chainRoot?: string;
  /** The certificate that signed the leaf, where it was sent or is a known root. */
  readonly issuer?: X509Certificate;
}

/**
 * `verified` is OpenSSL's word on the whole chain. Where it says no, the signatures alone tell where the chain would end: an
 * expired leaf still shows whose it is.
 */
export function findChainEnd(leaf: X509Certificate, anchors: Anchors, verified: boolean | 'expired'): ChainEnd {
  if (anchors.kind === 'cluster-ca' && verified === true) return { chain: 'cluster-ca' };
  if (anchors.own.length > 1 && anchors.own.some((pem) => hasSigned(pem, [leaf]))) return { chain: 'cluster-ca' };
  const chain = sentChain(leaf);
  if (verified === 'expired' && anchors.own.some((pem) => hasSigned(pem, chain))) return { chain: 'cluster-ca' };
  const root = chain.map(anchors.findRoot).find((found) => found !== undefined);
  const issuer = chain[1] ?? root?.certificate;
  const isBelieved = root !== undefined && (verified !== false || !isVoucher(root, anchors));
  return {
    chain: isBelieved ? root.kind : 'none',
    ...(isBelieved ? { chainRoot: distinguishedName(root.certificate.subject) } : {}),
    ...(issuer === undefined ? {} : { issuer }),
  };
}

/** A root that would speak for the peer: then a leaf that merely names a certificate above it is not enough, the chain has to hold. */
function isVoucher(root: KnownRoot, { kind }: Anchors): boolean {
  return kind === 'system-roots' || (kind === 'public-roots' && root.kind === 'public-root');
}

const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/**
 * By signatures, dates left out: what OpenSSL has no word for. It stops at an expiry, and of several CAs of one name, as while a
 * cluster's is being replaced, it tries the first that may have signed, and no other (X509_STORE_CTX_get1_issuer); Go tries them all.
 */
function hasSigned(pem: string, [leaf, ...between]: readonly X509Certificate[]): boolean {
  const anchor = readCertificate(pem);
  if (leaf === undefined || anchor?.ca !== true) return false;
  const isServers = leaf.keyUsage?.includes(serverAuthentication) ?? true;
  return isServers && between.every(({ ca }) => ca) && [leaf, ...between].some((one) => isSignedBy(one, anchor));
}

/** What an endpoint's chain may end in, and how to say that it does not. */
const expected: Readonly<
  Record<Exclude<Trust['kind'], 'unverified'>, { readonly ends: readonly TlsFacts['chain'][]; readonly else: string }>
> = {
  'cluster-ca': { ends: ['cluster-ca'], else: "The certificate does not chain to the cluster's CA" },
  'public-roots': { ends: ['public-root'], else: 'The certificate does not chain to a public root' },
  'system-roots': {
    ends: ['public-root', 'local-root'],
    else: 'The certificate does not chain to a root that this machine trusts',
  },
  none: { ends: ['none'], else: "The certificate comes from a CA that is no cluster's own" },
};

/**
 * Why the peer is not this cluster as far as its certificate tells; nothing may be sent to it then. Undefined: go on. Dates count
 * only where roots vouch that others use too, for names that may change hands. A cluster's own CA issues for the cluster alone: one
 * whose certificate ran out serves on, as many of kubeadm's do after a year, and stands open as before.
 */
export function findMismatch({ kind }: Pick<Anchors, 'kind'>, tlsFacts: TlsFacts): string | undefined {
  if (kind === 'unverified') return undefined;
  const { chain, chainRoot, nameMatches, inValidity } = tlsFacts;
  if (!expected[kind].ends.includes(chain))
    return `${expected[kind].else}${chainRoot === undefined ? '' : `: it ends in ${chainRoot}`}.`;
  if (!nameMatches) return 'The certificate is not valid for the name in the inventory.';
  if (datedKinds.has(kind) && !inValidity) return 'The certificate or its chain is outside its validity.';
  return undefined;
}

const datedKinds: ReadonlySet<Trust['kind']> = new Set(['public-roots', 'system-roots']);
