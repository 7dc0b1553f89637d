import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { demoClusters } from '../demo/clusters.ts';
import { demoReport } from './demo-report.ts';
import { firstScreen, launch, open } from './page.ts';

let browser: Browser;
let text: string;
beforeAll(async () => {
  [browser, text] = await Promise.all([launch(), demoReport()]);
});
afterAll(() => browser.close());

test("the demo's report opens without a request, a console message or an error", async () => {
  await using opened = await open(browser, text);
  expect(opened.requests).toEqual([opened.url]);
  expect(opened.complaints).toEqual([]);
});

test.each([true, false])(
  'its first screen names what is open and what to do first (script: %s)',
  async (javaScriptEnabled) => {
    await using opened = await open(browser, text, { javaScriptEnabled });
    const seen = await firstScreen(opened.page);
    const openClusters = demoClusters.filter(({ exposure }) => exposure === 'exposed' || exposure === 'contradiction');
    expect(seen).toMatch(
      new RegExp(`${openClusters.length}\\s+of ${demoClusters.length} clusters open to the internet`),
    );
    expect(seen).toContain('Incomplete: 1 of 5 scopes');
    for (const title of [
      'Fix first',
      'Cluster open to takeover without credentials',
      'API server open to the internet',
    ]) {
      expect(seen).toContain(title);
    }
    for (const name of ['ledger', 'legacy-batch']) expect(seen).toContain(name);
    expect(seen).toContain('aws eks update-cluster-config');
    expect(seen).toContain('me-south-1');
  },
);
