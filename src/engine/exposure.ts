import type { AccessSize } from './access.ts';
import type { Admits } from './admits.ts';
import type { EndpointRole, Exposure } from '../model/endpoint.ts';
import type { Side } from './side.ts';

/** Why an answer that contradicts the settings is not settled. */
type Doubt =
  | 'outdated'
  | 'intercepted'
  | 'same-cloud'
  | 'not-repeated'
  | 'not-read-again'
  | 'unread'
  | 'being-changed'
  | 'changed'
  | 'changed-unseen';

/** The evidence of one endpoint, reduced to what decides. */
export interface Reduced {
  readonly role: EndpointRole;
  readonly access: AccessSize;
  /** Whether a DNS endpoint takes Kubernetes tokens or client certificates too. */
  readonly beyondIam: boolean;
  readonly admits: Admits;
  /** Who answered: this cluster, something else, or nobody. */
  readonly seen: 'this' | 'other' | 'nothing';
  /** `none`: the answer was seen twice, under equal settings. */
  readonly doubt: Doubt | 'none';
  /** When the settings were read again that make an answer settled: between the two looks, or by a later scan. */
  readonly readAgain: 'in between' | 'afterwards';
  /** What shows that silence is the settings' doing, where they do not admit us. */
  readonly enforced: 'time-out' | 'private-name' | 'no';
  readonly side: Side;
}

export interface Judgement {
  readonly exposure: Exposure;
  /** The wire showed it, from outside. */
  readonly confirmed: boolean;
  readonly reason: string;
}

const settingsSay = {
  open: { exposure: 'exposed', says: 'the settings admit every address' },
  broad: { exposure: 'broad', says: 'the settings admit a broad set of addresses' },
  narrow: { exposure: 'restricted', says: 'the settings admit listed addresses only' },
  closed: { exposure: 'private', says: 'the settings admit nobody from the internet' },
  unknown: { exposure: 'unknown', says: 'what the settings admit could not be read' },
  none: { exposure: 'unknown', says: 'there are no settings to compare' },
} as const satisfies Record<AccessSize, { exposure: Exposure; says: string }>;

const doubts: Readonly<Record<Doubt, string>> = {
  outdated: 'the settings that were read last are not the ones that it was looked at under',
  intercepted: 'something on our path answers TLS in place of many clusters',
  'same-cloud': 'we may stand in the same cloud, of which unlisted addresses are admitted',
  'not-repeated': 'it was not looked at a second time',
  'not-read-again': 'the settings were not read again: merge the evidence of a later scan',
  unread: 'the settings could not be read again',
  'being-changed': 'the cluster is being changed',
  changed: 'the settings changed while we looked',
  'changed-unseen': 'the settings changed while we looked, and it was not looked at after that',
};

/** What the settings and the wire say together. Total: each combination of reduced values has one conclusion. */
export function judge(reduced: Reduced): Judgement {
  return byRole[reduced.role](reduced);
}

const byRole = {
  private: judgePrivate,
  dns: judgeDns,
  public: judgePublic,
} as const satisfies Record<EndpointRole, (reduced: Reduced) => Judgement>;

/** A private endpoint's access is about the internet, so anything but closed was misread; without settings its address tells. */
function judgePrivate({ access }: Reduced): Judgement {
  if (access === 'none')
    return unproven('private', 'its addresses, as known here, are private: only their network reaches them');
  if (access === 'closed') return unproven('private', 'only its own network reaches it');
  return unproven('unknown', 'what reaches it could not be told');
}

function judgePublic(reduced: Reduced): Judgement {
  const { exposure, says } = settingsSay[reduced.access];
  if (reduced.side === 'inside') return unproven(exposure, `${says}; seen from inside, which decides nothing`);
  if (isOutdated(reduced)) return unproven('unknown', doubts['changed-unseen']);
  if (reduced.seen === 'nothing') return judgeSilence(reduced);
  if (reduced.seen === 'other') return unproven(exposure, `${says}; what answered us is not this cluster`);
  return judgeAnswer(reduced);
}

function judgeAnswer(reduced: Reduced): Judgement {
  const { exposure, says } = settingsSay[reduced.access];
  if (reduced.access === 'none') return judgeLoneAnswer(reduced);
  if (reduced.access === 'open') return proven(reduced, exposure, `${says}, and it answered us`);
  if (reduced.access === 'closed') return contradiction(reduced, says);
  if (reduced.access === 'unknown') return unproven(exposure, `${says}; it answered us`);
  if (reduced.admits === 'no') return contradiction(reduced, 'the list does not admit us');
  if (reduced.admits === 'yes') return proven(reduced, exposure, `${says}; reached from an admitted address`);
  return unproven(exposure, `${says}; it answered us: give --vantage-address to tell whether the list admits us`);
}

/** Without settings the answer is all there is: it came from outside over a public address, unless something on our path gave it. */
function judgeLoneAnswer(reduced: Reduced): Judgement {
  const { says } = settingsSay.none;
  const { doubt } = reduced;
  if (doubt === 'intercepted' || doubt === 'outdated') return unproven('unknown', `${doubts[doubt]}; ${says}`);
  return proven(reduced, 'exposed', `it answered us; ${says}`);
}

function judgeSilence({ access, admits, enforced, doubt }: Reduced): Judgement {
  const { exposure, says } = settingsSay[access];
  const isList = access === 'broad' || access === 'narrow';
  if (isList && admits === 'yes') return unproven(exposure, `${says}; we are admitted, yet nothing answered`);
  if (enforced === 'no' || !(access === 'closed' || (isList && admits === 'no')))
    return unproven(exposure, `${says}; no answer was seen`);
  const shown =
    enforced === 'time-out'
      ? 'connecting timed out, while another endpoint was reached on the same port'
      : 'its name resolves to private addresses only';
  return { exposure, confirmed: doubt !== 'intercepted' && doubt !== 'outdated', reason: `${says}; ${shown}` };
}

/** The front door answers for every cluster and confirms nothing: `this` means that an API server itself answered. */
function judgeDns(reduced: Reduced): Judgement {
  if (isOutdated(reduced)) return unproven('unknown', doubts['changed-unseen']);
  const hasAnswered = reduced.seen === 'this' && reduced.side === 'outside';
  if (reduced.access === 'closed') {
    return hasAnswered
      ? contradiction(reduced, 'external traffic is off', 'an API server')
      : unproven('private', 'external traffic is off');
  }
  // No list applies there, so a list was misread.
  if (reduced.access !== 'open') return unproven('unknown', 'whether it takes external traffic could not be read');
  if (hasAnswered) return proven(reduced, 'exposed', 'an API server answered us without IAM in front');
  if (reduced.beyondIam) return unproven('exposed', 'any network reaches it, and not IAM identities alone');
  return unproven('broad', 'any network reaches it, with IAM in front');
}

/** No look belongs to the settings as they are now. What is open stays exposed whatever a look would show. */
function isOutdated({ doubt, access, side }: Reduced): boolean {
  return side === 'outside' && doubt === 'changed-unseen' && access !== 'open';
}

function contradiction({ doubt, readAgain }: Reduced, says: string, who = 'it'): Judgement {
  if (doubt !== 'none') return unproven('unknown', `${says}, yet ${who} answered us; ${doubts[doubt]}`);
  const reason = `${says}, yet ${who} answered us twice, and the settings read again ${readAgain} were the same`;
  return { exposure: 'contradiction', confirmed: true, reason };
}

function proven({ doubt }: Reduced, exposure: Exposure, reason: string): Judgement {
  const isProof = doubt !== 'intercepted' && doubt !== 'changed-unseen' && doubt !== 'outdated';
  if (isProof) return { exposure, confirmed: true, reason };
  return unproven(exposure, `${reason}; that proves nothing: ${doubts[doubt]}`);
}

function unproven(exposure: Exposure, reason: string): Judgement {
  return { exposure, confirmed: false, reason };
}
