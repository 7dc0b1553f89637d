/** Time limits of one look, in milliseconds. Tests shorten them; users cannot. */
export interface ProbeLimits {
  /** One TCP connect. Covers two retransmitted SYNs. */
  readonly connect: number;
  readonly handshake: number;
  /** The whole look, name resolution included; as much again for each further address. */
  readonly total: number;
  /** The least time between two connections to one inventory name and port. */
  readonly pace: number;
  /** All handshakes of one TLS posture, their pacing included. */
  readonly posture: number;
}

export const defaultLimits: ProbeLimits = {
  connect: 3_000,
  handshake: 4_000,
  total: 10_000,
  pace: 1_000,
  posture: 12_000,
};

/** Bytes of one body; an answer that goes beyond is not read. */
export const maxBodyBytes = 64 * 1024;

export const maxHeaderBytes = 16 * 1024;

/** Requests to one address in a run, second look included. */
export const maxRequests = 8;

/** Addresses of one family that are looked at. */
export const maxAddressesPerFamily = 2;
