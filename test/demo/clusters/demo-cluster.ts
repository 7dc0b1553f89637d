import type { Behaviour } from '../../emulators/apiserver.ts';
import type { Beside } from '../../emulators/arm.ts';
import type { GkeClusterOptions } from '../../emulators/gke.ts';
import type { WireCapability, WireClusterOptions } from '../../emulators/eks.ts';
import type { Exposure } from '../../../src/model/endpoint.ts';
import type { Outcome } from '../../../src/model/probe.ts';

/** What stands where a cluster's API server would: a fake server, silence, a refusal, or what its name resolves to. */
type Wire =
  | { readonly answers: Behaviour; readonly certificate?: 'of another authority'; readonly tls?: 'from 1.0 on' }
  | 'drops packets'
  | 'refuses'
  | { readonly resolvesTo: readonly string[] }
  | 'nothing';

/** One made-up cluster: how its cloud describes it, what the wire shows, and what the scan has to say of it. */
export type DemoCluster = {
  readonly name: string;
  /** What it is there to show. */
  readonly shows: string;
  readonly wire: Wire;
  readonly exposure: Exposure;
  /** Of the endpoint that sets the exposure: the DNS one where access by address is off. Absent for external clusters. */
  readonly outcome?: Outcome;
} & (
  | {
      readonly cloud: 'eks';
      readonly region: string;
      readonly settings: Omit<WireClusterOptions, 'name'>;
      readonly capabilities?: readonly WireCapability[];
    }
  | { readonly cloud: 'eks-connector'; readonly region: string }
  | { readonly cloud: 'gke'; readonly settings: Omit<GkeClusterOptions, 'name'> }
  | { readonly cloud: 'aks'; readonly settings: Readonly<Record<string, unknown>>; readonly beside?: Beside }
);

/** A range that some of the lists admit; not ours. */
export const office = '203.0.113.0/24';
