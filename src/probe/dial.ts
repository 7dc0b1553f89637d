import { isIPv4, type Socket } from 'node:net';

import { classifyAddress, mayDial } from './address.ts';
import { connect, type ConnectFailure } from './connect.ts';
import { maxAddressesPerFamily } from './limits.ts';
import { sawNothing, type Observation } from './observation.ts';
import { resolve, type ResolvedAddress } from './resolve.ts';
import type { Run } from './run.ts';

/** Where to dial: literal addresses, fixed before the first connect and not asked for again. */
export interface Aim {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly facts: Pick<Observation, 'via' | 'resolved'>;
}

/** Resolves, classifies, and decides what may be dialled; an observation where nothing may. */
export async function takeAim(run: Run): Promise<Aim | Observation> {
  const { target } = run;
  if (target.connectTo !== undefined) return aimAt(target.connectTo.address, target.connectTo.port);
  const resolution = await resolve(target.host, run.lookup, run.deadline.signal);
  if (resolution.kind === 'ended') {
    return run.deadline.cause() === 'interrupt'
      ? sawNothing('not-probed', 'The run was interrupted.')
      : sawNothing('unresolved', 'The resolver did not answer in time.');
  }
  if (resolution.kind === 'failed') return sawNothing('unresolved', resolution.detail);
  const { addresses: resolved } = resolution;
  const addresses = chooseAddresses(resolved, run.inside);
  if (addresses.length > 0) return { addresses, port: target.port, facts: { resolved } };
  const classes = [...new Set(resolved.map((item) => item.class))].join(', ');
  return sawNothing('not-probed', `No address may be dialled from here: ${classes} only.`, { resolved });
}

/** The user's word covers loopback and private addresses, and nothing that is no host at all. */
function aimAt(address: string, port: number): Aim | Observation {
  const via = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const addressClass = classifyAddress(address);
  if (mayDial(addressClass, { inside: false, named: true })) return { addresses: [address], port, facts: { via } };
  return sawNothing('not-probed', `The address given by --connect-to is never dialled: ${addressClass}.`, { via });
}

/** IPv4 first: allow-lists are written for it, and a machine without IPv6 would waste an attempt. */
function chooseAddresses(resolved: readonly ResolvedAddress[], inside: boolean): readonly string[] {
  const allowed = resolved
    .filter((item) => mayDial(item.class, { inside, named: false }))
    .map(({ address }) => address);
  const ipv4 = allowed.filter((address) => isIPv4(address)).slice(0, maxAddressesPerFamily);
  const ipv6 = allowed.filter((address) => !isIPv4(address)).slice(0, maxAddressesPerFamily);
  return [...ipv4, ...ipv6];
}

/** A TCP connection, and what it showed. */
export interface Dialled {
  readonly socket: Socket;
  readonly address: string;
  readonly port: number;
  readonly facts: Omit<Observation, 'outcome' | 'detail' | 'identity' | 'requests'>;
}

interface Attempt {
  readonly address: string;
  readonly failure: ConnectFailure;
}

/** Connects to the first address that answers. Where none does, one that timed out or was reset is tried once more. */
export async function dial(aim: Aim, run: Run): Promise<Dialled | Observation> {
  const attempts: Attempt[] = [];
  const attempt = async (address: string): Promise<Dialled | undefined> => {
    const connection = await connectOnce(address, aim.port, run);
    if (connection.kind === 'connected') return describeConnection(connection.socket, address, aim);
    attempts.push({ address, failure: connection.kind });
    return undefined;
  };
  for (const address of aim.addresses) {
    const dialled = await attempt(address);
    if (dialled !== undefined) return dialled;
  }
  const lost = attempts.find(({ failure }) => failure === 'timed-out' || failure === 'reset');
  const dialled = lost !== undefined && run.takeRetry() ? await attempt(lost.address) : undefined;
  return dialled ?? describeFailure(attempts, aim, run);
}

function describeConnection(socket: Socket, address: string, { port, facts }: Aim): Dialled {
  const { localAddress = '' } = socket;
  const local = classifyAddress(localAddress) === 'public' ? { localAddress } : {};
  return {
    socket,
    address,
    port,
    facts: { ...facts, ...addressFacts(address), ...local, connected: true, timedOut: false },
  };
}

/** Paced: the first connection to a name is due at once, each further one a second after the last. */
export async function connectOnce(
  address: string,
  port: number,
  run: Run,
): Promise<Awaited<ReturnType<typeof connect>>> {
  await run.awaitTurn();
  if (run.deadline.signal.aborted) return { kind: 'ended' };
  return connect(address, port, run.limits.connect, run.deadline.signal);
}

/** No connection: which of the failures speaks for all of them. Nobody refuses what another one drops. */
function describeFailure(attempts: readonly Attempt[], aim: Aim, run: Run): Observation {
  const first = (failure: ConnectFailure): Attempt | undefined => attempts.find((item) => item.failure === failure);
  const timedOut = first('timed-out');
  const refused = first('refused');
  const shown = timedOut ?? first('reset') ?? refused ?? attempts[0];
  const facts = { ...aim.facts, ...addressFacts(shown?.address) };
  if (timedOut !== undefined) {
    // What is refused elsewhere is no drop of everything: only the plain case may count as an enforced list.
    const isPlain = attempts.every(({ failure }) => ['timed-out', 'unreachable', 'ended'].includes(failure));
    return sawNothing('filtered', 'Connecting timed out.', { ...facts, timedOut: isPlain });
  }
  if (run.deadline.cause() === 'interrupt') return sawNothing('not-probed', 'The run was interrupted.', facts);
  if (first('ended') !== undefined) return sawNothing('inconclusive', 'There was no time left to connect.', facts);
  if (first('reset') !== undefined) return sawNothing('filtered', 'The connection was reset while connecting.', facts);
  if (refused !== undefined) return sawNothing('closed', 'The connection was refused.', facts);
  return sawNothing('filtered', 'The address could not be reached.', facts);
}

/** With `--connect-to` the family is that of the address dialled: what the far end of a tunnel uses is not to be seen from here. */
function addressFacts(address: string | undefined): Pick<Observation, 'address' | 'family'> {
  return address === undefined ? {} : { address, family: isIPv4(address) ? 'ipv4' : 'ipv6' };
}
