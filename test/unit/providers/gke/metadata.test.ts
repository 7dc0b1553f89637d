import { afterEach, describe, expect, it, vi } from 'vitest';

import { createProvider } from '../../../../providers/gke/provider.ts';
import { startGke, type GkeEmulator } from '../../../emulators/gke.ts';
import { startServer, type Emulator } from '../../../emulators/server.ts';
import { all, context, everyProject, quick, scopeOf, stubCredentials } from './session.ts';

const servers: (Emulator | GkeEmulator)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A metadata server on this machine, on what looks like a machine of Google's. */
async function onGoogleCloud(detection: string): Promise<Emulator> {
  const answers: Readonly<Record<string, object | string>> = {
    '/computeMetadata/v1/project/project-id': 'machine-project',
    '/computeMetadata/v1/instance/service-accounts/default/token': {
      access_token: 'machine-token',
      expires_in: 3600,
      token_type: 'Bearer',
    },
  };
  const metadata = await startServer(({ url }) => ({
    headers: { 'metadata-flavor': 'Google' },
    body: answers[url.split('?')[0] ?? ''] ?? '',
  }));
  servers.push(metadata);
  stubCredentials('');
  vi.stubEnv('METADATA_SERVER_DETECTION', detection);
  vi.stubEnv('GCE_METADATA_HOST', `127.0.0.1:${metadata.port}`);
  vi.stubEnv('K_SERVICE', 'on-cloud-run');
  return metadata;
}

describe('on a machine of Google Cloud', () => {
  it('METADATA_SERVER_DETECTION=none keeps every look-up away', async () => {
    const metadata = await onGoogleCloud('none');
    expect(await createProvider(process.env, quick).available(context)).toBe(false);
    expect(metadata.requests).toEqual([]);
  });

  it("else the machine's account is used, for the machine's project", async () => {
    const metadata = await onGoogleCloud('assume-present');
    const gke = await startGke({ projects: { 'machine-project': {} } });
    servers.push(gke);
    const provider = createProvider({ ...process.env, ...gke.environment }, quick);
    expect(await provider.available(context)).toBe(true);
    expect(await all(provider.scopes(everyProject, context))).toEqual([scopeOf('machine-project')]);
    expect(await all(provider.clusters(scopeOf('machine-project'), context))).toEqual([]);
    expect(gke.requests[0]?.headers.authorization).toBe('Bearer machine-token');
    expect(metadata.requests.length).toBeGreaterThan(0);
  });
});
