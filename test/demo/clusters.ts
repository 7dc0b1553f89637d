import { aks } from './clusters/aks.ts';
import type { DemoCluster } from './clusters/demo-cluster.ts';
import { eks } from './clusters/eks.ts';
import { gke } from './clusters/gke.ts';

export type { DemoCluster } from './clusters/demo-cluster.ts';

/** The address that the demo scans from, as the internet would see it; a label here, since nothing leaves the machine. */
export const vantageAddress = '52.95.110.7';

export const demoClusters: readonly DemoCluster[] = [...eks, ...gke, ...aks];
