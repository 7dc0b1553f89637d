import { UsageError } from '../../src/model/errors.ts';
import { cut } from '../../src/lib/text.ts';

/**
 * Throws UsageError for anything but a UUID: a subscription's display name, say, which Azure Resource Manager does not take.
 * The caller puts before the message where the text stood.
 */
export function assertSubscription(text: string): void {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return;
  const given = JSON.stringify(cut(text, 64));
  throw new UsageError(`${given} is not a subscription id; \`az account list --output table\` shows the ids`);
}
