import { flag, listOf, numberIn, onlyTrue, optional, record, text, time, wholeNumberIn, word } from './shape.ts';
import type { Shape } from './shape.ts';
import { outcomes } from '../model/probe.ts';
import { postureShape } from './posture-shape.ts';
import type {
  AddressResult,
  EndpointProbe,
  Identity,
  PeerCertificate,
  PortFacts,
  ProbeRequest,
  ProbeResult,
  SecondLook,
  TlsFacts,
} from '../model/probe.ts';

type Anonymous = NonNullable<AddressResult['anonymous']>;
type Resolved = NonNullable<AddressResult['resolved']>[number];

const tls: Shape<TlsFacts> = record<TlsFacts>({
  version: text,
  cipher: text,
  alpn: optional(text),
  certificate: record<PeerCertificate>({
    subject: text,
    issuer: text,
    names: listOf(text),
    notBefore: text,
    notAfter: text,
    fingerprint: text,
    issuerKey: optional(text),
  }),
  chain: word('cluster-ca', 'public-root', 'local-root', 'none'),
  chainRoot: optional(text),
  nameMatches: flag,
  inValidity: flag,
});

const resolved: Shape<Resolved> = record<Resolved>({
  address: text,
  class: word(
    'public',
    'private',
    'cgnat',
    'unique-local',
    'loopback',
    'link-local',
    'unspecified',

    'multicast',
    'reserved',
  ),
});

const ports: Shape<PortFacts> = record<PortFacts>({
  port: wholeNumberIn(1, 65_535),
  address: optional(text),
  usual: text,
  state: word('closed', 'filtered', 'accepts', 'answers'),
  service: optional(text),
  grants: optional(word('control', 'read')),
  detail: text,
});

const addressFields = {
  outcome: word(...outcomes),
  detail: text,
  startedAt: time,
  durationMs: numberIn(0, Number.MAX_SAFE_INTEGER),
  address: optional(text),
  family: optional(word('ipv4', 'ipv6')),
  via: optional(text),
  connected: flag,
  timedOut: flag,
  resolved: optional(listOf(resolved)),
  unansweredFamily: optional(word('ipv4', 'ipv6')),
  localAddress: optional(text),
  auditId: optional(text),
  tls: optional(tls),
  posture: optional(postureShape),
  requests: listOf(record<ProbeRequest>({ path: text, status: optional(wholeNumberIn(0, 999)) })),
  identity: record<Identity>({
    peer: word('this', 'other', 'none'),
    guess: optional(text),
    signals: listOf(text),
  }),
  gitVersion: optional(text),
  anonymous: optional(
    record<Anonymous>({
      health: optional(flag),
      version: optional(flag),
      discovery: optional(flag),
      data: optional(flag),
      admin: optional(flag),
      bootstrap: optional(flag),
    }),
  ),
  retryAfter: optional(numberIn(0, Number.MAX_SAFE_INTEGER)),
} as const;

const result: Shape<ProbeResult> = record<ProbeResult>({
  ...addressFields,
  addresses: optional(listOf(record<AddressResult>(addressFields))),
  ports: optional(listOf(ports)),
});

export const probeShape: Shape<EndpointProbe> = record<EndpointProbe>({
  clusterId: text,
  role: word('public', 'private', 'dns'),
  vantage: optional(text),
  outdated: optional(onlyTrue),
  result,
  secondLook: optional(
    record<SecondLook>({
      settings: word('equal', 'changed', 'unsettled', 'unread', 'not-read-again', 'equal-afterwards'),
      at: time,
      result: optional(result),
    }),
  ),
});
