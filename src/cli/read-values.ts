import { UsageError } from '../model/errors.ts';
import type { RawValue, RawValues } from './raw-values.ts';

/** Each different value of a repeatable option, parsed. */
export function list<T>(raw: RawValues, key: string, parse: (value: string, source: string) => T): T[] {
  const found = raw.get(key);
  return found === undefined ? [] : [...new Set(found.values)].map((value) => parse(value, found.source));
}

export function optional<T>(raw: RawValues, key: string, parse: (value: RawValue) => T): T | undefined {
  const found = raw.get(key);
  return found === undefined ? undefined : parse(found);
}

export function isOn(raw: RawValues, key: string): boolean {
  return (raw.get(key)?.values.length ?? 0) > 0;
}

/** @throws UsageError */
export function notEmpty(value: string, source: string): string {
  if (value.trim() === '') throw new UsageError(`${source}: is empty`);
  return value;
}
