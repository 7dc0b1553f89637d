import type { ProviderId, ProviderMeta } from '../src/model/provider.ts';
import { meta as aks } from './aks/meta.ts';
import { meta as eks } from './eks/meta.ts';
import { meta as gke } from './gke/meta.ts';
import { meta as kubeconfig } from './kubeconfig/meta.ts';

/** Every provider's static facts, for what must not have any client in reach. */
export const metas: Readonly<Record<ProviderId, ProviderMeta>> = { eks, gke, aks, kubeconfig };
