import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reporters } from '../../reports/index.ts';
import { evidencePieces } from '../engine/save-evidence.ts';
import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Report, Reporter } from '../model/report.ts';
import { oneOf } from './parse.ts';
import type { RawValues } from './raw-values.ts';

/** A format and where it goes; without a path, to stdout. */
export interface Output {
  readonly reporter: Reporter;
  readonly path?: string;
}

/**
 * Which format goes where (`report-contract.md` §2): the nth output belongs to the nth format; one output for several formats
 * is a folder. @throws UsageError where they do not pair up.
 */
export function planOutputs(raw: RawValues): readonly Output[] {
  const formats = raw.get('format')?.values ?? [];
  const paths = raw.get('output')?.values ?? [];
  const source = raw.get('output')?.source ?? '--output';
  const chosen = (formats.length === 0 ? ['text'] : formats).map((id) => findReporter(id, raw));
  if (paths.length === 0 && chosen.length === 1) return chosen.map((reporter) => ({ reporter }));
  if (formats.length === 0) throw new UsageError(`${source}: needs a --format for it`);
  if (paths.length === 0) throw new UsageError(`--output: several formats need a folder, or one --output for each`);
  if (paths.length !== 1 && paths.length !== formats.length) {
    throw new UsageError(
      `${source}: ${paths.length} outputs for ${formats.length} formats; give one for each, or one folder`,
    );
  }
  const outputs = chosen.map((reporter, index) => ({ reporter, path: target(reporter, paths, index, formats.length) }));
  assertDistinct([...outputs.map(({ path }) => path), ...(raw.get('save-evidence')?.values ?? [])]);
  return outputs;
}

function findReporter(id: string, raw: RawValues): Reporter {
  const ids = reporters.map((reporter) => reporter.id);
  const known = oneOf(id, ids, raw.get('format')?.source ?? '--format');
  return reporters[ids.indexOf(known)] as Reporter;
}

function target(reporter: Reporter, paths: readonly string[], index: number, formats: number): string {
  const shared = paths.length === 1 && formats > 1;
  const path = (shared ? paths[0] : paths[index]) ?? '';
  const isFolder = shared || path.endsWith('/') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(path, `report.${reporter.extension}`) : path;
}

/** The second one would replace the first one. */
function assertDistinct(paths: readonly string[]): void {
  const places = paths.map((path) => resolve(path));
  const twice = paths.find((_, index) => places.indexOf(places[index] as string) !== index);
  if (twice !== undefined) throw new UsageError(`--output: ${twice} is named twice`);
}

/**
 * Finds an unwritable place before the scan starts, not after an hour of it: makes the folder, and a file in it for a moment.
 * @throws UsageError that names the option and the path.
 */
export function assertWritable(path: string, option: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
    if (isSpecial(path)) return accessSync(path, constants.W_OK);
    mkdirSync(dirname(path), { recursive: true });
    const probe = temporaryName(path);
    closeSync(openSync(probe, 'wx', 0o600));
    rmSync(probe);
  } catch (error) {
    throw new UsageError(
      `${option}: cannot write ${path}: ${error instanceof Error ? error.message : 'unknown error'}`,
    );
  }
}

/** Writes each output; files appear whole or not at all. */
export function writeOutputs(report: Report, outputs: readonly Output[]): void {
  for (const { reporter, path } of outputs) {
    if (path === undefined) for (const chunk of chunks(reporter.render(report))) process.stdout.write(chunk);
    else writeFile(path, reporter.render(report));
  }
}

/** All that was collected, to be judged again or merged. */
export function writeEvidence(path: string, evidence: Evidence): void {
  writeFile(path, evidencePieces(evidence));
}

/** Pieces into a temporary file beside `path`, then renamed: mode 0600, as a report shows where to knock. */
function writeFile(path: string, pieces: Iterable<string>): void {
  if (isSpecial(path)) return writePieces(openSync(path, 'w'), pieces);
  const temporary = temporaryName(path);
  try {
    writePieces(openSync(temporary, 'wx', 0o600), pieces);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  renameSync(temporary, path);
}

function writePieces(file: number, pieces: Iterable<string>): void {
  try {
    for (const chunk of chunks(pieces)) writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

/** A device or a pipe (`/dev/null`, `>(jq)`), which a rename would put a file in the place of. */
function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Joins small pieces: a system call for each would cost more than the rendering, and large ones need fresh memory each time. */
function* chunks(pieces: Iterable<string>): Iterable<string> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length >= 16_384) {
      yield waiting;
      waiting = '';
    }
  }
  yield waiting;
}

function temporaryName(path: string): string {
  return join(dirname(path), `.kubeperimeter-${randomUUID()}.tmp`);
}
