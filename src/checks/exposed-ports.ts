import { defineCheck } from '../model/check.ts';
import type { PortFacts } from '../model/probe.ts';
import { listed } from './lib/wording.ts';

/**
 * What lets anyone in counts wherever it was seen from; that something else answers at all is a matter of the outside alone, and
 * only an answer of the API server itself, from outside, shows that we stand there.
 */
export const exposedPorts = defineCheck(
  {
    id: 'exposed-ports',
    subject: 'endpoint',
    severity: 'medium',
    title: 'More than the API server reachable on its host',
    rationale:
      'The API server should be the only process of a control plane that can be reached from outside. Each further one is ' +
      'another way in, and some of them (etcd, a proxy, an insecure port) ask nobody who they are.',
    messages: {
      unguarded: 'On the host of the API server no credentials are asked for by {services}.',
      reachable: 'Beside the API server {services} can be reached on its host from outside.',
      silent:
        'A connection to {services} came about and nothing was heard: look on the host, as some networks accept for every address, ' +
        'and an etcd without TLS hangs up unheard.',
      untried:
        "Nothing can be said of the other ports: this cluster's API server did not answer there, or is of the build of a provider, " +
        'who may own the host, or the run ended first.',
    },
    remediation: {
      kubeconfig: {
        summary:
          'Bind these processes to loopback or to the network of the nodes, and let the firewall in front of the control ' +
          'plane drop the rest; what answered without credentials may have been used already.',
        commands: [
          'ss --listening --tcp --numeric --processes',
          'nft insert rule inet filter input tcp dport <port> ip saddr != <ranges-of-nodes-and-operators> drop',
        ],
      },
    },
    references: [
      'https://kubernetes.io/docs/reference/networking/ports-and-protocols/',
      'https://kubernetes.io/docs/concepts/security/api-server-bypass-risks/',
    ],
    needsProbe: true,
  },
  ({ endpoint, probe }, { exposure = endpoint.exposure }) => {
    const ports = probe?.result.ports;
    if (ports === undefined) return { status: 'not-applicable' };
    if (ports.length === 0) return { status: 'unknown', message: 'untried' };
    const silent = ports.filter(({ state }) => state === 'accepts');
    const answering = ports.filter(({ state }) => state === 'answers');
    const evidence = { ports: ports.filter(({ state }) => state === 'answers' || state === 'accepts') };
    const unguarded = ports.filter(({ grants }) => grants !== undefined);
    if (unguarded.length > 0) {
      const severity = unguarded.some(({ grants }) => grants === 'control') ? 'critical' : 'high';
      return { status: 'fail', message: 'unguarded', values: named(unguarded), evidence, severity };
    }
    const isFromOutside = exposure === 'exposed';
    if (isFromOutside && answering.length > 0) {
      return { status: 'fail', message: 'reachable', values: named(answering), evidence };
    }
    const doubtful = isFromOutside ? silent : silent.filter(mayBeOpenEtcd);
    if (doubtful.length > 0) return { status: 'unknown', message: 'silent', values: named(doubtful), evidence };
    return { status: isFromOutside ? 'pass' : 'not-applicable' };
  },
);

/** An etcd without TLS hangs up at the handshake. It would let anyone in, so its silence counts from wherever it was seen. */
function mayBeOpenEtcd({ port }: PortFacts): boolean {
  return port === 2379 || port === 2380;
}

function named(ports: readonly PortFacts[]): { readonly services: string } {
  return {
    services: listed(
      ports.map(({ port, address, service, usual }) => {
        const place = address === undefined ? '' : ` at ${address}`;
        const name = service === 'API server' ? 'an API server' : service;
        return `${name ?? `what is usually ${usual}`} (port ${port}${place})`;
      }),
    ),
  };
}
