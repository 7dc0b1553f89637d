import { UsageError } from '../../src/model/errors.ts';

/**
 * Whether a text has the form of an AWS region (`eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`). The SDK takes an unknown
 * name for one of the commercial partition without a word, so a typing error would only show as a host that is not there.
 */
export function isRegion(text: string): boolean {
  const parts = text.split('-');
  const [continent = '', number = ''] = [parts[0], parts.at(-1)];
  const between = parts.slice(1, -1);
  const named = between.length > 0 && between.length <= 3 && between.every((part) => /^[a-z]{2,12}$/.test(part));
  return named && /^[a-z]{2,4}$/.test(continent) && /^\d{1,2}$/.test(number);
}

/** For the command line, before anything is scanned. Raises `UsageError`. */
export function assertRegion(region: string): void {
  if (!isRegion(region)) {
    throw new UsageError(`${JSON.stringify(region)} is not the name of an AWS region, such as eu-west-1`);
  }
}
