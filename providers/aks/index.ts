import type { ProviderEntry } from '../../src/model/provider.ts';
import { armEndpoint } from './endpoint.ts';
import { meta } from './meta.ts';

export { assertSubscription } from './subscription.ts';

/** A list of many clusters takes seconds; four attempts and the waits between them end within a minute and a half. */
const patience = { retryDelayInMs: 1000, attemptTimeoutInMs: 20_000 } as const;

/** `load` throws UsageError where the environment moves Azure Resource Manager, or names the credential, by something unusable. */
export const aks: ProviderEntry = {
  meta,
  load: async (env) => {
    const endpoint = armEndpoint(env);
    const [{ createProvider }, { defaultCredential }] = await Promise.all([
      import('./provider.ts'),
      import('./credential.ts'),
    ]);
    return createProvider({ endpoint, credential: defaultCredential(), ...patience }, env);
  },
};
