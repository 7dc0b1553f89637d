import type { X509Certificate } from 'node:crypto';

import { tlsVersions, type TlsPosture, type TlsVersion, type Told, type VersionOffer } from '../../model/posture.ts';
import type { TlsFacts } from '../../model/probe.ts';
import { groupName, isPostQuantum } from './groups.ts';
import type { Finished } from './handshake.ts';
import { readName } from './name.ts';
import { versionOf, wireVersions, type Offer } from './offers.ts';
import type { Seen } from './rounds.ts';
import { describeStrength } from './strength.ts';

/** What judging needs beside the handshakes. */
export interface Judging {
  /** Whether a leaf speaks for the peer of the look. */
  readonly isSamePeer: (leaf: X509Certificate) => boolean;
  /** The version of the look. */
  readonly spoken: TlsFacts['version'] | undefined;
  readonly offersPostQuantum: boolean;
  readonly now: Date;
}

type Handshakes = Seen['shaken'];

export function judgePosture({ shaken, connections }: Seen, judging: Judging): TlsPosture {
  const versions = judgeVersions(shaken, judging);
  const finished = finishedOnes(shaken, judging);
  const leaf = finished.find((one) => one.leaf !== undefined)?.leaf;
  const alpn = finished.find((one) => one.alpn !== undefined)?.alpn;
  return {
    versions,
    keyExchange: judgeKeyExchange(versions, shaken, judging),
    ...(alpn !== undefined && { alpn }),
    clientCertificate: judgeRequest(shaken, judging),
    weakCipher: judgeWeak(versions, shaken, judging),
    ...(leaf !== undefined && { certificate: describeStrength(leaf, judging.now) }),
    connections,
  };
}

function finishedOnes(shaken: Handshakes, { isSamePeer }: Judging): readonly Finished[] {
  return [...shaken.values()].flatMap((one) => {
    const finished = one.kind === 'answered' ? one.finished : undefined;
    return finished?.leaf !== undefined && isSamePeer(finished.leaf) ? [finished] : [];
  });
}

/** A no needs a peer that said yes to something: one that is gone, or that turns us away, says nothing about versions. */
function judgeVersions(shaken: Handshakes, judging: Judging): readonly VersionOffer[] {
  const offers = tlsVersions.map((version) => judgeVersion(version, shaken, judging));
  const isSpeaking = offers.some(({ offered }) => offered === 'yes');
  return offers.map((offer) => {
    const isRefused = offer.offered === 'no' && (!isSpeaking || offer.version === judging.spoken);
    return isRefused ? { version: offer.version, offered: 'unknown', detail: reasons.turnedAway } : offer;
  });
}

function judgeVersion(version: TlsVersion, shaken: Handshakes, judging: Judging): VersionOffer {
  const told = tell(version, shaken, judging);
  const one = shaken.get(version);
  const cipher = told.offered === 'yes' && one?.kind === 'answered' ? one.finished?.cipher : undefined;
  return { version, ...told, ...(cipher !== undefined && { cipher }) };
}

type Answer = Pick<VersionOffer, 'offered' | 'detail'>;

/** A hello of that version is a yes, whatever this Node makes of the rest; one of another version is a no. */
function tell(offer: Offer, shaken: Handshakes, judging: Judging): Answer {
  const one = shaken.get(offer);
  if (one?.kind !== 'answered') return { offered: 'unknown', detail: reasons[one?.kind ?? 'unasked'] };
  const { flight, finished } = one;
  if (flight.hello === undefined) return tellRefusal(offer, flight.alert, shaken, judging);
  if (flight.hello.version !== wireVersions[versionOf(offer)]) return { offered: 'no' };
  const isOther = finished?.leaf !== undefined && !judging.isSamePeer(finished.leaf);
  return isOther ? { offered: 'unknown', detail: reasons.other } : { offered: 'yes' };
}

/** Alerts of RFC 8446, 6.2. */
const [handshakeFailure, protocolVersion, insufficientSecurity, internalError] = [40, 70, 71, 80];

/**
 * The alerts that refuse what was offered. For old versions no shared suite is none of them: this Node lacks suites that a server
 * may still speak them with. All suites of TLS 1.3 it has, and servers from before 1.3 see none that they know in such an offer.
 */
const refusals: Readonly<Record<Offer, readonly number[]>> = {
  TLSv1: [protocolVersion],
  'TLSv1.1': [protocolVersion],
  'TLSv1.2': [protocolVersion],
  'TLSv1.3': [protocolVersion, handshakeFailure],
  weak: [handshakeFailure, insufficientSecurity],
};

/** Any other alert may be about us, or about how often we came: as little of an answer as a connection that is dropped. */
function tellRefusal(offer: Offer, alert: number | undefined, shaken: Handshakes, judging: Judging): Answer {
  if (alert === undefined) return { offered: 'unknown', detail: reasons.garbled };
  const isRefused = refusals[offer].includes(alert) || isByPolicy(offer, alert, shaken, judging);
  if (isRefused) return { offered: 'no' };
  return { offered: 'unknown', detail: `The peer refused it by alert ${alert}, which is not about the version.` };
}

/** OpenSSL's word where its security level leaves no signature for an old version; a peer that went on to answer the last offer meant that. */
function isByPolicy(offer: Offer, alert: number, shaken: Handshakes, judging: Judging): boolean {
  return offer !== 'weak' && alert === internalError && tell('weak', shaken, judging).offered !== 'unknown';
}

const reasons = {
  dropped: 'The peer dropped the connection, which may be about the version or about how often we came.',
  silent: 'The peer left this handshake unanswered.',
  unconnected: 'No further connection came about.',
  unable: 'This version of Node cannot speak it.',
  ended: 'There was no time left for it.',
  unasked: 'Time or connections ran out before it was asked for.',
  garbled: 'What came was no whole answer of TLS.',
  turnedAway: 'The peer refused it, but this refusal may not be about the version.',
  other: 'Another certificate answered this handshake than the one of the look.',
} as const;

/** Only TLS 1.3 knows hybrids. Where its group was chosen out of an offer without one, nothing follows. */
function judgeKeyExchange(
  versions: readonly VersionOffer[],
  shaken: Handshakes,
  { offersPostQuantum }: Judging,
): TlsPosture['keyExchange'] {
  const isOffered = (version: TlsVersion): Told =>
    versions.find((offer) => offer.version === version)?.offered ?? 'unknown';
  const groupOf = (version: TlsVersion): number | undefined => {
    const one = shaken.get(version);
    if (one?.kind !== 'answered' || isOffered(version) !== 'yes') return undefined;
    return one.flight.group ?? one.flight.hello?.group;
  };
  const [newest, older] = [groupOf('TLSv1.3'), groupOf('TLSv1.2')];
  const id = newest ?? older;
  const group = id === undefined ? {} : { group: groupName(id) };
  if (newest !== undefined && isPostQuantum(newest)) return { ...group, postQuantum: 'yes' };
  if (isOffered('TLSv1.3') === 'no') return { ...group, postQuantum: 'no' };
  return { ...group, postQuantum: newest !== undefined && offersPostQuantum ? 'no' : 'unknown' };
}

/** TLS 1.3 encrypts the request for a certificate; a flight of 1.2 that is whole and holds none is a no. */
function judgeRequest(shaken: Handshakes, judging: Judging): TlsPosture['clientCertificate'] {
  const one = tell('TLSv1.2', shaken, judging).offered === 'yes' ? shaken.get('TLSv1.2') : undefined;
  const flight = one?.kind === 'answered' ? one.flight : undefined;
  if (flight?.authorities !== undefined) return { requested: 'yes', authorities: flight.authorities.map(readName) };
  return { requested: flight?.isDone === true ? 'no' : 'unknown', authorities: [] };
}

/**
 * TLS 1.3 has no weak suites, and older versions than 1.2 are a finding of their own. Suites without authentication show no
 * certificate, so that they count only for a peer that has shown the right one by this version.
 */
function judgeWeak(versions: readonly VersionOffer[], shaken: Handshakes, judging: Judging): TlsPosture['weakCipher'] {
  const spoken = versions.find(({ version }) => version === 'TLSv1.2')?.offered;
  if (spoken !== 'yes') return { accepted: spoken ?? 'unknown' };
  const { offered } = tell('weak', shaken, judging);
  const one = shaken.get('weak');
  if (offered !== 'yes' || one?.kind !== 'answered') return { accepted: offered };
  const id = one.flight.hello?.cipher ?? 0;
  return { accepted: 'yes', cipher: one.finished?.cipher ?? `0x${id.toString(16).padStart(4, '0')}` };
}
