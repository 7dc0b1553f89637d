import { cut } from '../../src/lib/text.ts';

/** The SDK passes on whatever type the server sent, so each field is looked at before it is believed. */
export function text(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value !== '' ? cut(value, length) : undefined;
}
