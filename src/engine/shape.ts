import { UsageError } from '../model/errors.ts';

/** @throws UsageError that names the field. `at` is the field's path. */
type Look = (value: unknown, at: string) => void;

/**
 * What a value read from a file must look like. A shape only looks: the value itself is kept, so that a file which is loaded
 * and one that never was give the same bytes.
 */
export interface Shape<Value> extends Look {
  /** Never set: ties the shape to its type exactly, so that a word which a type gains does not compile until it stands here. */
  readonly of?: (value: Value) => Value;
}

type OptionalShape<Value> = Shape<Value> & { readonly isOptional: true };

type Fields<Value> = {
  readonly [Key in keyof Value]-?: object extends Pick<Value, Key>
    ? OptionalShape<Exclude<Value[Key], undefined>>
    : Shape<Value[Key]>;
};

export const text: Shape<string> = (value, at) => expect(typeof value === 'string', at, 'a text');

export const flag: Shape<boolean> = (value, at) => expect(typeof value === 'boolean', at, 'true or false');

export const onlyTrue: Shape<true> = (value, at) => expect(value === true, at, 'true');

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** In UTC, as we write it: what else a machine takes for a time depends on its zone, and on its patience. */
export const time: Shape<string> = (value, at) =>
  expect(typeof value === 'string' && iso.test(value) && !Number.isNaN(Date.parse(value)), at, 'a time');

export function numberIn(least: number, most: number): Shape<number> {
  return (value, at) =>
    expect(typeof value === 'number' && value >= least && value <= most, at, `a number from ${least} to ${most}`);
}

export function wholeNumberIn(least: number, most: number): Shape<number> {
  return (value, at) => {
    numberIn(least, most)(value, at);
    expect(Number.isInteger(value), at, 'a whole number');
  };
}

export function word<const Word extends string>(...words: readonly Word[]): Shape<Word> {
  return (value, at) =>
    expect(
      words.some((known) => known === value),
      at,
      `one of ${words.join(', ')}`,
    );
}

export function listOf<Item>(item: Shape<Item>): Shape<readonly Item[]> {
  return (value, at) => {
    expect(Array.isArray(value), at, 'a list');
    for (const [index, found] of (value as unknown[]).entries()) item(found, `${at}[${index}]`);
  };
}

export function optional<Value>(shape: Shape<Value>): OptionalShape<Value> {
  return Object.assign((value: unknown, at: string) => shape(value, at), { isOptional: true as const });
}

/** An object that holds these fields, and maybe others, which a later version may have written. */
export function record<Value>(fields: Fields<Value>): Shape<Value> {
  const entries = Object.entries(fields) as [string, Look & { readonly isOptional?: true }][];
  return (value, at) => {
    const found = objectAt(value, at);
    for (const [key, shape] of entries) {
      if (shape.isOptional === true && !Object.hasOwn(found, key)) continue;
      shape(found[key], at === '' ? key : `${at}.${key}`);
    }
  };
}

/** One of several records, told apart by their `kind`. */
export function variant<Value extends { readonly kind: string }>(variants: {
  readonly [Kind in Value['kind']]: Shape<Extract<Value, { readonly kind: Kind }>>;
}): Shape<Value> {
  const known: Readonly<Record<string, Look>> = variants;
  return (value, at) => {
    const { kind } = objectAt(value, at);
    word(...Object.keys(known))(kind, `${at}.kind`);
    known[String(kind)]?.(value, at);
  };
}

function objectAt(value: unknown, at: string): Record<string, unknown> {
  expect(typeof value === 'object' && value !== null && !Array.isArray(value), at, 'an object');
  return value as Record<string, unknown>;
}

function expect(isAsExpected: boolean, at: string, expected: string): void {
  if (!isAsExpected) throw new UsageError(`${at === '' ? 'the file' : at} is not ${expected}`);
}
