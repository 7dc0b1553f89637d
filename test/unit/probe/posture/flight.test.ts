import { describe, expect, test } from 'vitest';
import { readFlight } from '../../../../src/probe/posture/flight.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const counted = (size: number, content: Buffer): Buffer => {
  const length = Buffer.alloc(size);
  length.writeUIntBE(content.length, 0, size);
  return Buffer.concat([length, content]);
};

function record(type: number, content: Buffer): Buffer {
  return Buffer.concat([bytes(`${type.toString(16)} 0303`), counted(2, content)]);
}

function message(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), counted(3, content)]);
}

interface Hello {
  readonly legacy?: string;
  readonly random?: string;
  readonly extensions?: string;
}

/** A hello with a session identifier, for TLS_RSA_WITH_AES_128_CBC_SHA unless it says another version. */
function hello({ legacy = '0303', random = 'ab'.repeat(32), extensions }: Hello = {}): Buffer {
  const tail = extensions === undefined ? Buffer.alloc(0) : counted(2, bytes(extensions));
  return message(2, Buffer.concat([bytes(`${legacy}${random} 04 01020304 002f 00`), tail]));
}

const tls13 = '002b 0002 0304';
const share = (group: string): string => `0033 0006 ${group} 0002 ffff`;
const retry = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';
const done = message(14, Buffer.alloc(0));
const keyExchange = message(12, bytes('03 001d 20'));
const [change, alert, handshake, data] = [20, 21, 22, 23];

function request(...names: readonly string[]): Buffer {
  const list = Buffer.concat(names.map((name) => counted(2, Buffer.from(name))));
  return message(13, Buffer.concat([bytes('01 40 0002 0401'), counted(2, list)]));
}

describe('what a server says in the clear', () => {
  test('TLS 1.2, in one record or in many', () => {
    const messages = Buffer.concat([hello(), message(11, bytes('000000')), keyExchange, request('a', 'b'), done]);
    const expected = {
      hello: { kind: 'hello', version: 0x0303, cipher: 0x002f, asksAgain: false },
      group: 0x001d,
      authorities: [Buffer.from('a'), Buffer.from('b')],
      isDone: true,
    };
    expect(readFlight(record(handshake, messages))).toEqual(expected);
    const pieces = Array.from(messages, (byte) => record(handshake, Buffer.from([byte])));
    expect(readFlight(Buffer.concat(pieces))).toEqual(expected);
  });

  test('a warning before the hello is no refusal', () => {
    const flight = readFlight(Buffer.concat([record(alert, bytes('0170')), record(handshake, hello())]));
    expect(flight).toMatchObject({ hello: { version: 0x0303 } });
    expect(readFlight(record(alert, bytes('0170')))).toEqual({ isDone: false });
  });

  test('TLS 1.3: the version and the group stand in extensions', () => {
    const { hello: found } = readFlight(
      Buffer.concat([
        record(handshake, hello({ extensions: `${tls13} ${share('11ec')}` })),
        record(change, bytes('01')),
        record(data, bytes('ffff')),
      ]),
    );
    expect(found).toMatchObject({ version: 0x0304, group: 0x11ec });
  });

  test('a server that asks for another key share: the second hello counts', () => {
    const { hello: found } = readFlight(
      Buffer.concat([
        record(handshake, hello({ random: retry, extensions: `${tls13} 0033 0002 0018` })),
        record(change, bytes('01')),
        record(handshake, hello({ extensions: `${tls13} ${share('0018')}` })),
        record(change, bytes('01')),
      ]),
    );
    expect(found).toMatchObject({ version: 0x0304, group: 0x0018, asksAgain: false });
  });

  test('an alert in place of a hello, and none after it', () => {
    expect(readFlight(record(alert, bytes('02 46')))).toEqual({ alert: 70, isDone: false });
    const late = readFlight(Buffer.concat([record(handshake, hello()), record(alert, bytes('02 28'))]));
    expect(late).toEqual({ hello: expect.objectContaining({ version: 0x0303 }), isDone: false });
  });

  test('nothing is read after encryption began', () => {
    const sealed = Buffer.concat([
      record(handshake, hello()),
      record(change, bytes('01')),
      record(handshake, Buffer.concat([request('x'), done])),
    ]);
    expect(readFlight(sealed)).toMatchObject({ isDone: false });
    expect(readFlight(sealed)).not.toHaveProperty('authorities');
  });

  test('a request of TLS 1.1 has no signature algorithms, and is not taken for one of 1.2', () => {
    const flight = readFlight(record(handshake, Buffer.concat([hello({ legacy: '0302' }), request('a'), done])));
    expect(flight).not.toHaveProperty('authorities');
  });

  test('at most 32 names', () => {
    const names = Array.from({ length: 100 }, String);
    const { authorities } = readFlight(record(handshake, Buffer.concat([hello(), request(...names)])));
    expect(authorities).toHaveLength(32);
  });
});

describe('what is not TLS, or not whole', () => {
  test.each([
    ['nothing', ''],
    ['plain HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n').toString('hex')],
    ['half a record', '16 0303 007a 0200'],
    ['an empty record', '16 0303 0000'],
    ['an alert without a body', '15 0303 0000'],
    ['a hello without a body', '16 0303 0004 02 000000'],
  ])('%s', (_, hex) => {
    const flight = readFlight(bytes(hex));
    expect(flight.hello).toBeUndefined();
    expect(flight.isDone).toBe(false);
  });

  test('every cut and every changed byte is read to its end', () => {
    const whole = record(handshake, Buffer.concat([hello({ extensions: `${tls13} ${share('001d')}` }), request('a')]));
    for (let at = 0; at < whole.length; at += 1) {
      expect(() => readFlight(whole.subarray(0, at))).not.toThrow();
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at] = value;
        expect(() => readFlight(changed)).not.toThrow();
      }
    }
  });
});
