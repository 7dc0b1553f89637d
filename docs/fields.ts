import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from './table.ts';

/** As much of JSON Schema as the report's schema uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
}

type Definitions = Readonly<Record<string, Schema>>;

/** The reference of the JSON report: its schema as tables, one for each kind of object. */
export function fieldsPage(notice: string): string {
  const text = readFileSync(join(import.meta.dirname, '../src/model/report.schema.json'), 'utf8');
  const { $defs, ...root } = JSON.parse(text) as Schema & { readonly $defs: Definitions };
  const objects = namedObjects(root, $defs);
  return [
    `${notice}# Every field of the JSON report\n`,
    'Taken from the [JSON Schema](../src/model/report.schema.json). [How to read the report](report.md)\n',
    'A field marked *optional* is left out where it has no value; no field is ever null or an empty text. New fields may be added within schema version 1.\n',
    ...section('The report', root, $defs),
    ...[...objects].flatMap(([name, schema]) => section(`\`${name}\``, schema, $defs)),
  ].join('\n');
}

/** In the order in which a reader of the report meets them. */
function namedObjects(root: Schema, definitions: Definitions): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  let level: readonly Schema[] = [root];
  while (level.length > 0) {
    const met = new Set(level.flatMap(referencesOf));
    const next = Object.entries(definitions).filter(
      ([name, schema]) => met.has(name) && !found.has(name) && isObject(schema),
    );
    for (const [name, schema] of next) found.set(name, schema);
    level = next.map(([, schema]) => schema);
  }
  return found;
}

function referencesOf(schema: Schema): readonly string[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.allOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [...(schema.$ref === undefined ? [] : [nameOf(schema.$ref)]), ...inner.flatMap(referencesOf)];
}

function section(title: string, schema: Schema, definitions: Definitions): readonly string[] {
  const { own, base } = partsOf(schema);
  return [
    `## ${title}\n`,
    ...(schema.description === undefined ? [] : [`${schema.description}\n`]),
    ...(base === undefined ? [] : [`All fields of ${link(base)}, and:\n`]),
    ...table(['Field', 'Value', 'What it tells'], rowsOf(own, '', definitions)),
    '',
  ];
}

/** An object that builds on another one: that one's name, and what is its own. */
function partsOf(schema: Schema): { own: Schema; base?: string } {
  const [base, own] = schema.allOf ?? [];
  if (own === undefined) return { own: schema };
  return { own, ...(base?.$ref !== undefined && { base: nameOf(base.$ref) }) };
}

function rowsOf(schema: Schema, path: string, definitions: Definitions): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = `${path}${key}`;
    const isOptional = !(schema.required ?? []).includes(key);
    const told = [descriptionOf(field, definitions), isOptional ? '*Optional.*' : '']
      .filter((part) => part !== '')
      .join(' ');
    const nested = field.items?.properties
      ? rowsOf(field.items, `${name}[].`, definitions)
      : rowsOf(field, `${name}.`, definitions);
    return [[`\`${name}\``, valueOf(field, definitions), told], ...nested];
  });
}

/** A field's own words, else those of the words that it may be. */
function descriptionOf({ description, $ref }: Schema, definitions: Definitions): string {
  const target = $ref === undefined ? undefined : definitions[nameOf($ref)];
  const text = description ?? (target?.enum === undefined ? '' : (target.description ?? ''));
  return text.replaceAll('<', '\\<');
}

/** What stands there: its type, the words it may be, or a link to the object. */
function valueOf(schema: Schema, definitions: Definitions): string {
  if (schema.items !== undefined)
    return `list of ${schema.items.properties ? 'objects' : valueOf(schema.items, definitions)}`;
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  const target = schema.$ref === undefined ? undefined : definitions[nameOf(schema.$ref)];
  if (target !== undefined) return isObject(target) ? link(nameOf(schema.$ref ?? '')) : valueOf(target, definitions);
  if (schema.allOf !== undefined) return schema.allOf.map((part) => valueOf(part, definitions)).join(' with ');
  return (
    { string: schema.format === 'date-time' ? 'time' : 'text', boolean: 'true or false' }[schema.type ?? ''] ??
    schema.type ??
    'object'
  );
}

function isObject(schema: Schema): boolean {
  return schema.properties !== undefined || schema.allOf !== undefined;
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function link(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}
