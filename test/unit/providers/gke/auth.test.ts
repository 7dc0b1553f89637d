import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { createProvider } from '../../../../providers/gke/provider.ts';
import { startServer, type Reply } from '../../../emulators/server.ts';
import { all, context, everyProject, quick, scopeOf, stubCredentials, useGke } from './session.ts';

const gkeTest = useGke();

/** A provider whose credential file holds this. */
async function withFile(content: unknown) {
  const path = join(gkeTest.folder(), 'credentials.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  stubCredentials(path);
  return createProvider({}, quick);
}

const readKey = async (): Promise<object> =>
  JSON.parse(await readFile(join(gkeTest.folder(), 'example-project.json'), 'utf8')) as object;

/** Workload identity federation, with a token service on this machine. */
async function federated(reply: Reply) {
  const { gke } = await gkeTest.start({ projects: { 'a-project': {} } });
  const tokens = await startServer(() => reply);
  const subject = join(gkeTest.folder(), 'subject-token');
  await writeFile(subject, 'subject');
  const path = join(gkeTest.folder(), 'federated.json');
  const file = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${tokens.url}/token`,
    credential_source: { file: subject },
  };
  await writeFile(path, JSON.stringify(file));
  stubCredentials(path);
  const provider = createProvider(gke.environment, quick);
  return { provider, tokens, subject, gke };
}

describe('credentials', () => {
  it('are not there: the provider is not available, and says how to sign in', async () => {
    stubCredentials('');
    const provider = createProvider({ METADATA_SERVER_DETECTION: 'none' }, quick);
    expect(await provider.available(context)).toBe(false);
    await expect(all(provider.scopes(everyProject, context))).rejects.toMatchObject({
      name: 'ProviderError',
      code: 'unauthenticated',
      message: expect.stringMatching(
        /^no Google Cloud credentials were found; run `gcloud auth .+`, or set /,
      ) as string,
    });
    await expect(all(provider.clusters(scopeOf('a-project'), context))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('are found in a key file', async () => {
    const { provider, gke } = await gkeTest.start({ projects: {} });
    expect(await provider.available(context)).toBe(true);
    expect(gke.requests).toEqual([]);
  });

  it('are found where gcloud puts them, and name no project then', async () => {
    const folder = join(gkeTest.folder(), 'gcloud');
    await mkdir(folder, { recursive: true });
    const user = { type: 'authorized_user', client_id: 'id', client_secret: 'hunter2', refresh_token: 'hunter2' };
    await writeFile(join(folder, 'application_default_credentials.json'), JSON.stringify(user));
    stubCredentials('');
    vi.stubEnv('CLOUDSDK_CONFIG', folder);
    expect(await createProvider({}, quick).available(context)).toBe(true);
  });

  it.each<[string, (key: object) => unknown]>([
    ['no JSON', () => 'hunter2 is not JSON'],
    ['an empty file', () => ''],
    ['an unknown type', () => ({ type: 'hunter2' })],
    ['a key without a name', (key) => ({ ...key, client_email: undefined })],
    ['a key that is none', (key) => ({ ...key, private_key: '-----BEGIN PRIVATE KEY-----\nhunter2\n' })],
  ])('that cannot be used are an error, without a word of the file: %s', async (_, content) => {
    const provider = await withFile(content(await readKey()));
    const error: unknown = await provider.available(context).catch((raised: unknown) => raised);
    expect(error).toMatchObject({
      name: 'ProviderError',
      code: 'unauthenticated',
      message:
        'the Google Cloud credentials cannot be used; run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to the path of a credential file',
    });
    await expect(all(provider.scopes(everyProject, context))).rejects.toBe(error);
  });

  it('whose file is missing are an error', async () => {
    stubCredentials(join(gkeTest.folder(), 'missing.json'));
    await expect(createProvider({}, quick).available(context)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it.each([
    [{ GOOGLE_CLOUD_PROJECT: 'env-project' }, 'env-project'],
    [{ GCLOUD_PROJECT: 'old-project' }, 'old-project'],
    [{ GOOGLE_CLOUD_PROJECT: 'env-project', GCLOUD_PROJECT: 'old-project' }, 'env-project'],
    [{}, 'example-project'],
  ])('name the project that %j says', async (environment, project) => {
    await gkeTest.start({ projects: {} });
    const provider = createProvider(environment, quick);
    expect(await all(provider.scopes(everyProject, context))).toEqual([scopeOf(project)]);
  });
});

describe('credentials that a token service must accept', () => {
  it('work', async () => {
    const body = { access_token: 'a-token', issued_token_type: 'x', token_type: 'Bearer', expires_in: 3600 };
    const { provider, tokens, gke } = await federated({ body });
    expect(await all(provider.clusters(scopeOf('a-project'), context))).toEqual([]);
    expect(gke.requests[0]?.headers.authorization).toBe('Bearer a-token');
    await tokens.close();
  });

  it.each<[string, Reply, string, string]>([
    [
      'refused',
      { status: 400, body: { error: 'invalid_grant', error_description: 'hunter2' } },
      'unauthenticated',
      'the sign-in was refused (HTTP 400); run `gcloud',
    ],
    ['down', { status: 503, body: 'hunter2' }, 'unreachable', 'the sign-in service failed (HTTP 503)'],
  ])('%s', async (_, reply, code, words) => {
    const { provider, tokens, gke } = await federated(reply);
    const error: unknown = await all(provider.clusters(scopeOf('a-project'), context)).catch(
      (raised: unknown) => raised,
    );
    expect(error).toMatchObject({ name: 'ProviderError', code, message: expect.stringContaining(words) as string });
    expect(error).not.toMatchObject({ message: expect.stringContaining('hunter2') as string });
    expect(gke.requests).toEqual([]);
    await tokens.close();
  });

  it('whose subject token is gone', async () => {
    const { provider, tokens, subject } = await federated({ body: {} });
    await rm(subject);
    await expect(all(provider.clusters(scopeOf('a-project'), context))).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('the credentials cannot be used; run `gcloud') as string,
    });
    await tokens.close();
  });
});
