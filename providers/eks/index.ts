import type { ProviderEntry } from '../../src/model/provider.ts';
import { meta } from './meta.ts';

export { assertRegion } from './regions.ts';

export const eks: ProviderEntry = {
  meta,
  load: async (env) => (await import('./client.ts')).createEks(env),
};
