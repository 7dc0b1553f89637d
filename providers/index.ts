import type { ProviderEntry } from '../src/model/provider.ts';
import { aks } from './aks/index.ts';
import { eks } from './eks/index.ts';
import { gke } from './gke/index.ts';
import { kubeconfig } from './kubeconfig/index.ts';

/** Every provider, in the order of the report. Adding one is a folder and a line here. */
export const providers: readonly ProviderEntry[] = [eks, gke, aks, kubeconfig];
