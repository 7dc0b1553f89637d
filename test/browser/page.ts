import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { html } from '../../reports/html.ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Report } from '../../src/model/report.ts';

/** Chromium without anything of its own to say on the network. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export function htmlOf(report: Report): string {
  return [...html.render(report)].join('');
}

/** A page opened from a file as a reader would, with all that it asked for and all that the browser had to say. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly url: string;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

export async function open(browser: Browser, text: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const url = pathToFileURL(join(folder, 'report.html')).href;
  writeFileSync(new URL(url), text);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true });
  };
  return { page, url, requests, complaints, [Symbol.asyncDispose]: close };
}

/** Text within the window as it first opens. */
export function firstScreen(page: Page): Promise<string> {
  return page.evaluate<string>(`
    Array.from(document.querySelectorAll('h1,h2,h3,p,li,a,small,summary,output,strong,pre'))
      .filter((element) => {
        const { top, bottom, height } = element.getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= innerHeight;
      })
      .map((element) => element.innerText)
      .join('\\n')`);
}
