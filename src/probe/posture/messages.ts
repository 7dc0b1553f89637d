/** The parts of a server's handshake messages that a posture is made of (RFC 5246, 7.4; RFC 8446, 4). */
export type Message =
  | Hello
  | { readonly kind: 'key-exchange'; readonly group: number }
  | { readonly kind: 'certificate-request'; readonly authorities: readonly Buffer[] }
  | { readonly kind: 'done' };

export interface Hello {
  readonly kind: 'hello';
  /** As on the wire: 0x0301 is TLS 1.0, 0x0304 is 1.3. */
  readonly version: number;
  readonly cipher: number;
  /** Of the key share. */
  readonly group?: number;
  /** A TLS 1.3 server wants another key share: a hello with a random value that is fixed. */
  readonly asksAgain: boolean;
}

const tls12 = 0x0303;

/** Undefined for a message that holds nothing of use, or that is broken. */
export function readMessage(type: number, body: Buffer, version: number): Message | undefined {
  try {
    if (type === 2) return readHello(body);
    if (type === 12) return readKeyExchange(body);
    if (type === 13 && version === tls12) return { kind: 'certificate-request', authorities: readAuthorities(body) };
    return type === 14 ? { kind: 'done' } : undefined;
  } catch (error) {
    // Reading beyond the end of a message that was cut short on purpose.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

function readHello(body: Buffer): Hello {
  const afterSession = 35 + body.readUInt8(34);
  const extensions = readExtensions(body.subarray(afterSession + 3));
  const selected = extensions.get(43);
  const share = extensions.get(51);
  return {
    kind: 'hello',
    version: (selected ?? body).readUInt16BE(0),
    cipher: body.readUInt16BE(afterSession),
    ...(share !== undefined && { group: share.readUInt16BE(0) }),
    asksAgain: body.toString('hex', 2, 34) === retryRandom,
  };
}

function readExtensions(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 2; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}

/** A named curve is told by a leading 3; finite fields have no name in TLS 1.2. */
function readKeyExchange(body: Buffer): Message | undefined {
  return body[0] === 3 ? { kind: 'key-exchange', group: body.readUInt16BE(1) } : undefined;
}

const maxAuthorities = 32;

/** Kinds of certificates, then signature algorithms, then the names. */
function readAuthorities(body: Buffer): readonly Buffer[] {
  const afterKinds = 1 + body.readUInt8(0);
  const names = afterKinds + 2 + body.readUInt16BE(afterKinds) + 2;
  const authorities: Buffer[] = [];
  for (let at = names; at + 2 <= body.length && authorities.length < maxAuthorities;) {
    const end = at + 2 + body.readUInt16BE(at);
    authorities.push(body.subarray(at + 2, end));
    at = end;
  }
  return authorities;
}
