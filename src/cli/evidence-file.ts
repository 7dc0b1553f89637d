import { readFileSync } from 'node:fs';
import { parseEvidence } from '../engine/load-evidence.ts';
import { evidencePieces } from '../engine/save-evidence.ts';
import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import { writeFile } from './output.ts';

/** @throws UsageError, one line that names the file. */
export function readEvidence(file: string): Evidence {
  return parseEvidence(read(file), file);
}

export function writeEvidence(file: string, evidence: Evidence): void {
  writeFile(file, evidencePieces(evidence));
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
