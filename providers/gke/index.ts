import type { ProviderEntry } from '../../src/model/provider.ts';
import { meta } from './meta.ts';

export { assertProject } from './projects.ts';

/** Google Kubernetes Engine. */
export const gke: ProviderEntry = {
  meta,
  load: async (env) => (await import('./provider.ts')).createProvider(env),
};
