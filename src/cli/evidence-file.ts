import { readFileSync } from 'node:fs';
import { parseEvidence } from '../engine/load-evidence.ts';
import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';

/** @throws UsageError, one line that names the file. */
export function readEvidence(file: string): Evidence {
  return parseEvidence(read(file), file);
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
