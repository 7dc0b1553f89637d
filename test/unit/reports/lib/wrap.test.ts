import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { shellQuote } from '../../../../src/lib/text.ts';
import { wrap, wrapCommand } from '../../../../reports/lib/wrap.ts';

describe('wrap', () => {
  test.each([
    ['short', 'one two', 10, '', '', ['one two']],
    ['broken at a space', 'one two three', 8, '', '', ['one two', 'three']],
    ['hung under its mark', 'one two three', 10, '- ', '  ', ['- one two', '  three']],
    ['without a space', 'abcdefghij', 4, '', '', ['abcd', 'efgh', 'ij']],
    ['exactly as wide', 'abcd efgh', 9, '', '', ['abcd efgh']],
    ['empty', '', 9, '- ', '  ', ['- ']],
    ['invisible', 'a\u202Eb', 20, '', '', [String.raw`a\u202eb`]],
    ['outside the first plane', '😀😀😀', 4, '', '', ['😀😀', '😀']],
  ])('%s', (_name, text, width, first, rest, lines) => {
    expect(wrap(text, width, first, rest)).toEqual(lines);
  });
});

describe('wrapCommand', () => {
  const words = ['plain', "it's", 'a b --c', '"$HOME"', 'x\\', '`id`', '', 'tail', '--option', "''", 'é'];

  test('gives the shell the same words, however narrow', () => {
    const command = ['printf', '%s\\n', ...words].map(shellQuote).join(' ');
    for (const width of [12, 20, 33, 80, 200]) {
      const said = execFileSync('/bin/sh', ['-c', wrapCommand(command, width, '  ').join('\n')], { encoding: 'utf8' });
      expect(said).toBe(`${words.join('\n')}\n`);
    }
  });

  test('breaks before the word that does not fit', () => {
    expect(wrapCommand('one --two three', 14, ' ')).toEqual([' one --two \\', '   three']);
  });

  test('keeps an option with its value, where both fit', () => {
    const command = 'aws --region eu-west-1 --name prod --yes';
    expect(wrapCommand(command, 23, '')).toEqual(['aws \\', '  --region eu-west-1 \\', '  --name prod --yes']);
    expect(wrapCommand(command, 20, '')).toEqual(['aws --region \\', '  eu-west-1 \\', '  --name prod \\', '  --yes']);
  });

  test('leaves a command whole whose quotes do not close', () => {
    expect(wrapCommand("echo 'a b c d e f", 8, '')).toEqual(["echo 'a b c d e f"]);
  });
});
