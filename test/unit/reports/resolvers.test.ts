import { expect, test } from 'vitest';
import { html } from '../../../reports/html.ts';
import { text } from '../../../reports/text.ts';
import { fleetOf } from '../../fixtures/report.ts';
import type { Report } from '../../../src/model/report.ts';

const report = fleetOf(1, ['restricted'], true);
const vantage: Report['scan']['vantage'] = {
  ...report.scan.vantage,
  resolvers: ['9.9.9.9', '[2620:fe::fe]:53'],
};

test.each([text, html])('the servers that were asked for names stand beside the vantage in %o', (reporter) => {
  const rendered = [...reporter.render({ ...report, scan: { ...report.scan, vantage } })].join('');
  const shown = rendered.replaceAll(/<[^>]*>|\s+/g, ' ').replaceAll(/\s+/g, ' ');
  expect(shown).toMatch(/names by 9\.9\.9\.9 ?, \[2620:fe::fe\]:53/);
  expect([...reporter.render(report)].join('')).not.toContain('names by');
});
