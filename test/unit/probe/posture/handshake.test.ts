import { connect } from 'node:net';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { shakeAndClose } from '../../../../src/probe/posture/handshake.ts';
import { startApiServer } from '../../../emulators/apiserver.ts';
import { certificate, host, running } from '../harness.ts';

test('what this Node cannot offer, as policies of some systems have it, is not taken for what the peer did', async () => {
  const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate });
  // Suites of 1.3 alone, and 1.2 alone: there is nothing to send.
  const context = tls.createSecureContext({
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    ciphers: 'TLS_AES_128_GCM_SHA256',
  });
  const socket = connect(server.port, '127.0.0.1');
  const shaken = await shakeAndClose(socket, { host, context, limit: 1_000, ...running });
  await server.close();
  expect(shaken).toEqual({ kind: 'unable' });
});
