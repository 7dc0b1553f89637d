import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { clusterOf, coverageOf, endpointOf, findingOf, fleetOf, reportOf } from '../../fixtures/report.ts';
import { html } from '../../../reports/html.ts';
import { deniedEverywhere } from '../../fixtures/denied-everywhere.ts';
import { reportCases } from '../../fixtures/report-cases.ts';
import type { Report } from '../../../src/model/report.ts';

function pageOf(report: Report): string {
  return [...html.render(report)].join('');
}

function tagsOf(page: string): readonly string[] {
  const body = page
    .replace(/<style>.*?<\/style>/s, '<style></style>')
    .replace(/<script>.*?<\/script>/s, '<script></script>');
  return body.match(/<[a-z!/][^>]*>/gi) ?? [];
}

function attributesOf(page: string, name: string): readonly string[] {
  const pattern = new RegExp(` ${name}="([^"]*)"`, 'g');
  return tagsOf(page).flatMap((tag) => Array.from(tag.matchAll(pattern), (match) => match[1] ?? ''));
}

/** The elements that are closed out of order, or not at all. */
function misnested(page: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const tag of tagsOf(page)) {
    const name = /^<\/?([\w!]+)/.exec(tag)?.[1] ?? '';
    if (['meta', 'br', 'rect', '!doctype'].includes(name)) continue;
    if (!tag.startsWith('</')) open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}

function calmBytes(clusters: number): number {
  return pageOf(fleetOf(clusters, ['restricted', 'private'], true)).length;
}

const pages = Object.entries(reportCases).map(([name, report]) => [name, pageOf(report)] as const);

test('what went wrong in the same way everywhere is one row, with every name in it', () => {
  const page = pageOf(deniedEverywhere(1000));
  expect(page.match(/<code>forbidden<\/code>/g)).toHaveLength(2);
  expect(page).toContain('<summary>1,000 clusters</summary>');
  const names = Array.from({ length: 1000 }, (_, index) => `<bdi>eks:1/eu-west-1/c${index}</bdi>`);
  expect(names.filter((name) => !page.includes(name))).toEqual([]);
});

describe.each(pages)('%s', (_name, page) => {
  test('admits its own style and script by hash, and nothing else', () => {
    const [policy = ''] = attributesOf(page, 'content').filter((content) => content.includes('default-src'));
    for (const [element, directive] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ] as const) {
      const blocks = Array.from(
        page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs')),
        (match) => match[1] ?? '',
      );
      expect(blocks).toHaveLength(1);
      const hash = createHash('sha256')
        .update(blocks[0] ?? '')
        .digest('base64');
      expect(policy).toContain(`${directive} &#39;sha256-${hash}&#39;;`);
    }
    expect(policy).toMatch(/^default-src &#39;none&#39;;/);
    expect(policy).not.toContain('unsafe');
  });

  test('asks for nothing: no source, no style attribute, no handler, and links to https or into the page', () => {
    const tags = tagsOf(page);
    expect(
      tags.filter((tag) => /\s(?:style|src|srcset|on\w+|action|formaction|background|poster|ping)\s*=/i.test(tag)),
    ).toEqual([]);
    expect(
      tags.filter((tag) => /^<(?:img|iframe|object|embed|form|base|link|audio|video|input|template)\b/i.test(tag)),
    ).toEqual([]);
    const out = tags.filter((tag) => tag.startsWith('<a ') && !tag.includes('href="#'));
    expect(out.filter((tag) => !/^<a href="https:\/\/[\w.-]+\/[^"]*" rel="noreferrer">$/.test(tag))).toEqual([]);
  });

  test('every anchor is there, and there once', () => {
    const ids = attributesOf(page, 'id');
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const targets = attributesOf(page, 'href').filter((href) => href.startsWith('#'));
    expect(targets.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
  });

  test('opens and closes its elements in order', () => {
    expect(misnested(page)).toEqual([]);
  });
});

describe('everything', () => {
  const report = reportCases['everything'] as Report;
  const page = pageOf(report);

  test('lists fails and what could not be told by fingerprint, and counts passes', () => {
    const ids = attributesOf(page, 'id');
    const listed = report.findings.filter(({ fingerprint }) => ids.includes(fingerprint));
    expect(new Set(listed.map(({ status }) => status))).toEqual(new Set(['fail', 'unknown']));
    expect(page).toContain('Checks: 7 passed, 1 could not tell');
  });

  test('shows both sides of a conflict', () => {
    expect(page).toMatch(
      /The settings say.*closed.*unchanged.*The wire shows.*203\.0\.113\.20.*issued by.*CN=kubernetes.*It answered again/s,
    );
  });

  test('says of the log whether it will hold our requests', () => {
    expect(page).toContain('The audit log is off by the settings');
    expect(page).toContain('The audit log is on, as far as the settings tell');
    expect(page).toContain('filter auditID = &quot;0f9d6a52');
  });

  test('says what is missing before any number', () => {
    expect(page.indexOf('2 of 4 scopes')).toBeGreaterThan(0);
    expect(page.indexOf('2 of 4 scopes')).toBeLessThan(page.indexOf('class="figure"'));
  });
});

test.each(['nothing-read', 'no-scope'])('%s: shows neither a number nor a zero', (name) => {
  const page = pageOf(reportCases[name] as Report);
  expect(page).toContain('is not known');
  expect(page).not.toMatch(/<span class="figure">|0 clusters|is-clear">/);
});

test.each([
  ['complete', 'is-clear'],
  ['partial', 'is-unknown'],
] as const)('no open cluster in a %s scope is %s', (status, tone) => {
  const clusters = [clusterOf('eks', 'a', [endpointOf('private')])];
  const page = pageOf(reportOf({ clusters, coverage: [coverageOf('eks', status, 1)] }));
  expect(page).toContain(`class="count ${tone}"`);
});

test('at most five lines stand first, and the rest is counted', () => {
  const cluster = clusterOf('eks', 'a', [endpointOf('exposed')]);
  const findings = Array.from({ length: 8 }, (_, at) => findingOf(`check-${at}`, cluster));
  const page = pageOf(reportOf({ clusters: [cluster], findings, coverage: [coverageOf('eks', 'complete', 1)] }));
  const first = /<ol>(.*?)<\/ol>/s.exec(page)?.[1] ?? '';
  expect(first.match(/<li>/g)).toHaveLength(5);
  expect(page).toContain('and 3 more kinds of fix');
});

test('a cluster that needs no decision still says which other way in is open and how much could not be told', () => {
  const paths = (['open', 'closed'] as const).map(
    (state) => ({ kind: 'aks-run-command', state, reason: state }) as const,
  );
  const cluster = clusterOf('aks', 'calm', [endpointOf('restricted')], { otherPaths: paths });
  const findings = ['data-exposed', 'admin-exposed'].map((check) => findingOf(check, cluster, { status: 'unknown' }));
  const [row = ''] = /<tr id=.*?<\/tr>/s.exec(pageOf(reportOf({ clusters: [cluster], findings }))) ?? [];
  expect(row.match(/<li>.*?<\/li>/g)).toEqual(['<li>Run command: open</li>', '<li>2 checks could not tell</li>']);
});

test('the first fix names its clusters and its first command, the others their clusters', () => {
  const clusters = ['a', 'b', 'c', 'd'].map((name) => clusterOf('eks', name, [endpointOf('exposed')]));
  const commands = ['first command', 'second command'];
  const findings = clusters.flatMap((cluster) =>
    ['admin-exposed', 'open-endpoint'].map((check) =>
      findingOf(check, cluster, { remediation: { summary: 'Close it.', commands } }),
    ),
  );
  const [first = ''] = /<ol>.*?<\/ol>/s.exec(pageOf(reportOf({ clusters, findings }))) ?? [];
  expect(first.match(/>[abcd]<|and 1 more/g)).toEqual([
    '>a<',
    '>b<',
    '>c<',
    'and 1 more',
    '>a<',
    '>b<',
    '>c<',
    'and 1 more',
  ]);
  expect(first.match(/\w+ command/g)).toEqual(['first command']);
});

test('clusters that need no decision cost one line each', () => {
  expect((calmBytes(400) - calmBytes(200)) / 200).toBeLessThan(1500);
});

test('a link that is not plain https stays text', () => {
  const cluster = clusterOf('eks', 'a', [endpointOf('exposed')]);
  const references = [
    'javascript:alert(1)',
    'http://example.com/',
    'https://example.com/" onclick="alert(1)',
    'https://example.com/a#b',
  ];
  const page = pageOf(
    reportOf({ clusters: [cluster], findings: [findingOf('open-endpoint', cluster, { references })] }),
  );
  expect(new Set(attributesOf(page, 'href').filter((href) => !href.startsWith('#')))).toEqual(
    new Set(['https://example.com/a#b']),
  );
});
