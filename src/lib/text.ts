/**
 * Whatever came from a server is hostile text. It is cut where it is read (`cut`), made visible where it is shown
 * (`visible`), and escaped by each format on top of that.
 */

/**
 * Control, bidirectional, zero-width and filler characters, line separators and halves of a pair: a name that holds one can
 * display as another name.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What `invisible` takes ten times as long to look through: most texts hold none of it. */
const beyondPrintableAscii = /[^ -~]/;

/** At most `length` characters; what was cut shows as an ellipsis. Never splits a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/u.test(text[length - 2] ?? '') ? length - 2 : length - 1;
  return `${text.slice(0, Math.max(0, end))}…`;
}

/** The same text with each invisible character written as an escape: `\u200b`, or `\u{e0001}` beyond the first 65,536. */
export function visible(text: string): string {
  if (!beyondPrintableAscii.test(text)) return text;
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0)?.toString(16).padStart(4, '0') ?? '';
    return code.length > 4 ? `\\u{${code}}` : `\\u${code}`;
  });
}

/** The same for JSON that is already text: each becomes the escapes of its one or two code units, which any parser reads back. */
export function visibleJson(json: string): string {
  if (!beyondPrintableAscii.test(json)) return json;
  return json.replace(invisible, (character) => {
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

export function hasInvisible(text: string): boolean {
  return beyondPrintableAscii.test(text) && text.search(invisible) >= 0;
}

/** One POSIX shell word. Text with invisible characters has no honest quoting: callers give a sentence instead of a command. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Fills `{name}` placeholders. One without a value stays as it is, so that a forgotten value shows. */
export function fill(
  template: string,
  values: Readonly<Record<string, string | number | undefined>>,
  quote: (text: string) => string = (text) => text,
): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? placeholder : quote(String(value));
  });
}

/** `65,536`. By hand: the formatter of `Intl` takes 8 ms to load, as long as rendering a hundred clusters. */
export function formatCount(count: number | bigint): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 cluster`, `2 clusters`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
