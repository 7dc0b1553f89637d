import type { CallContext } from '../../src/model/provider.ts';

type AskAccount = (region: string, context: CallContext) => Promise<string>;

/** The account of one set of credentials: seen in an ARN, or asked for once by whoever needs it first. */
export interface AccountMemory {
  account: AskAccount;
  rememberAccount(account: string): void;
  isOf(account: string): boolean;
}

/** A region that failed is not asked twice; another one may still answer, as not every region takes every credential. */
export function rememberAccounts(ask: AskAccount): AccountMemory {
  let known: string | undefined;
  let asking: Promise<string> | undefined;
  const failures = new Map<string, unknown>();
  const askOnce: AskAccount = async (region, context) => {
    try {
      return (known = await ask(region, context));
    } catch (error) {
      failures.set(region, error);
      throw error;
    } finally {
      asking = undefined;
    }
  };
  return {
    account: async (region, context) => {
      if (known !== undefined) return known;
      if (failures.has(region)) throw failures.get(region);
      return (asking ??= askOnce(region, context));
    },
    rememberAccount: (account) => (known = account),
    isOf: (account) => known === account,
  };
}
