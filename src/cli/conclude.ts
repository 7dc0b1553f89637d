import { evaluate } from '../engine/evaluate.ts';
import { exitCode } from '../engine/exit.ts';
import { checks } from '../checks/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Report } from '../model/report.ts';
import { severities, type Severity } from '../model/severity.ts';
import { providers } from '../../providers/index.ts';
import { oneOf, single } from './parse.ts';
import { assertWritable, planOutputs, writeOutputs, type Output } from './output.ts';
import type { RawValues } from './raw-values.ts';

/** How a report leaves the program: where to, and what makes it fail. */
export interface Conclusion {
  readonly outputs: readonly Output[];
  readonly failOn: Severity | 'none';
  readonly allowPartial: boolean;
}

/** @throws UsageError, also for an output that cannot be written. */
export function planConclusion(raw: RawValues): Conclusion {
  const failOn = raw.get('fail-on');
  const outputs = planOutputs(raw);
  for (const { path } of outputs) if (path !== undefined) assertWritable(path, raw.get('output')?.source ?? '--output');
  return {
    outputs,
    failOn: failOn ? oneOf(single(failOn), [...severities, 'none'], failOn.source) : 'high',
    allowPartial: (raw.get('allow-partial')?.values.length ?? 0) > 0,
  };
}

/** Judges evidence. */
export function judge(evidence: Evidence): Report {
  return evaluate(evidence, { checks, providers: providers.map(({ meta }) => meta) });
}

/**
 * Writes the report and says on stderr which exit code it is and why.
 * A run that was ended early never exits 0: what it did not reach is not fine.
 */
export function conclude(report: Report, plan: Conclusion, endedEarly?: string): number {
  writeOutputs(report, plan.outputs);
  const { code, why } = exitCode(report, plan);
  const [shown, reason] = endedEarly !== undefined && code === 0 ? [3, endedEarly] : [code, why];
  const files = plan.outputs.flatMap(({ path }) => path ?? []);
  const written = files.length > 0 ? `wrote ${files.join(', ')}; ` : '';
  process.stderr.write(`kubeperimeter: ${written}exit ${shown}: ${reason}\n`);
  return shown;
}
