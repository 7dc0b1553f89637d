import { expect, test } from 'vitest';
import { readElements } from '../../../../src/probe/posture/der.ts';
import { readName } from '../../../../src/probe/posture/name.ts';

function der(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(contents.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const [sequence, set, oid, utf8, printable, bmp] = [0x30, 0x31, 6, 12, 19, 30];
const types = { CN: '550403', O: '55040a', DC: '0992268993f22c640119', other: '2a0304' };

function attribute(type: keyof typeof types, value: Buffer): Buffer {
  return der(sequence, der(oid, Buffer.from(types[type], 'hex')), value);
}

const one = (type: keyof typeof types, value: Buffer): Buffer => der(set, attribute(type, value));

test.each<[string, Buffer, string]>([
  ['one part', der(sequence, one('CN', der(utf8, 'kubernetes'))), 'CN=kubernetes'],
  [
    'parts in their order',
    der(sequence, one('O', der(printable, 'Example')), one('CN', der(utf8, 'näme'))),
    'O=Example, CN=näme',
  ],
  [
    'two in one set',
    der(sequence, der(set, attribute('DC', der(22, 'a')), attribute('DC', der(22, 'b')))),
    'DC=a, DC=b',
  ],
  ['two bytes a character', der(sequence, one('CN', der(bmp, Buffer.from('004b00fc00', 'hex')))), 'CN=Kü'],
  ['another type', der(sequence, one('other', der(utf8, 'x'))), '1.2.3.4=x'],
  ['no part', der(sequence), '(empty)'],
  ['nothing', Buffer.alloc(0), '(empty)'],
  ['text', Buffer.from('CN=kubernetes'), '(empty)'],
  ['an attribute without a value', der(sequence, der(set, der(sequence))), '?='],
])('%s', (_, bytes, text) => {
  expect(readName(bytes)).toBe(text);
});

test('a name is cut, and so is the number of elements', () => {
  expect(readName(der(sequence, one('CN', der(utf8, 'a'.repeat(5_000)))))).toHaveLength(256);
  expect(readElements(Buffer.alloc(1_000))).toHaveLength(64);
});
