import { describe, expect, test } from 'vitest';
import { answer, cluster, endpoint, evidence, open, probe, silence, stranger } from './evidence.ts';
import { sampleMeta } from './rules.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { defineCheck } from '../../../src/model/check.ts';
import type { AddressResult, ProbeResult } from '../../../src/model/probe.ts';

const [v4, v6] = ['192.0.2.10', '2001:4860::10'];

function at(address: string, result: ProbeResult): AddressResult {
  return { ...result, address };
}

/** Cannot tell where nobody answers, and finds strangers worse than the cluster itself. */
const whoAnswers = defineCheck(
  {
    id: 'who-answers',
    subject: 'endpoint',
    severity: 'high',
    title: 'Title.',
    rationale: 'Rationale.',
    messages: { stranger: 'At {address}.', nobody: 'Nobody at {address}.' },
    remediation: { eks: { summary: 'Look.', commands: [] } },
    references: [],
  },
  ({ probe: seen }) => {
    const { peer } = seen?.result.identity ?? {};
    const values = { address: seen?.result.address ?? 'nowhere' };
    if (peer === 'this') return { status: 'pass' };
    return peer === 'other'
      ? { status: 'fail', message: 'stranger', values }
      : { status: 'unknown', message: 'nobody', values };
  },
);

describe('a finding about several observations', () => {
  test.each<[string, readonly [AddressResult, ...AddressResult[]], string]>([
    ['an answer clears up the silence of another address', [at(v4, silence()), at(v6, answer())], 'pass'],
    ['in any order', [at(v6, answer()), at(v4, silence())], 'pass'],
    ['nobody answers anywhere', [at(v6, silence()), at(v4, silence())], 'unknown Nobody at 2001:4860::10.'],
    ['a stranger at one of them', [at(v4, answer()), at(v6, stranger())], 'fail At 2001:4860::10.'],
    ['in any order', [at(v6, stranger()), at(v4, answer())], 'fail At 2001:4860::10.'],
  ])('is one, and the worst: %s', (_, results, expected) => {
    const subject = cluster('prod', { endpoints: [endpoint({ access: open })] });
    const found = evidence({ clusters: [subject], probes: [probe(subject, { ...results[0], addresses: results })] });
    const { findings } = evaluate(found, { checks: [whoAnswers], providers: [sampleMeta('eks')] });
    expect(findings.map(({ status, message = '' }) => `${status} ${message}`.trim())).toEqual([expected]);
  });
});
