import type { Command } from 'commander';
import { mergeEvidence } from '../engine/merge.ts';
import { conclude, judge, planConclusion } from './conclude.ts';
import { readEvidence } from './evidence-file.ts';
import { assertWritable, writeEvidence } from './output.ts';
import { single } from './parse.ts';
import { rawFromCommand } from './raw-values.ts';
import { optional } from './read-values.ts';

/**
 * `kubeperimeter merge <evidence files>`: joins evidence of several runs; judges it as `report` does, unless evidence alone is
 * asked for (`--save-evidence` and no `--format`). Returns the exit code.
 */
export function merge(files: readonly string[], command: Command): number {
  const raw = rawFromCommand(command);
  const evidence = mergeEvidence(files.map(readEvidence));
  const target = optional(raw, 'save-evidence', single);
  const isJudged = target === undefined || raw.has('format') || raw.has('output');
  const plan = isJudged ? planConclusion(raw) : undefined;
  if (target !== undefined) {
    assertWritable(target, '--save-evidence');
    writeEvidence(target, evidence);
  }
  if (plan !== undefined)
    return conclude(judge(evidence), plan, evidence.scan.finished ? undefined : 'a run was ended early');
  process.stderr.write(`kubeperimeter: wrote ${target}; exit 0: merged, not judged\n`);
  return 0;
}
