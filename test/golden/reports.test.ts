import { describe, expect, test } from 'vitest';
import { reportCases } from '../fixtures/report-cases.ts';
import { reporters } from '../../reports/index.ts';

/** What users see, byte by byte. Refresh with `vitest run --project golden -u`, and read the difference before you commit it. */
describe.each(Object.entries(reportCases))('%s', (name, report) => {
  test.each(reporters.map((reporter) => [reporter.id, reporter] as const))('as %s', async (_id, reporter) => {
    const text = [...reporter.render(report)].join('');
    await expect(text).toMatchFileSnapshot(`reports/${name}.${reporter.extension}`);
  });
});
