import type { Command } from 'commander';
import type { OptionSpec } from './scan-options.ts';

/** What was written for one option, and where: an error names the place. Switches hold `true`. */
export interface RawValue {
  readonly values: readonly string[];
  /** `--aws-region`, or `kubeperimeter.yaml:4: aws-region`. */
  readonly source: string;
}

export type RawValues = ReadonlyMap<string, RawValue>;

/** Declares the options of a table on a command, under their headings. */
export function declareOptions(command: Command, specs: readonly OptionSpec[]): Command {
  for (const { long, group, value, valueIsOptional, repeatable, help } of specs) {
    command.optionsGroup(`${group}:`);
    const text = repeatable ? `${help}; repeatable` : help;
    if (value === undefined) command.option(`--${long}`, text);
    else if (valueIsOptional) command.option(`--${long} [${value}]`, text);
    else if (repeatable) command.option(`--${long} <${value}>`, text, appendTo);
    else command.option(`--${long} <${value}>`, text);
  }
  return command;
}

function appendTo(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** The options that stood on the command line. */
export function rawFromCommand(command: Command): RawValues {
  const raw = new Map<string, RawValue>();
  for (const option of command.options) {
    const attribute = option.attributeName();
    if (command.getOptionValueSource(attribute) !== 'cli' || option.long == null) continue;
    const value: unknown = command.getOptionValue(attribute);
    const values = Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : 'true'];
    raw.set(option.long.slice(2), { values, source: option.long });
  }
  return raw;
}
