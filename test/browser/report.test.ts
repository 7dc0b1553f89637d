import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetOf } from '../fixtures/report.ts';
import { firstScreen, htmlOf, launch, open } from './page.ts';
import { reportCases } from '../fixtures/report-cases.ts';
import type { Browser, Page } from 'playwright-core';
import type { Report } from '../../src/model/report.ts';

const everything = reportCases['everything'] as Report;
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser.close());

/** What a screen reader, a keyboard or weak eyes would stumble over, as rule and place. Code for the page is text: no DOM is typed here. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target)))`,
  );
}

describe.each(Object.entries(reportCases))('%s', (_name, report) => {
  test.each(['light', 'dark'] as const)('in %s asks for nothing, is complained of by nobody', async (colorScheme) => {
    await using opened = await open(browser, htmlOf(report), { colorScheme });
    await opened.page.evaluate(`document.querySelectorAll('details').forEach((row) => { row.open = true; })`);
    expect(await violations(opened.page)).toEqual([]);
    expect(opened.requests).toEqual([opened.url]);
    expect(opened.complaints).toEqual([]);
    expect(await opened.page.title()).toMatch(/^API server exposure, /);
  });

  test('fits a telephone without scrolling sideways', async () => {
    await using opened = await open(browser, htmlOf(report), { viewport: { width: 400, height: 800 } });
    expect(await opened.page.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(400);
  });
});

test.each([
  ['an image from elsewhere', '<img alt="" src="https://203.0.113.1/x.png">'],
  ['a style attribute', '<p style="color:red">x</p>'],
  ['a handler', '<details open ontoggle="document.title=1"><summary>x</summary></details>'],
  ['a script', '<script>document.title = "owned"</script>'],
])('the policy stops %s, and this test would see it', async (_name, planted) => {
  await using opened = await open(browser, htmlOf(everything).replace('</main>', `${planted}</main>`));
  await expect.poll(() => opened.complaints.join('\n')).toContain('Content Security Policy');
  expect(await opened.page.title()).toMatch(/^API server exposure, /);
});

test('an image without a description is something that this test would see', async () => {
  await using opened = await open(browser, htmlOf(everything).replace('</main>', '<img src="data:,"></main>'));
  expect((await violations(opened.page)).join()).toContain('image-alt');
});

test('the first screen says what to do first, what is missing, and which clusters are exposed', async () => {
  await using opened = await open(browser, htmlOf(everything));
  const seen = (await firstScreen(opened.page)).replace(/\s+/g, ' ');
  for (const text of [
    'ci-runner (198.51.100.7; outside)',
    '2 of 4 scopes could not be fully read: EKS 123456789012 me-south-1 (not read)',
    '6 of 16 clusters open to the internet',
    '5 proven: the API server answered us',
    'Anonymous requests may administer the cluster',
    'Remove the role bindings',
    'gcloud container clusters update media-prod',
    'orders-stage',
    'media-prod',
  ])
    expect(seen).toContain(text);
});

test('without a script the whole page can be read', async () => {
  await using opened = await open(browser, htmlOf(everything), { javaScriptEnabled: false });
  await opened.page.click('summary:has-text("media-prod")');
  expect(await opened.page.locator('details[open]').innerText()).toContain(
    'gcloud container clusters update media-prod',
  );
  expect(await opened.page.locator('.filter, button').count()).toBe(0);
  expect(await opened.page.locator('#gaps').innerText()).toContain('me-south-1');
});

test('a link to a finding opens the cluster that holds it', async () => {
  await using opened = await open(browser, htmlOf(everything));
  const fingerprint = everything.findings.find(({ checkId }) => checkId === 'admin-exposed')?.fingerprint;
  await opened.page.goto(`${opened.url}#${fingerprint}`);
  await opened.page.reload();
  expect(await opened.page.locator(`[id="${fingerprint}"]`).isVisible()).toBe(true);
});

test('a tile leads to the first cluster of its exposure', async () => {
  await using opened = await open(browser, htmlOf(fleetOf(120, ['exposed', 'broad', 'private'], true)));
  await opened.page.click('.tile a:has-text("Broad")');
  const box = await opened.page.locator('#broad').boundingBox();
  expect(box?.y).toBeLessThan(900);
});

test('the filter keeps what matches and says how many', async () => {
  await using opened = await open(browser, htmlOf(everything));
  await opened.page.fill('input[type=search]', 'exposed gke');
  expect(await opened.page.locator('.cluster:visible').allInnerTexts()).toEqual([
    expect.stringContaining('media-prod'),
  ]);
  expect(await opened.page.locator('[role=status]').innerText()).toBe('1 of 16 clusters');
  expect(await violations(opened.page)).toEqual([]);
});

test('a row opens by keyboard, and the command beside it is copied as it stands', async () => {
  await using opened = await open(browser, htmlOf(everything));
  await opened.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await opened.page.focus('summary:has-text("media-prod")');
  await opened.page.keyboard.press('Enter');
  await opened.page.click('details[open] .finding button >> nth=0');
  await expect
    .poll(() => opened.page.evaluate(`navigator.clipboard.readText()`))
    .toMatch(/^gcloud container clusters update media-prod /);
  expect(opened.complaints).toEqual([]);
});

test('where nothing can be copied, no button offers it, and a refused copy says so', async () => {
  await using opened = await open(browser, htmlOf(everything));
  await opened.page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))`);
  const button = opened.page.locator('.first button');
  await button.click();
  await expect.poll(() => button.innerText()).toBe('Not copied');
  await opened.page.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
  await opened.page.reload();
  expect(await opened.page.locator('button').count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

test('on paper, closed rows are open', async () => {
  await using opened = await open(browser, htmlOf(everything));
  await opened.page.emulateMedia({ media: 'print' });
  expect(await opened.page.locator('.lane:visible').count()).toBeGreaterThan(5);
});

test('a large fleet opens at once', async () => {
  await using opened = await open(browser, htmlOf(fleetOf(2000, ['exposed', 'restricted', 'private', 'broad'], true)));
  const ready = await opened.page.evaluate(`performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`);
  expect(ready).toBeLessThan(15_000);
  expect(opened.complaints).toEqual([]);
});
