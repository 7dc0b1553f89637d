import type { ProviderEntry } from '../../src/model/provider.ts';
import { meta } from './meta.ts';

/** Self-managed clusters, as a kubeconfig file names them. Used only when it is asked for. */
export const kubeconfig: ProviderEntry = {
  meta,
  load: async (env) => (await import('./provider.ts')).createProvider(env),
};
