import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import type { RawValues } from './raw-values.ts';

const defaultName = 'kubeperimeter.yaml';

/**
 * Reads the configuration file: the named one, else `kubeperimeter.yaml` where it is present.
 * @throws UsageError that names file, line and key.
 */
export async function readConfigFile(named: string | undefined): Promise<RawValues> {
  if (named === undefined && !existsSync(defaultName)) return new Map();
  const name = named ?? defaultName;
  const text = readText(name);
  // Most runs have no file: they do without the YAML parser.
  return (await import('./config-parser.ts')).parseConfig(text, name);
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (error) {
    throw new UsageError(`--config: cannot read ${name}: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}
