import { cut } from '../../lib/text.ts';

/** One DER element (X.690): what is read of certificates and CA names where Node has no call for it. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** Where the next element begins. */
  readonly end: number;
}

/** Elements of one level that are read at most: a hostile name may hold thousands. */
const maxElements = 64;

/** Undefined where no whole element begins there. Lengths beyond three bytes are of nothing that we read. */
export function readElement(bytes: Buffer, at = 0): Element | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const extra = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + extra;
  if (first === 0x80 || extra > 3 || start > bytes.length) return undefined;
  const end = start + (extra === 0 ? first : bytes.readUIntBE(at + 2, extra));
  return end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end };
}

export function readElements(content: Buffer): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; elements.length < maxElements;) {
    const element = readElement(content, at);
    if (element === undefined) break;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

/** An object identifier in dots. */
export function readOid(content: Buffer): string {
  const [first = 0, ...arcs] = readArcs(content);
  const root = Math.min(2, Math.floor(first / 40));
  return cut([root, first - root * 40, ...arcs].join('.'), 64);
}

/** Seven bits a byte, the highest bit set where more follow. */
function readArcs(content: Buffer): readonly number[] {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  return arcs;
}
