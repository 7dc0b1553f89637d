import { cut, visible } from '../lib/text.ts';
import { UsageError } from '../model/errors.ts';
import { evidenceVersion } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import { assertNames } from './evidence-names.ts';
import { evidenceShape } from './evidence-shape.ts';

/**
 * Reads saved evidence. `name` is the file's, for the message.
 * @throws UsageError, one line naming the file and the field, for what is cut, foreign or of another version.
 */
export function parseEvidence(text: string, name: string): Evidence {
  const value = parseJson(text, name);
  try {
    assertEvidence(value);
    evidenceShape(value, '');
    assertShallow(value);
    assertNames(value as Evidence);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`cannot use ${name}: ${error.message}`);
    throw error;
  }
  return value as Evidence;
}

function parseJson(text: string, name: string): unknown {
  try {
    // Editors on some systems put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageError(`cannot use ${name}: it is no JSON; was it cut?`);
  }
}

/** Says what a file is before it says what is wrong within: a report is the likeliest mistake. */
function assertEvidence(value: unknown): void {
  const { kind, schemaVersion, findings } = (value ?? {}) as Record<string, unknown>;
  if (kind !== 'kubeperimeter-evidence') {
    const is = findings === undefined ? 'it is no evidence of kubeperimeter' : 'it is a report, not evidence';
    throw new UsageError(`${is} (\`scan --save-evidence\` writes evidence)`);
  }
  if (typeof schemaVersion !== 'string') throw new UsageError('schemaVersion is not a text');
  if (schemaVersion === evidenceVersion) return;
  const written = visible(cut(schemaVersion, 16));
  const fix = isNewer(schemaVersion)
    ? 'a newer kubeperimeter wrote it: update this one'
    : 'scan again to write it anew';
  throw new UsageError(`its schema version is ${written}, and this version reads ${evidenceVersion}; ${fix}`);
}

const deepest = 32;

/** A field that nobody reads may be nested without end, and writing the evidence again goes down as far. */
function assertShallow(value: unknown): void {
  const isShallow = (found: unknown, left: number): boolean =>
    typeof found !== 'object' ||
    found === null ||
    (left > 0 && Object.values(found).every((inner) => isShallow(inner, left - 1)));
  if (!isShallow(value, deepest)) throw new UsageError(`it is nested more than ${deepest} deep`);
}

function isNewer(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = evidenceVersion.split('.').map(Number);
  return major > ownMajor || (major === ownMajor && minor > ownMinor);
}
