import type { Cluster } from '../../model/cluster.ts';
import type { ProbeResult, ProbeTarget } from '../../model/probe.ts';

/** A look that was begun, and whose it was. */
interface Door {
  readonly provider: Cluster['provider'];
  readonly target: ProbeTarget;
  readonly look: Promise<ProbeResult>;
}

/** By host and port. */
export type Doors = Map<string, Door[]>;

/**
 * A kubeconfig may lead to one API server by several entries, and to one that a cloud lists as well. It is looked at once for all of
 * them: a run asks an address no more than a few times, and whoever comes last would learn nothing.
 */
export function lookOnce(
  doors: Doors,
  { provider }: Cluster,
  target: ProbeTarget,
  look: () => Promise<ProbeResult>,
): Promise<ProbeResult> {
  const key = `${target.host.toLowerCase()}:${target.port}`;
  const known = doors.get(key) ?? [];
  const isShared = (other: Door): boolean => provider === 'kubeconfig' || other.provider === 'kubeconfig';
  const same = known.find((other) => isShared(other) && isSameLook(other.target, target));
  if (same !== undefined) return same.look;
  const door = { provider, target, look: look() };
  doors.set(key, [...known, door]);
  return door.look;
}

/** Whoever vouches for the peer decides what it is asked; a name has one `--connect-to`. */
function isSameLook(a: ProbeTarget, b: ProbeTarget): boolean {
  return partsOf(a) === partsOf(b);
}

function partsOf({ serverName, trust, ports }: ProbeTarget): string {
  return JSON.stringify([serverName?.toLowerCase(), trust.kind, 'pem' in trust && trust.pem, ports]);
}
