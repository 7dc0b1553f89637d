import { UsageError } from '../../src/model/errors.ts';
import { cut } from '../../src/lib/text.ts';

/**
 * Checks a subscription id as the user typed it and returns it in lower case: Azure ignores the case, our ids must not vary with it.
 * Throws UsageError for anything but a UUID (a subscription's display name, say, which Azure Resource Manager does not take).
 */
export function assertSubscription(text: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) {
    throw new UsageError(
      `--azure-subscription ${cut(text, 64)}: not a subscription id; 'az account list --output table' shows the ids`,
    );
  }
  return text.toLowerCase();
}
