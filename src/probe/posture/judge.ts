import type { X509Certificate } from 'node:crypto';

import { tlsVersions, type TlsPosture, type TlsVersion, type Told, type VersionOffer } from '../../model/posture.ts';
import type { TlsFacts } from '../../model/probe.ts';
import { groupName, isPostQuantum } from './groups.ts';
import type { Finished, Shaken } from './handshake.ts';
import { readName } from './name.ts';
import { wireVersions } from './offers.ts';
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
    clientCertificate: judgeRequest(shaken.get('TLSv1.2')),
    weakCipher: judgeWeak(versions, shaken.get('weak'), judging),
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
  const offers = tlsVersions.map((version) => judgeVersion(version, shaken.get(version), judging));
  const isSpeaking = offers.some(({ offered }) => offered === 'yes');
  return offers.map((offer) => {
    const isRefused = offer.offered === 'no' && (!isSpeaking || offer.version === judging.spoken);
    return isRefused ? { version: offer.version, offered: 'unknown', detail: reasons.turnedAway } : offer;
  });
}

function judgeVersion(version: TlsVersion, shaken: Shaken | undefined, judging: Judging): VersionOffer {
  const told = tell(version, shaken, judging);
  if (told.offered !== 'yes' || shaken?.kind !== 'answered') return { version, ...told };
  const cipher = shaken.finished?.cipher;
  return { version, ...told, ...(cipher !== undefined && { cipher }) };
}

type Answer = Pick<VersionOffer, 'offered' | 'detail'>;

/**
 * A hello of that version is a yes, whatever this Node makes of the rest. An alert instead is a no, and so is a hello of another
 * version, or a connection that is dropped twice: there are servers and balancers that refuse like that.
 */
function tell(version: TlsVersion, shaken: Shaken | undefined, { isSamePeer }: Judging): Answer {
  if (shaken?.kind === 'dropped') return { offered: 'no' };
  if (shaken?.kind !== 'answered') return { offered: 'unknown', detail: reasons[shaken?.kind ?? 'unasked'] };
  const { flight, finished } = shaken;
  if (flight.hello === undefined) {
    return flight.alert === undefined ? { offered: 'unknown', detail: reasons.garbled } : { offered: 'no' };
  }
  if (flight.hello.version !== wireVersions[version]) return { offered: 'no' };
  const isOther = finished?.leaf !== undefined && !isSamePeer(finished.leaf);
  return isOther ? { offered: 'unknown', detail: reasons.other } : { offered: 'yes' };
}

const reasons = {
  silent: 'The peer left this handshake unanswered.',
  unconnected: 'No further connection came about.',
  unable: 'This version of Node cannot speak it.',
  ended: 'There was no time left for it.',
  unasked: 'It was not asked for: no further connection was possible.',
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
function judgeRequest(shaken: Shaken | undefined): TlsPosture['clientCertificate'] {
  const flight = shaken?.kind === 'answered' ? shaken.flight : undefined;
  if (flight?.authorities !== undefined) return { requested: 'yes', authorities: flight.authorities.map(readName) };
  return { requested: flight?.isDone === true ? 'no' : 'unknown', authorities: [] };
}

/** TLS 1.3 has no weak suites, and older versions than 1.2 are a finding of their own. */
function judgeWeak(
  versions: readonly VersionOffer[],
  shaken: Shaken | undefined,
  judging: Judging,
): TlsPosture['weakCipher'] {
  const isSpoken = versions.find(({ version }) => version === 'TLSv1.2')?.offered;
  if (isSpoken === 'no') return { accepted: 'no' };
  const { offered } = tell('TLSv1.2', shaken, judging);
  if (offered !== 'yes' || shaken?.kind !== 'answered') return { accepted: offered };
  const id = shaken.flight.hello?.cipher ?? 0;
  return { accepted: 'yes', cipher: shaken.finished?.cipher ?? `0x${id.toString(16).padStart(4, '0')}` };
}
