import { cut } from '../../src/lib/text.ts';
import { wrap } from '../lib/wrap.ts';

/** Columns of the terminal text: what every terminal has. A wider line would be broken anywhere by a narrower one. */
export const width = 80;

/** Longest text of a field: more tells a reader nothing that the JSON report does not. */
const longest = 600;

/** A heading, set off by an empty line. */
export function heading(title: string): readonly string[] {
  return ['', title.toUpperCase()];
}

/** Prose; its later lines stand under the first one's text. `mark` hangs before the first line. */
export function paragraph(text: string, indent: number, mark = ''): readonly string[] {
  const rest = ' '.repeat(indent);
  return wrap(cut(text, longest), width, rest.slice(mark.length) + mark, rest);
}

/** A labelled fact: labels in one column, so that the eye can run down the values. */
export function fact(label: string, text: string): readonly string[] {
  const indent = 16;
  return paragraph(text, indent, label.padEnd(indent - 4));
}

/** A name as one word of a line: short enough to leave room for what is said about it. */
export function shortName(name: string): string {
  return cut(name, 60);
}
