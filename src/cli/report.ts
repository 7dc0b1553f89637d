import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parseEvidence } from '../engine/load-evidence.ts';
import { UsageError } from '../model/errors.ts';
import { conclude, judge, planConclusion } from './conclude.ts';
import { rawFromCommand } from './raw-values.ts';

/** `kubeperimeter report <evidence file>`: judges saved evidence again, to the same bytes. Returns the exit code. */
export function report(file: string, command: Command): number {
  const evidence = parseEvidence(read(file), file);
  const plan = planConclusion(rawFromCommand(command));
  return conclude(judge(evidence), plan, evidence.scan.finished ? undefined : 'the scan was ended early');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `cannot read the evidence file ${file}: ${error instanceof Error ? error.message : 'unknown error'}`,
    );
  }
}
