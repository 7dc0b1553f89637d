import { describe, expect, it } from 'vitest';
import { notePages } from '../../../../providers/lib/pages.ts';

const end = { code: 'malformed', message: 'the list: the pages of the list never end' };

function follow(links: Iterable<string>): number {
  const notePage = notePages('the list');
  let followed = 0;
  for (const link of links) {
    notePage(link);
    followed += 1;
  }
  return followed;
}

function* newLinks(count: number): Iterable<string> {
  for (let page = 0; page < count; page += 1) yield `to ${page}`;
}

describe('the pages of a list', () => {
  it('are followed once each', () => {
    expect(follow(newLinks(5_000))).toBe(5_000);
  });

  it.each<[string, Iterable<string>]>([
    ['the same one again', ['a', 'a']],
    ['a circle of them', ['a', 'b', 'c', 'a']],
    ['an endless row of new ones', newLinks(5_001)],
  ])('end with %s', (_, links) => {
    expect(() => follow(links)).toThrow(expect.objectContaining(end));
  });
});
