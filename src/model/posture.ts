/** Oldest first. */
export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

export type TlsVersion = (typeof tlsVersions)[number];

/** `unknown`: nothing that came decides it. Never to be read as a no. */
export type Told = 'yes' | 'no' | 'unknown';

/** What a handshake that admits this one version showed. */
export interface VersionOffer {
  readonly version: TlsVersion;
  readonly offered: Told;
  /** IANA's name of the suite that the server chose. */
  readonly cipher?: string;
  /** Why it is unknown, one sentence. */
  readonly detail?: string;
}

/** What a leaf's strength rests on. */
export interface CertificateStrength {
  /** `rsa`, `ec`, `ed25519`, … as Node names it. */
  readonly keyType: string;
  /** Of the modulus or the curve; absent for the kinds of key that have one size. */
  readonly keyBits?: number;
  /** `RSA-SHA256`, `RSA-PSS-SHA256`, `ECDSA-SHA384`, `Ed25519`; the object identifier of any other. */
  readonly signature: string;
  readonly selfSigned: boolean;
  /** Whole days until `notAfter` at the time of the look; negative once it has passed. */
  readonly daysLeft: number;
}

/** How an endpoint does TLS, by some handshakes of their own beside the look. No request is sent over them. */
export interface TlsPosture {
  /** One for each version, oldest first. */
  readonly versions: readonly VersionOffer[];
  readonly keyExchange: {
    /** Of the newest version that is offered: `X25519`, `X25519MLKEM768`. */
    readonly group?: string;
    /** A post-quantum hybrid was chosen; `unknown` where this Node cannot offer one. */
    readonly postQuantum: Told;
  };
  /** Chosen out of `h2` and `http/1.1`. */
  readonly alpn?: string;
  readonly clientCertificate: {
    readonly requested: Told;
    /** The CA names that the server lists, at most 32, each cut to 256 characters. */
    readonly authorities: readonly string[];
  };
  /** Whether suites without forward secrecy, authentication or an unbroken cipher are accepted, by a handshake that offers no others. */
  readonly weakCipher: { readonly accepted: Told; readonly cipher?: string };
  readonly certificate?: CertificateStrength;
  /** TCP connections that this took. */
  readonly connections: number;
}
