import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Scalar } from 'yaml';
import { UsageError } from '../model/errors.ts';
import type { RawValue, RawValues } from './raw-values.ts';
import { configOnlyKeys, scanOptions, type OptionSpec } from './scan-options.ts';

const notInAFile = new Set(['config', 'dry-run']);
const keys = new Map(
  [...scanOptions, ...configOnlyKeys].filter(({ long }) => !notInAFile.has(long)).map((spec) => [spec.long, spec]),
);

/** The file's values by the options' long names. @throws UsageError that names file, line and key. */
export function parseConfig(text: string, name: string): RawValues {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => `${name}:${lines.linePos(offset).line}`;
  const broken = document.errors[0];
  if (broken) throw new UsageError(`${place(broken.pos[0])}: ${broken.message.split('\n')[0]}`);
  return new Map(entries(document, place, name).map(({ key, raw }) => [key, raw]));
}

function entries(
  document: Document,
  place: (offset: number) => string,
  name: string,
): { key: string; raw: RawValue }[] {
  if (document.contents === null) return [];
  if (!isMap(document.contents))
    throw new UsageError(`${name}: expected keys and values, as in \`aws-region: [eu-west-1]\``);
  return document.contents.items.map(({ key: node, value }) => {
    const key = String((node as Scalar).value);
    const source = `${place((node as Scalar).range?.[0] ?? 0)}: ${key}`;
    const spec = keys.get(key);
    if (spec === undefined) throw new UsageError(`${source}: unknown key; the keys are the options' long names`);
    return { key, raw: { values: valuesOf(value, spec, source), source } };
  });
}

function valuesOf(node: unknown, spec: OptionSpec, source: string): string[] {
  const items = isSeq(node) ? node.items : [node];
  if (isSeq(node) && !spec.repeatable) throw new UsageError(`${source}: takes one value, not a list`);
  const values = items.map((item) => scalarText(item, source));
  if (spec.value !== undefined) return values;
  if (values[0] !== 'true' && values[0] !== 'false') throw new UsageError(`${source}: takes true or false`);
  return values[0] === 'true' ? values : [];
}

function scalarText(item: unknown, source: string): string {
  const value: unknown = isScalar(item) ? item.value : undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UsageError(`${source}: expected a text, a number, true or false`);
}
