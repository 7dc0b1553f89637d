import type { GkeClusterOptions, WireNetworks } from '../../../../emulators/gke.ts';

export type Options = Omit<GkeClusterOptions, 'name'>;

/** What is asserted of a mapped cluster: subsets, as `toMatchObject` takes them. */
export type Case = readonly [title: string, options: Options, expected: Expected];

export interface Expected {
  readonly public?: object;
  readonly private?: object | 'none';
  readonly dns?: object | 'none';
  readonly otherPaths?: readonly object[];
  readonly cluster?: object;
}

/** One list in each field family, or in one of them. */
export const listed = (networks: WireNetworks): Options => ({ networks });
export const ranges = (...blocks: string[]): { displayName: string; cidrBlock: string }[] =>
  blocks.map((cidrBlock) => ({ displayName: 'office', cidrBlock }));

export const office = { enabled: true, cidrBlocks: ranges('198.51.100.0/24') } as const;
export const dnsName = 'gke-0123456789abcdef-1234567890.europe-west1.gke.goog';
export const closedPaths = [
  { kind: 'gke-dns-tokens', state: 'closed' },
  { kind: 'gke-dns-certificates', state: 'closed' },
];
export const googleCloud = (state: string): object => ({ kind: 'gke-google-cloud-addresses', state });
