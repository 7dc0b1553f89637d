import { hasInvisible, visible } from '../../src/lib/text.ts';

/** A symbol, because JSON cannot hold one: no evidence file can pass for markup. */
const markup = Symbol('markup');

/** Markup that `html` made; the only thing that it takes over without escaping. */
export interface Html {
  readonly [markup]: string;
}

export type Piece = Html | string | number | false | undefined | readonly Piece[];

/**
 * Builds markup in which every value is escaped: in attributes as text, elsewhere with each invisible character in a box of its own, since
 * a name that holds them can display as another one. Attribute values stand in double quotes. `false` and undefined leave nothing.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  const inside = attributesOf(parts);
  let text = parts[0] ?? '';
  for (let at = 0; at < values.length; at++) {
    text += renderPiece(values[at], inside[at] ?? false) + (parts[at + 1] ?? '');
  }
  return { [markup]: text };
}

/** For markup of a few kinds that stands on a page thousands of times: each is rendered once. */
export function remember<Kind extends string>(renderKind: (kind: Kind) => Html): (kind: Kind) => Html {
  const known = new Map<Kind, Html>();
  return (kind) => {
    const rendered = known.get(kind) ?? renderKind(kind);
    known.set(kind, rendered);
    return rendered;
  };
}

/** The text of markup, to be written out. */
export function render(piece: Html): string {
  return piece[markup];
}

/** Text that this program wrote and no one else: the style and the script, whose elements know no escaping. */
export function trusted(text: string): Html {
  return { [markup]: text };
}

function renderPiece(piece: Piece, isAttribute: boolean): string {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'number') return String(piece);
  if (typeof piece === 'string') return renderText(piece, isAttribute);
  if (markup in piece) return piece[markup];
  let text = '';
  for (const item of piece) text += renderPiece(item, isAttribute);
  return text;
}

const attributes = new WeakMap<TemplateStringsArray, readonly boolean[]>();

/** For each value of a template whether it stands inside a tag; worked out once for each template. */
function attributesOf(parts: TemplateStringsArray): readonly boolean[] {
  const known = attributes.get(parts);
  if (known !== undefined) return known;
  let before = '';
  const inside = parts.map((part) => {
    before += part;
    return before.lastIndexOf('<') > before.lastIndexOf('>');
  });
  attributes.set(parts, inside);
  return inside;
}

/** Printable ASCII without what markup is made of: most texts, and nothing in them is to be looked for. */
const plain = /^[ !#-%(-;=?-~]*$/;

function renderText(text: string, isAttribute: boolean): string {
  if (plain.test(text)) return text;
  return isAttribute ? escape(visible(text)) : escapeContent(text);
}

function escapeContent(text: string): string {
  if (!hasInvisible(text)) return escape(text);
  return Array.from(text, (character) =>
    hasInvisible(character) ? `<span class="invisible">${visible(character)}</span>` : escape(character),
  ).join('');
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities.get(character) ?? '');
}
