/**
 * Whatever came from a server is hostile text. It is cut where it is read (`cut`), made visible where it is shown
 * (`visible`), and escaped by each format on top of that.
 */

/** Control, bidirectional and zero-width characters: a name that holds them can display as another one. */
// eslint-disable-next-line no-control-regex
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** At most `length` characters; what was cut shows as an ellipsis. Never splits a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/u.test(text[length - 2] ?? '') ? length - 2 : length - 1;
  return `${text.slice(0, Math.max(0, end))}…`;
}

/** The same text with each invisible character written as `\uXXXX`. */
export function visible(text: string): string {
  return text.replace(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function hasInvisible(text: string): boolean {
  return text.search(invisible) >= 0;
}

/** One POSIX shell word. Text with invisible characters has no honest quoting: callers give a sentence instead of a command. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Fills `{name}` placeholders. One without a value stays as it is, so that a forgotten value shows. */
export function fill(
  template: string,
  values: Readonly<Record<string, string | number>>,
  quote: (text: string) => string = (text) => text,
): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? quote(String(values[name])) : placeholder,
  );
}

/** `1 cluster`, `2 clusters`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
