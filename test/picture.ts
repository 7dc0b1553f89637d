import { fileURLToPath } from 'node:url';
import { demoReport } from './browser/demo-report.ts';
import { launch, open } from './browser/page.ts';

// The picture of the README: the first screen of the demo's report. Needs Chromium; run after a change of the page.
const browser = await launch();
{
  await using opened = await open(browser, await demoReport());
  await opened.page.screenshot({ path: fileURLToPath(new URL('../docs/report.png', import.meta.url)) });
}
await browser.close();
