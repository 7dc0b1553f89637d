import { isIPv4 } from 'node:net';

import { classifyAddress, familyOf, mayDial } from './address.ts';
import { maxAddressesPerFamily } from './limits.ts';
import { sawNothing, type Observation } from './observation.ts';
import { describeGap, resolve, type ResolvedAddress } from './resolve.ts';
import type { Run } from './run.ts';

/** One literal address to look at. All of a look's are fixed before the first connect, and no name is asked for again. */
export interface Place {
  readonly address: string;
  readonly port: number;
  readonly facts: Pick<Observation, 'address' | 'family' | 'via' | 'resolved' | 'unansweredFamily'>;
}

/** Resolves, classifies, and decides what may be dialled; an observation where nothing may. */
export async function takeAim(run: Run): Promise<readonly Place[] | Observation> {
  const { target } = run;
  if (target.connectTo !== undefined) return aimAt(target.connectTo.address, target.connectTo.port);
  const resolution = await resolve(target.host, run.lookup, run.deadline.signal);
  if (resolution.kind === 'ended') {
    return run.deadline.cause() === 'interrupt'
      ? sawNothing('not-probed', 'The run was interrupted.')
      : sawNothing('unresolved', 'The resolver did not answer in time.');
  }
  if (resolution.kind === 'failed') return sawNothing('unresolved', resolution.detail);
  const { kind: _, addresses: resolved, ...gap } = resolution;
  const facts = { resolved, ...gap };
  const addresses = chooseAddresses(resolved, run.inside);
  if (addresses.length > 0) return addresses.map((address) => placeAt(address, target.port, facts));
  const classes = [...new Set(resolved.map((item) => item.class))].join(', ');
  return sawNothing('not-probed', `No address may be dialled from here: ${classes} only.${describeGap(facts)}`, facts);
}

/** The user's word covers loopback and private addresses, and nothing that is no host at all. */
function aimAt(address: string, port: number): readonly Place[] | Observation {
  const via = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const addressClass = classifyAddress(address);
  if (mayDial(addressClass, { inside: false, named: true })) return [placeAt(address, port, { via })];
  return sawNothing('not-probed', `The address given by --connect-to is never dialled: ${addressClass}.`, { via });
}

/** With `--connect-to` the family is that of the address dialled: what the far end of a tunnel uses is not to be seen from here. */
function placeAt(address: string, port: number, facts: Place['facts']): Place {
  return { address, port, facts: { ...facts, address, family: familyOf(address) } };
}

/** IPv4 first: allow-lists are written for it. */
function chooseAddresses(resolved: readonly ResolvedAddress[], inside: boolean): readonly string[] {
  const allowed = resolved
    .filter((item) => mayDial(item.class, { inside, named: false }))
    .map(({ address }) => address);
  const ipv4 = allowed.filter((address) => isIPv4(address)).slice(0, maxAddressesPerFamily);
  const ipv6 = allowed.filter((address) => !isIPv4(address)).slice(0, maxAddressesPerFamily);
  return [...ipv4, ...ipv6];
}
