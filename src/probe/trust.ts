import type { X509Certificate } from 'node:crypto';
import tls from 'node:tls';

import type { Trust } from '../model/endpoint.ts';
import type { TlsFacts } from '../model/probe.ts';
import { distinguishedName, sentChain } from './certificate.ts';
import { indexRoots, isSignedBy, pemBlocks, readCertificates, type KnownRoot, type TrustRoots } from './roots.ts';

/** What vouches for one endpoint's peer, made ready for handshakes. */
export interface Anchors {
  readonly kind: Trust['kind'];
  readonly context: tls.SecureContext;
  /** The cluster's own certificates; empty for the other kinds. */
  readonly own: readonly X509Certificate[];
  readonly findRoot: (certificate: X509Certificate) => KnownRoot | undefined;
}

const contextOptions: tls.SecureContextOptions = {
  minVersion: 'TLSv1.2',
  // Node versions differ in their default security level: a weak key must show as the server's, never as our refusal.
  ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=1`,
  // As kubectl: a cluster CA that is itself signed by another one is an anchor all the same.
  allowPartialTrustChain: true,
};

/** Keeps what all endpoints share: the parsed roots, and the two contexts that do not depend on a cluster. */
export function createAnchors(roots: TrustRoots): (trust: Trust) => Anchors {
  const findRoot = indexRoots(roots);
  let bare: tls.SecureContext | undefined;
  let withPublicRoots: tls.SecureContext | undefined;
  const noAnchor = (): Anchors => {
    bare ??= tls.createSecureContext({ ...contextOptions, ca: [] });
    return { kind: 'none', context: bare, own: [], findRoot };
  };
  return (trust) => {
    if (trust.kind === 'none') return noAnchor();
    if (trust.kind === 'public-roots') {
      withPublicRoots ??= tls.createSecureContext({ ...contextOptions, ca: [...roots.bundled] });
      return { kind: trust.kind, context: withPublicRoots, own: [], findRoot };
    }
    const own = readCertificates(pemBlocks(trust.pem));
    if (own.length === 0) return noAnchor();
    const context = tls.createSecureContext({
      ...contextOptions,
      ca: own.map((certificate) => certificate.toString()),
    });
    return { kind: trust.kind, context, own, findRoot };
  };
}

/** Where a leaf's chain ends, and the certificate that signed it. */
export interface ChainEnd {
  readonly chain: TlsFacts['chain'];
  readonly chainRoot?: string;
  readonly issuer: X509Certificate | undefined;
}

/**
 * `verified` is OpenSSL's word on the whole chain. Where it says no, the signatures alone tell where the chain would end: an
 * expired leaf still shows whose it is.
 */
export function findChainEnd(leaf: X509Certificate, anchors: Anchors, verified: boolean | 'expired'): ChainEnd {
  const chain = sentChain(leaf);
  const own = chain.length === 1 || verified === 'expired' ? findSigner(chain, anchors.own) : undefined;
  const issuer = chain[1] ?? own;
  if (anchors.kind === 'cluster-ca' && (verified === true || (verified === 'expired' && own !== undefined))) {
    return { chain: 'cluster-ca', issuer };
  }
  const root = chain.map(anchors.findRoot).find((found) => found !== undefined);
  if (root === undefined) return { chain: 'none', issuer };
  return {
    chain: root.kind,
    chainRoot: distinguishedName(root.certificate.subject),
    issuer: issuer ?? root.certificate,
  };
}

function findSigner(
  chain: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
): X509Certificate | undefined {
  return anchors.find((anchor) => chain.some((certificate) => isSignedBy(certificate, anchor)));
}

/** Why the peer is not this cluster as far as its certificate tells; nothing may be sent to it then. Undefined: go on. */
export function findMismatch(anchors: Anchors, tlsFacts: TlsFacts): string | undefined {
  const { chain, chainRoot, nameMatches, inValidity } = tlsFacts;
  const name = nameMatches ? undefined : 'The certificate is not valid for the name in the inventory.';
  switch (anchors.kind) {
    case 'cluster-ca':
      if (chain !== 'cluster-ca') return `The certificate does not chain to the cluster's CA${endsIn(chainRoot)}.`;
      return name ?? (inValidity ? undefined : 'The certificate or its chain is outside its validity.');
    case 'public-roots':
      if (chain !== 'public-root') return `The certificate does not chain to a public root${endsIn(chainRoot)}.`;
      return name ?? (inValidity ? undefined : 'The certificate or its chain is outside its validity.');
    case 'none':
      if (chain !== 'none') return `The certificate comes from a CA that is no cluster's own${endsIn(chainRoot)}.`;
      return name;
  }
}

function endsIn(root: string | undefined): string {
  return root === undefined ? '' : `: it ends in ${root}`;
}
