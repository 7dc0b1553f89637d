import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A stream over a socket that keeps a copy of what the peer sent. */
export interface Recorder {
  readonly stream: Duplex;
  readonly received: () => Buffer;
}

/** Enough for a chain of certificates and 32 CA names; what comes after is not of use. */
const maxBytes = 128 * 1024;

/**
 * Node tells neither the group of a key exchange in all its versions nor that a client certificate was asked for, and it hides
 * a server's answer behind its own refusal of it. The bytes show all three.
 */
export function recordPeer(socket: Socket): Recorder {
  const pieces: Buffer[] = [];
  let size = 0;
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (piece: Buffer, _, done) => void socket.write(piece, done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (piece) => {
    if (size < maxBytes) pieces.push(piece);
    size += piece.length;
    if (!stream.push(piece)) socket.pause();
  });
  socket.once('end', () => stream.push(null));
  socket.on('error', (error) => stream.destroy(error));
  socket.once('close', () => stream.destroy());
  return { stream, received: () => Buffer.concat(pieces) };
}
