import { readMessage, type Hello, type Message } from './messages.ts';

/** What a server said in the clear before encryption began (RFC 5246, 7.3; RFC 8446, 2): it needs no key to be read. */
export interface Flight {
  /** The last one: a TLS 1.3 server may ask for another key share first. */
  readonly hello?: Hello;
  /** The description of an alert in place of a hello. */
  readonly alert?: number;
  /** The group of a TLS 1.2 key exchange. */
  readonly group?: number;
  /** DER names, where a client certificate was asked for. */
  readonly authorities?: readonly Buffer[];
  /** The server has said all that a TLS 1.2 server says before the client goes on. */
  readonly isDone: boolean;
}

const [changeCipherSpec, alert, handshake] = [20, 21, 22];
const warning = 1;

interface Plaintext {
  readonly messages: Buffer;
  readonly alert?: number;
}

/** Reads as far as there are whole records. Whatever is no TLS gives an empty flight. */
export function readFlight(bytes: Buffer): Flight {
  const plaintext = readRecords(bytes);
  const messages = readMessages(plaintext.messages);
  const find = <Kind extends Message['kind']>(kind: Kind): Extract<Message, { kind: Kind }> | undefined =>
    messages.findLast((message): message is Extract<Message, { kind: Kind }> => message.kind === kind);
  const hello = find('hello');
  const group = find('key-exchange')?.group;
  const authorities = find('certificate-request')?.authorities;
  return {
    ...(hello !== undefined && { hello }),
    ...(hello === undefined && plaintext.alert !== undefined && { alert: plaintext.alert }),
    ...(group !== undefined && { group }),
    ...(authorities !== undefined && { authorities }),
    isDone: find('done') !== undefined,
  };
}

/** The handshake bytes of the records up to the first that is encrypted. */
function readRecords(bytes: Buffer): Plaintext {
  const pieces: Buffer[] = [];
  let isRetried = false;
  for (let at = 0; at + 5 <= bytes.length && bytes[at + 1] === 3;) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    const body = bytes.subarray(at + 5, end);
    if (end > bytes.length) break;
    if (bytes[at] === alert && body[0] !== warning) return { messages: Buffer.concat(pieces), alert: body[1] ?? 0 };
    // A server that asks for another key share sends this record for middleboxes' sake, once, and goes on in the clear.
    if (bytes[at] === changeCipherSpec && !isRetried && asksAgain(pieces)) isRetried = true;
    else if (bytes[at] === handshake) pieces.push(body);
    // A server that does not know the name says so before its hello, and goes on (RFC 6066, 3).
    else if (bytes[at] !== alert) break;
    at = end;
  }
  return { messages: Buffer.concat(pieces) };
}

function asksAgain(pieces: readonly Buffer[]): boolean {
  return readMessages(Buffer.concat(pieces)).some((message) => message.kind === 'hello' && message.asksAgain);
}

function readMessages(bytes: Buffer): readonly Message[] {
  const messages: Message[] = [];
  let version = 0;
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    if (end > bytes.length) break;
    const message = readMessage(bytes[at] ?? 0, bytes.subarray(at + 4, end), version);
    if (message?.kind === 'hello') version = message.version;
    if (message !== undefined) messages.push(message);
    at = end;
  }
  return messages;
}
