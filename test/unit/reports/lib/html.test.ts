import { describe, expect, test } from 'vitest';
import { html as markup, render, trusted } from '../../../../reports/lib/html.ts';
import type { Piece } from '../../../../reports/lib/html.ts';

const shown = (piece: Piece) => render(markup`<p title="${piece}">${piece}</p>`);

describe('a value', () => {
  test.each<[string, Piece, string]>([
    ['text', 'plain', '<p title="plain">plain</p>'],
    ['a number', 7, '<p title="7">7</p>'],
    ['false', false, '<p title=""></p>'],
    ['undefined', undefined, '<p title=""></p>'],
    ['nothing', '', '<p title=""></p>'],
    ['zero', 0, '<p title="0">0</p>'],
    ['a list', ['a', 1, '<'], '<p title="a1&lt;">a1&lt;</p>'],
    ['markup characters', `<>&"'`, '<p title="&lt;&gt;&amp;&quot;&#39;">&lt;&gt;&amp;&quot;&#39;</p>'],
    ['what is escaped already', '&lt;', '<p title="&amp;lt;">&amp;lt;</p>'],
    [
      'an invisible character',
      '<\u202E',
      String.raw`<p title="&lt;\u202e">&lt;<span class="invisible">\u202e</span></p>`,
    ],
    [
      'a letter outside the first plane',
      '\u200B😀',
      String.raw`<p title="\u200b😀"><span class="invisible">\u200b</span>😀</p>`,
    ],
  ])('%s', (_name, piece, expected) => {
    expect(shown(piece)).toBe(expected);
  });
});

test('markup inside markup is taken over as it is, at any depth', () => {
  const items = ['a<', 'b'].map((text) => markup`<li>${text}</li>`);
  expect(render(markup`<ul>${items}${[[markup`<li>c</li>`]]}</ul>`)).toBe(
    '<ul><li>a&lt;</li><li>b</li><li>c</li></ul>',
  );
});

test('markup can stand between the attributes of a tag, and a value after it is text again', () => {
  expect(render(markup`<p${markup` id="${'a"b'}"`}>${'\u200B'}</p>`)).toBe(
    String.raw`<p id="a&quot;b"><span class="invisible">\u200b</span></p>`,
  );
});

test('what JSON can hold never passes for markup', () => {
  const forged = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>","0":"<b>"}') as Piece;
  expect(() => render(markup`${forged}`)).toThrow(TypeError);
});

test('trusted text is taken over as it is', () => {
  expect(render(markup`<style>${trusted('a > b { content: "<" }')}</style>`)).toBe(
    '<style>a > b { content: "<" }</style>',
  );
});
