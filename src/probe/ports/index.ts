import { createLimit } from '../../lib/limit.ts';
import type { ConnectTo, PortFacts, PortTarget, ProbeTarget } from '../../model/probe.ts';
import { classifyAddress, mayDial } from '../address.ts';
import type { Observation } from '../observation.ts';
import { knock, type KnockTools } from './knock.ts';
import { serviceAt } from './services.ts';

export { sentTo, serviceAt } from './services.ts';

/** Connections to one host at a time. */
const atOnce = 4;

/** Knocks at the other ports of a host; each address and port once in a run, whichever clusters share it. */
export type KnockAtPorts = (target: ProbeTarget, seen: Observation, tools: KnockTools) => Promise<readonly PortFacts[]>;

/**
 * Only where this cluster's API server has just answered: the address is then its host's, and not what a stale name or a stranger
 * made of it. Empty where it did not. A port that `--connect-to` does not lead to is left out where the API server's own was.
 */
export function createKnocker(): KnockAtPorts {
  const known = new Map<string, Promise<PortFacts | undefined>>();
  return async ({ ports = [] }, seen, tools) => {
    if (seen.identity.peer !== 'this') return [];
    const limit = createLimit(atOnce);
    const knocks = ports.map((port) => limit(() => knockOnce(port, seen, tools, known)));
    return (await Promise.all(knocks)).filter((facts) => facts !== undefined);
  };
}

async function knockOnce(
  target: PortTarget,
  seen: Observation,
  tools: KnockTools,
  known: Map<string, Promise<PortFacts | undefined>>,
): Promise<PortFacts | undefined> {
  const service = serviceAt(target.port);
  const at = whereTo(target, seen);
  if (service === undefined || at === undefined || tools.signal.aborted) return undefined;
  const key = `${at.address} ${at.port} ${target.port}`;
  const knocked = known.get(key) ?? knock(service, at, tools);
  known.set(key, knocked);
  return knocked;
}

function whereTo({ port, connectTo }: PortTarget, { address, via }: Observation): ConnectTo | undefined {
  if (connectTo !== undefined) {
    const isAllowed = mayDial(classifyAddress(connectTo.address), { inside: false, named: true });
    return isAllowed ? connectTo : undefined;
  }
  return address === undefined || via !== undefined ? undefined : { address, port };
}
