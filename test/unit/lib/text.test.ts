import { describe, expect, test } from 'vitest';
import {
  cut,
  fill,
  formatCount,
  hasInvisible,
  plural,
  shellQuote,
  visible,
  visibleJson,
} from '../../../src/lib/text.ts';
import { execFileSync } from 'node:child_process';

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['abcd', 1, '…'],
  ['', 3, ''],
  ['a😀bc', 3, 'a…'],
  ['a😀bc', 4, 'a😀…'],
  ['ab😀', 4, 'ab😀'],
])('%j cut to %i is %j', (text, length, expected) => {
  const short = cut(text, length);
  expect(short).toBe(expected);
  expect(short.length).toBeLessThanOrEqual(length);
  expect(short.isWellFormed()).toBe(true);
});

describe('characters that do not show', () => {
  test.each([
    ['a\u0000b', 'a\\u0000b'],
    ['a\nb', 'a\\u000ab'],
    ['\u001b[31m', '\\u001b[31m'],
    ['\u007f\u009b', '\\u007f\\u009b'],
    ['soft\u00adhyphen', 'soft\\u00adhyphen'],
    ['\u202etxt.exe', '\\u202etxt.exe'],
    ['\u200b\u2060\ufeff', '\\u200b\\u2060\\ufeff'],
    ['\u2066a\u2069', '\\u2066a\\u2069'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\u3164\u115f\uffa0', '\\u3164\\u115f\\uffa0'],
    ['\u180e\u034f', '\\u180e\\u034f'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\ud800'],
  ])('%j shows as %s', (text, expected) => {
    expect(visible(text)).toBe(expected);
    expect(hasInvisible(text)).toBe(true);
    expect(hasInvisible(expected)).toBe(false);
  });

  test.each(['prod-1', 'größe', '日本語', 'a b', '😀', "'; DROP", '\\u0000', 'العربية'])(
    '%j stays as it is',
    (text) => {
      expect(visible(text)).toBe(text);
      expect(hasInvisible(text)).toBe(false);
    },
  );
});

test.each(['a\u202eb', '\u{e0041}\u{1d173}', '\ud800', 'a\nb', '😀'])(
  '%j reads the same from JSON that shows',
  (text) => {
    const shown = visibleJson(JSON.stringify({ text }));
    expect(hasInvisible(shown)).toBe(false);
    expect(JSON.parse(shown)).toEqual({ text });
  },
);

test('a quoted word reaches a command as it was', () => {
  const words = [
    'plain',
    "it's",
    'a b',
    '$(id)',
    '`id`',
    '$HOME',
    'a"b',
    'a\\b',
    '*',
    '~',
    '',
    '!!',
    '; true',
    "''",
    '{a,b}',
    'ä',
    'a#b',
    '#a',
  ];
  const output = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${words.map(shellQuote).join(' ')}`], {
    encoding: 'utf8',
  });
  expect(output).toBe(words.map((word) => `${word}\n`).join(''));
});

test('a plain word is not quoted, so that commands stay readable', () => {
  expect(shellQuote('projects/p/locations/eu-1:443')).toBe('projects/p/locations/eu-1:443');
});

test.each<[string, Record<string, string | number>, string]>([
  ['{a} and {b}', { a: 'x', b: 2 }, 'x and 2'],
  ['{a}{a}', { a: 'x' }, 'xx'],
  ['{missing}', {}, '{missing}'],
  ['{a}', { a: '{b}', b: 'no' }, '{b}'],
  ['{a}', { a: '$&' }, '$&'],
  ['{toString} {__proto__}', {}, '{toString} {__proto__}'],
  ['{ a } {}', { a: 'x' }, '{ a } {}'],
])('%j filled with %j is %j', (template, values, expected) => {
  expect(fill(template, values)).toBe(expected);
});

test('each value is quoted, the template is not', () => {
  expect(fill('run {a} "now"', { a: 'x y' }, shellQuote)).toBe(`run 'x y' "now"`);
});

test.each([
  [0, '0 clusters'],
  [1, '1 cluster'],
  [2, '2 clusters'],
  [12_345, '12,345 clusters'],
])('%i: %s', (count, expected) => {
  expect(plural(count, 'cluster')).toBe(expected);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [65_536, '65,536'],
  [1_234_567, '1,234,567'],
  [2n ** 64n, '18,446,744,073,709,551,616'],
])('%s is written with its thousands apart', (count, expected) => {
  expect(formatCount(count)).toBe(expected);
});
