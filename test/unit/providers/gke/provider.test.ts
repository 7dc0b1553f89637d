import { describe, expect, it } from 'vitest';

import { failure, gkeCluster } from '../../../emulators/gke.ts';
import { all, context, everyProject, isCluster, scopeOf, useGke } from './session.ts';

const gkeTest = useGke();
const one = (name: string, project = 'example-project') => [gkeCluster({ name, project })];

describe('scopes', () => {
  it('are the projects that the user names, each once', async () => {
    const { provider, gke } = await gkeTest.start({ projects: {} });
    const target = { ...everyProject, accounts: ['b-project', 'a-project', 'b-project'] };
    expect(await all(provider.scopes(target, context))).toEqual([scopeOf('b-project'), scopeOf('a-project')]);
    expect(gke.requests).toEqual([]);
  });

  it('are else the one that the credentials name', async () => {
    const { provider, gke } = await gkeTest.start({ projects: {} });
    expect(await all(provider.scopes(everyProject, context))).toEqual([scopeOf('example-project')]);
    expect(gke.requests).toEqual([]);
  });

  it('have their project as account', async () => {
    const { provider } = await gkeTest.start({ projects: {} });
    expect(await provider.account(scopeOf('a-project'), context)).toBe('a-project');
  });
});

describe('clusters', () => {
  it('cost one call a project, whatever it holds, and no call for a token', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `project-${index}`);
    const clusters = Array.from({ length: 20 }, (_, index) => gkeCluster({ name: `c${index}` }));
    const { provider, gke } = await gkeTest.start({
      projects: Object.fromEntries(ids.map((id) => [id, { clusters }])),
    });
    const found = await Promise.all(ids.map((id) => all(provider.clusters(scopeOf(id), context))));
    expect(found.flat().filter(isCluster)).toHaveLength(200);
    expect(gke.calls('ListClusters')).toBe(10);
    expect(gke.requests).toHaveLength(10);
  });

  it('are asked for with a token that the key signed for the cloud-platform scope', async () => {
    const { provider, gke } = await gkeTest.start({ projects: { 'example-project': {} } });
    await all(provider.clusters(scopeOf('example-project'), context));
    const token = gke.requests[0]?.headers.authorization?.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    expect(claims).toMatchObject({
      iss: 'scanner@example-project.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    });
  });

  it('of a project without any are none', async () => {
    const { provider } = await gkeTest.start({ projects: { 'example-project': {} } });
    expect(await all(provider.clusters(scopeOf('example-project'), context))).toEqual([]);
  });

  it('come with an issue for each zone that did not answer', async () => {
    const missingZones = ['europe-west1-b', 'us-east4-c'];
    const { provider } = await gkeTest.start({
      projects: { 'example-project': { clusters: one('kept'), missingZones } },
    });
    const items = await all(provider.clusters(scopeOf('example-project'), context));
    expect(items.filter((item) => !isCluster(item))).toEqual(
      missingZones.map((location) => ({
        code: 'unreachable',
        message: 'Google Cloud got no answer from this zone: its clusters are missing from the list',
        provider: 'gke',
        account: 'example-project',
        location,
      })),
    );
    expect(items.filter(isCluster).map(({ name }) => name)).toEqual(['kept']);
  });

  it('of one refused project do not cost the others', async () => {
    const { provider } = await gkeTest.start({
      projects: { 'a-project': { refused: true }, 'b-project': { clusters: one('kept', 'b-project') } },
    });
    await expect(all(provider.clusters(scopeOf('a-project'), context))).rejects.toMatchObject({
      code: 'forbidden',
      message:
        'Google Cloud did not list the clusters: it was refused (HTTP 403, IAM_PERMISSION_DENIED); the credentials need container.clusters.list',
    });
    expect(await all(provider.clusters(scopeOf('b-project'), context))).toHaveLength(1);
  });

  it('that have no name are an error after the rest', async () => {
    const nameless = { ...gkeCluster({ name: 'x' }), name: '' };
    const { provider } = await gkeTest.start({
      projects: { 'example-project': { clusters: [nameless, ...one('kept')] } },
    });
    const stream = provider.clusters(scopeOf('example-project'), context)[Symbol.asyncIterator]();
    expect(await stream.next()).toMatchObject({ value: { name: 'kept' } });
    await expect(stream.next()).rejects.toMatchObject({ code: 'malformed' });
  });

  it('with an unreadable host keep the rest of what is known', async () => {
    const { provider } = await gkeTest.start({
      projects: { 'example-project': { clusters: [gkeCluster({ name: 'odd', publicAddress: 'no host/at all' })] } },
    });
    const [cluster, issue] = await all(provider.clusters(scopeOf('example-project'), context));
    expect(cluster).toMatchObject({
      endpoints: [{ role: 'public', port: 443, access: { kind: 'open' } }, { role: 'private' }],
    });
    expect(cluster).not.toHaveProperty('endpoints.0.host');
    expect(issue).toEqual({
      code: 'malformed',
      message: 'the host of an endpoint is neither a name nor an address and was dropped: public (no host/at all)',
      provider: 'gke',
      account: 'example-project',
      location: 'europe-west1',
      clusterId: 'gke:example-project/europe-west1/odd',
    });
  });
});

describe('a project whose API is off', () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }];
  const saying = (message: string) => ({ status: 403, body: { error: { code: 403, message, details } } });
  const named = saying('Kubernetes Engine API has not been used in project a-project before or it is disabled.');
  const unnamed = saying('Kubernetes Engine API is disabled.');
  const disabled = { 'off-project': { disabled: true, number: '4242' }, 'other-project': {} } as const;

  it('has no clusters, and that is no failure', async () => {
    const { provider, gke } = await gkeTest.start({ projects: disabled });
    expect(await all(provider.clusters(scopeOf('off-project'), context))).toEqual([]);
    expect(gke.calls('GetProject')).toBe(1);
  });

  it('is known by id without a further call', async () => {
    const { provider, gke } = await gkeTest.start({
      projects: { 'off-project': { disabled: { consumer: 'off-project' } }, 'example-project': { disabled: true } },
    });
    expect(await all(provider.clusters(scopeOf('off-project'), context))).toEqual([]);
    expect(await all(provider.clusters(scopeOf('example-project'), context))).toEqual([]);
    expect(gke.calls('GetProject')).toBe(0);
  });

  it('is not taken for one where the API is off for the project that calls are counted for', async () => {
    const { provider } = await gkeTest.start({ projects: { 'a-project': { disabled: { consumer: '764086051850' } } } });
    await expect(all(provider.clusters(scopeOf('a-project'), context))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('the Kubernetes Engine API is off for project 764086051850') as string,
    });
  });

  it('is known by the sentence where the answer has no fields, and is a failure where no project is named', async () => {
    const { provider } = await gkeTest.start({
      projects: {},
      instead: ({ url }) => (url.includes('a-project') ? named : unnamed),
    });
    expect(await all(provider.clusters(scopeOf('a-project'), context))).toEqual([]);
    await expect(all(provider.clusters(scopeOf('b-project'), context))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('reread', () => {
  it('gives the settings of now by one call', async () => {
    const projects = { 'example-project': { clusters: one('prod') } };
    const { provider, gke } = await gkeTest.start({ projects });
    const [before] = (await all(provider.clusters(scopeOf('example-project'), context))).filter(isCluster);
    if (!before) throw new Error('no cluster');
    expect(await provider.reread(before, context)).toEqual(before);
    projects['example-project'] = { clusters: [gkeCluster({ name: 'prod', networks: { enabled: true } })] };
    expect(await provider.reread(before, context)).toMatchObject({
      endpoints: [{ access: { kind: 'allow-list' } }, {}],
    });
    expect(gke.calls('GetCluster')).toBe(2);
  });

  it('raises where the cluster is gone or another one is given', async () => {
    const projects = { 'example-project': { clusters: one('prod') } };
    const { provider } = await gkeTest.start({
      projects,
      instead: ({ url }) => (url.includes('/clusters/prod') ? { body: gkeCluster({ name: 'other' }) } : undefined),
    });
    const [cluster] = (await all(provider.clusters(scopeOf('example-project'), context))).filter(isCluster);
    if (!cluster) throw new Error('no cluster');
    await expect(provider.reread(cluster, context)).rejects.toMatchObject({ code: 'malformed' });
    await expect(provider.reread({ ...cluster, name: 'gone' }, context)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Google Cloud did not read the cluster: it is not there, or not visible to these credentials (HTTP 404)',
    });
  });
});

describe('listing projects', () => {
  const how = { keyWithoutProject: true };

  it('goes through all pages, takes active ones alone, and keeps the numbers', async () => {
    const { provider, gke } = await gkeTest.start(
      {
        projects: {
          'a-project': {},
          'b-project': { state: 'DELETE_REQUESTED' },
          'c-project': { disabled: true },
          'd-project': {},
          'e-project': {},
        },
      },
      how,
    );
    const scopes = await all(provider.scopes(everyProject, context));
    expect(scopes).toEqual(['a-project', 'c-project', 'd-project', 'e-project'].map(scopeOf));
    expect(gke.calls('SearchProjects')).toBe(3);
    expect(await all(provider.clusters(scopeOf('c-project'), context))).toEqual([]);
    expect(gke.calls('GetProject')).toBe(0);
  });

  it.each([
    [
      'a refusal',
      () => failure(403, 'PERMISSION_DENIED', { reason: 'IAM_PERMISSION_DENIED' }),
      'forbidden',
      'it was refused',
    ],
    [
      'an API that is off',
      () => failure(403, 'PERMISSION_DENIED', { reason: 'SERVICE_DISABLED' }),
      'forbidden',
      'SERVICE_DISABLED',
    ],
    ['a page of HTML', () => ({ body: '<html>sign in</html>' }), 'malformed', 'not what the API documents'],
    ['another shape', () => ({ body: { projects: 'none' } }), 'malformed', 'not what the API documents'],
    ['nothing to see', () => ({ body: {} }), 'forbidden', 'these credentials show no project'],
    [
      'the same page for ever',
      () => ({ body: { projects: [], nextPageToken: 'again' } }),
      'malformed',
      'the pages of the list never end',
    ],
  ])('turns %s into an issue', async (_, reply, code, words) => {
    const { provider } = await gkeTest.start({ projects: {}, instead: () => reply() }, how);
    const items = await all(provider.scopes(everyProject, context));
    expect(items).toEqual([
      { code, message: expect.stringContaining(words) as string, provider: 'gke', location: '*' },
    ]);
    expect(items).toMatchObject([{ message: expect.stringContaining('--gcp-project') as string }]);
  });

  it('says only how to sign in where the credentials are not taken', async () => {
    const { provider } = await gkeTest.start({ projects: {}, instead: () => failure(401, 'UNAUTHENTICATED') }, how);
    const [issue] = await all(provider.scopes(everyProject, context));
    expect(issue).toMatchObject({
      code: 'unauthenticated',
      message: expect.stringMatching(/the credentials were not accepted \(HTTP 401\); run `gcloud [^;]*$/) as string,
    });
  });

  it('keeps the projects of the pages before the one that failed', async () => {
    const { provider } = await gkeTest.start(
      {
        projects: { 'a-project': {}, 'b-project': {}, 'c-project': {} },
        instead: ({ url }) => (url.includes('pageToken') ? failure(403, 'PERMISSION_DENIED') : undefined),
      },
      how,
    );
    const items = await all(provider.scopes(everyProject, context));
    expect(items).toMatchObject([{ account: 'a-project' }, { account: 'b-project' }, { code: 'forbidden' }]);
  });
});
