import { visible } from '../../src/lib/text.ts';

/**
 * Lines of at most `width` characters, broken at spaces; what has none and is too long is broken hard, so that a name of 10,000
 * characters cannot push the rest off the screen. The first line starts with `first`, the others with `rest`, of the same length.
 */
export function wrap(text: string, width: number, first = '', rest = first): readonly string[] {
  const lines: string[] = [];
  let start = first;
  let line = '';
  for (const word of visible(text)
    .split(' ')
    .flatMap((part) => chunks(part, width - first.length))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (start.length + joined.length <= width) line = joined;
    else {
      lines.push(start + line);
      start = rest;
      line = word;
    }
  }
  return [...lines, start + line];
}

function chunks(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  const parts = [''];
  for (const character of word) {
    const last = parts.at(-1) ?? '';
    if (last.length + character.length > width) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}

/**
 * A shell command over several lines, broken between words and never inside quotes, so that it can be pasted as it stands. An option
 * stays with its value where both fit. One whose quotes do not close is left whole.
 */
export function wrapCommand(command: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of joinOptions(splitWords(command), width - indent.length - 4)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + joined.length > width - 2) {
      lines.push(`${indent}${line} \\`);
      line = `  ${word}`;
    } else line = joined;
  }
  return [...lines, indent + line];
}

function joinOptions(words: readonly string[], most: number): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1) ?? '';
    const isValue = /^--[\w-]+$/.test(before) && !word.startsWith('-');
    if (isValue && `${before} ${word}`.length <= most) joined[joined.length - 1] = `${before} ${word}`;
    else joined.push(word);
  }
  return joined;
}

function splitWords(command: string): readonly string[] {
  const words = [''];
  let quote = '';
  let escaped = false;
  for (const character of command) {
    if (escaped) escaped = false;
    else if (character === '\\' && quote !== "'") escaped = true;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === "'" || character === '"')) quote = character;
    if (character === ' ' && quote === '') words.push('');
    else words[words.length - 1] += character;
  }
  return quote === '' ? words : [command];
}
