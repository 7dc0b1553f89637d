import { expect } from 'vitest';

import { reporters } from '../../../reports/index.ts';
import { hasInvisible } from '../../../src/lib/text.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';
import type { ApiServerOptions } from '../../emulators/apiserver.ts';
import { cluster, evidence, judgeAll, probe } from '../engine/evidence.ts';
import { lookAt, type Looked } from './harness.ts';

/** Bytes that a look may add at most, whatever it is sent, buffers outside the heap included: generous, and far below what a peer offers. */
const mostGrowth = 24 * 2 ** 20;

const mostMilliseconds = 2_600;

function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function rendered(result: ProbeResult): readonly string[] {
  const subject = cluster('hostile');
  const report = judgeAll(evidence({ clusters: [subject], probes: [probe(subject, result)] }));
  return reporters.map((reporter) => [...reporter.render(report)].join(''));
}

export type Server = Partial<ApiServerOptions> & Pick<ApiServerOptions, 'behaviour'>;

/** Looks, and holds the look to its limits and every report to plain text. */
export async function survive(server: Server): Promise<Looked> {
  const before = memoryInUse();
  const looked = await lookAt(server);
  const growth = memoryInUse() - before;
  const { result } = looked;
  expect(result.durationMs).toBeLessThan(mostMilliseconds);
  expect(growth).toBeLessThan(mostGrowth);
  expect(JSON.stringify(result).length).toBeLessThan(16_384);
  const texts = rendered(result);
  expect(texts).toHaveLength(reporters.length);
  for (const text of texts) expect(hasInvisible(text.replaceAll('\n', ''))).toBe(false);
  return looked;
}
