import { hash } from 'node:crypto';

/** SHA-256 of the text's UTF-8 bytes, hex. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/** A UUID that stands for the text: the same for the same text. Version 8 of RFC 9562, whose bits are the maker's own. */
export function uuidOf(text: string): string {
  const hex = sha256(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
