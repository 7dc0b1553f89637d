import tls from 'node:tls';

/** IANA's registry of TLS supported groups: what servers choose today. */
const groups: ReadonlyMap<number, string> = new Map([
  [23, 'secp256r1'],
  [24, 'secp384r1'],
  [25, 'secp521r1'],
  [29, 'X25519'],
  [30, 'X448'],
  [256, 'ffdhe2048'],
  [257, 'ffdhe3072'],
  [258, 'ffdhe4096'],
]);

/** Hybrids of a curve and a lattice (draft-ietf-tls-ecdhe-mlkem, and the draft that Chrome and Go began with), and ML-KEM alone. */
const postQuantum: ReadonlyMap<number, string> = new Map([
  [512, 'MLKEM512'],
  [513, 'MLKEM768'],
  [514, 'MLKEM1024'],
  [4587, 'SecP256r1MLKEM768'],
  [4588, 'X25519MLKEM768'],
  [4589, 'SecP384r1MLKEM1024'],
  [25_497, 'X25519Kyber768Draft00'],
]);

export function groupName(id: number): string {
  return groups.get(id) ?? postQuantum.get(id) ?? `0x${id.toString(16).padStart(4, '0')}`;
}

export function isPostQuantum(id: number): boolean {
  return postQuantum.has(id);
}

/** Node offers hybrids by itself from OpenSSL 3.5 on; before, a server's choice of a curve says nothing about them. */
export function offersPostQuantum(): boolean {
  try {
    tls.createSecureContext({ ecdhCurve: 'X25519MLKEM768' });
    return true;
  } catch {
    return false;
  }
}
