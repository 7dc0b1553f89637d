import type { ProviderEntry } from '../../src/model/provider.ts';
import { armEndpoint } from './endpoint.ts';
import { meta } from './meta.ts';

export { assertSubscription } from './subscription.ts';

/** `load` throws UsageError where the environment moves Azure Resource Manager, or names the credential, by something unusable. */
export const aks: ProviderEntry = {
  meta,
  load: async (env) => {
    const endpoint = armEndpoint(env);
    const [{ createProvider }, { defaultCredential }] = await Promise.all([
      import('./provider.ts'),
      import('./credential.ts'),
    ]);
    return createProvider({ endpoint, credential: defaultCredential(), retryDelayInMs: 1000 }, env);
  },
};
