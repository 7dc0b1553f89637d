import { expect, test } from 'vitest';

import { startApiServer } from '../emulators/apiserver.ts';
import { startRelay } from '../emulators/relay.ts';
import { authority, certificate, host, lookAt, probeWith, running, targetAt } from '../unit/probe/harness.ts';

/** X25519MLKEM768, as a handshake names it (IANA's registry of TLS groups). */
const hybrid = Buffer.from('11ec', 'hex');

const behaviour = 'anonymous-forbidden';

// `--tls-curve-preferences` and policies of hardened platforms allow that; the tests run on a Node that knows the group.
test('a server that takes a post-quantum group alone is reached all the same', async () => {
  const { result } = await lookAt({ behaviour, tls: { ecdhCurve: 'X25519MLKEM768' } });
  expect(result).toMatchObject({ outcome: behaviour, tls: { chain: 'cluster-ca' } });
});

test('so is one that hangs up on any other offer, and again when it ends the connection after an answer', async () => {
  const server = await startApiServer({ behaviour, certificate, closes: 'announced' });
  const relay = await startRelay(server.port, (piece, index) =>
    index > 0 || piece.includes(hybrid) ? 'pass' : 'hang-up',
  );
  // Six connections that each follow a closed one: more than a busy machine may get done in the time of a table's row.
  const patient = probeWith({ limits: { handshake: 5_000, total: 20_000 } });
  const result = await patient(targetAt(relay.port), 'full', running);
  await relay.close();
  await server.close();
  expect(result).toMatchObject({ outcome: behaviour, tls: { chain: 'cluster-ca' } });
});

const required = { requestCert: true, rejectUnauthorized: true, ca: authority.pem };
test.for(['TLSv1.2', 'TLSv1.3'] as const)('a required client certificate, %s', async (version) => {
  const tls = { ...required, minVersion: version, maxVersion: version };
  const { result } = await lookAt({ behaviour, tls });
  expect(result).toMatchObject({ outcome: 'tls-failed', identity: { peer: 'other' } });
  expect(result.detail).toContain('client certificate');
});

test('one that is only asked for changes nothing', async () => {
  const tls = { ...required, rejectUnauthorized: false };
  expect((await lookAt({ behaviour, tls })).result.outcome).toBe(behaviour);
});

test('versions before 1.2 alone', async () => {
  const tls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  const { result } = await lookAt({ behaviour, tls });
  expect(result).toMatchObject({ outcome: 'tls-failed', detail: 'The peer offers no TLS version from 1.2 on.' });
});

// Node's own security level refuses both, or has their chain not hold: what is weak is the server's, and no reason to stop.
test.for([
  ['key', { key: 'weak-rsa' }],
  ['signature', { hash: 'SHA-1' }],
] as const)('a %s that Node by itself would not shake hands with', async ([, weakness]) => {
  const leaf = await authority.issue({ names: [host], ...weakness });
  const { result } = await lookAt({ behaviour, certificate: leaf, tls: { ciphers: 'DEFAULT:@SECLEVEL=0' } });
  expect(result).toMatchObject({ outcome: behaviour, tls: { chain: 'cluster-ca' } });
});

test('1.2 is enough', async () => {
  const { result } = await lookAt({ behaviour, tls: { maxVersion: 'TLSv1.2' } });
  expect(result).toMatchObject({ outcome: behaviour, tls: { version: 'TLSv1.2' } });
});

test('plain HTTP is told', async () => {
  expect((await lookAt({ behaviour: 'plain-http' })).result.detail).toContain('plain HTTP');
});
