import { createLimit } from '../../lib/limit.ts';
import type { AddressResult, ConnectTo, PortFacts, PortTarget, ProbeResult, ProbeTarget } from '../../model/probe.ts';
import { classifyAddress, mayDial } from '../address.ts';
import { knock, type KnockTools } from './knock.ts';
import { isBuiltByProvider, isOfProvider } from './owner.ts';
import { serviceAt } from './services.ts';

export { sentTo, serviceAt } from './services.ts';

/** Connections to one host at a time. */
const atOnce = 4;

/** Knocks at the other ports of a host; each address and port once in a run, whichever clusters share it. */
export type KnockAtPorts = (
  target: ProbeTarget,
  seen: ProbeResult,
  tools: KnockTools,
) => Promise<readonly PortFacts[] | undefined>;

/**
 * Only where this cluster's API server has just answered: the address is then its host's, and not what a stale name or a stranger
 * made of it. Undefined on a provider's host; empty where nothing was tried for another reason. A port that `--connect-to` does not
 * lead to is left out where the API server's own was.
 */
export function createKnocker(): KnockAtPorts {
  const known = new Map<string, Promise<PortFacts | undefined>>();
  return async (target, seen, tools) => {
    const looks = seen.addresses ?? [seen];
    if (isOfProvider(target, looks)) return undefined;
    if (isBuiltByProvider(looks)) return [];
    const hosts = looks.filter(({ identity }) => identity.peer === 'this');
    const found = await Promise.all(
      hosts.map(async (look) => {
        const facts = await knockAtHost(target, look, tools, known);
        return hosts.length > 1 ? facts.map((one) => ({ ...one, ...addressOf(look) })) : facts;
      }),
    );
    const facts = found.flat();
    // What was cut short has proven no absence.
    return tools.signal.aborted ? facts.filter(({ state }) => state === 'answers' || state === 'accepts') : facts;
  };
}

/** A name may stand for several machines of one control plane, and each has its own ports. */
async function knockAtHost(
  { ports = [] }: ProbeTarget,
  look: AddressResult,
  tools: KnockTools,
  known: Map<string, Promise<PortFacts | undefined>>,
): Promise<readonly PortFacts[]> {
  const limit = createLimit(atOnce);
  const knocks = ports.map((port) => limit(() => knockOnce(port, look, tools, known)));
  return (await Promise.all(knocks)).filter((facts) => facts !== undefined);
}

function addressOf({ address }: AddressResult): Pick<PortFacts, 'address'> {
  return address === undefined ? {} : { address };
}

async function knockOnce(
  target: PortTarget,
  look: AddressResult,
  tools: KnockTools,
  known: Map<string, Promise<PortFacts | undefined>>,
): Promise<PortFacts | undefined> {
  const service = serviceAt(target.port);
  const at = whereTo(target, look);
  if (service === undefined || at === undefined || tools.signal.aborted) return undefined;
  const key = `${at.address} ${at.port} ${target.port}`;
  const knocked = known.get(key) ?? knock(service, at, tools);
  known.set(key, knocked);
  return knocked;
}

function whereTo({ port, connectTo }: PortTarget, { address, via }: AddressResult): ConnectTo | undefined {
  if (connectTo !== undefined) {
    const isAllowed = mayDial(classifyAddress(connectTo.address), { inside: false, named: true });
    return isAllowed ? connectTo : undefined;
  }
  return address === undefined || via !== undefined ? undefined : { address, port };
}
