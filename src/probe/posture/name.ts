import { cut } from '../../lib/text.ts';
import { readElement, readElements, readOid, type Element } from './der.ts';

/** Attribute types of RFC 4519 that have a short name in use. */
const attributes: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
};

/** A distinguished name (RFC 5280, 4.1.2.4) as text, in the order and form in which certificates' names are shown. Cut to 256 characters. */
export function readName(der: Buffer): string {
  const sets = readElements(readElement(der)?.content ?? Buffer.alloc(0));
  const parts = sets.flatMap(({ content }) => readElements(content)).map(readAttribute);
  return cut(parts.join(', ') || '(empty)', 256);
}

function readAttribute({ content }: Element): string {
  const [type, value] = readElements(content);
  const oid = type === undefined ? '?' : readOid(type.content);
  return `${attributes[oid] ?? oid}=${value === undefined ? '' : readText(value)}`;
}

const [utf8String, bmpString] = [12, 30];

function readText({ tag, content }: Element): string {
  if (tag === utf8String) return content.toString('utf8');
  // Two bytes a character, the high one first; half a character at the end is left out.
  if (tag === bmpString)
    return Buffer.from(content.subarray(0, content.length & ~1))
      .swap16()
      .toString('utf16le');
  return content.toString('latin1');
}
