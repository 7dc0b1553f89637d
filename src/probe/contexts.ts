import { constants } from 'node:crypto';
import tls from 'node:tls';

/**
 * Nothing that is sent needs to stay secret for decades, and many servers that see a hybrid named insist on it: that costs both sides
 * a further round trip and as much CPU as three requests. So it is named only to a peer that took none of these.
 */
const groups = 'X25519:P-256:P-384:P-521';

const hybrid = 'X25519MLKEM768';

const options: tls.SecureContextOptions = {
  minVersion: 'TLSv1.2',
  // Security levels differ between versions of Node, and each refuses some keys and signatures: a weak one must show as the
  // server's, which is a finding, never as a chain that does not hold, which would make a stranger of the cluster.
  ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
  ecdhCurve: groups,
  // A renegotiation could bring another certificate than the one that was judged.
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  // As kubectl: a cluster CA that is itself signed by another one is an anchor all the same.
  allowPartialTrustChain: true,
};

/** Trusts these certificates (PEM, one each) and no others. */
export function createContext(ca: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ ...options, ca: [...ca] });
}

/** For a peer that took none of the groups: names the hybrid too. Undefined where this Node knows none. */
export function createWiderContext(ca: readonly string[]): tls.SecureContext | undefined {
  try {
    return tls.createSecureContext({ ...options, ca: [...ca], ecdhCurve: `${groups}:${hybrid}` });
  } catch {
    return undefined;
  }
}
