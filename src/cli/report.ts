import type { Command } from 'commander';
import { conclude, judge, planConclusion } from './conclude.ts';
import { readEvidence } from './evidence-file.ts';
import { rawFromCommand } from './raw-values.ts';

/** `kubeperimeter report <evidence file>`: judges saved evidence again, to the same bytes. Returns the exit code. */
export function report(file: string, command: Command): number {
  const evidence = readEvidence(file);
  const plan = planConclusion(rawFromCommand(command));
  return conclude(judge(evidence), plan, evidence.scan.finished ? undefined : 'the scan was ended early');
}
