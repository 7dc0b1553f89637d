import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEks } from '../../../../providers/eks/client.ts';
import { ProviderError } from '../../../../src/model/errors.ts';
import { eksCluster } from '../../../emulators/eks.ts';
import { account, context, gather, read, scope, setUp, stubAws, target } from './setup.ts';

const regions = { 'eu-west-1': [eksCluster({ name: 'a' })], 'us-east-1': [], 'ap-south-2': [] };
const accounts = [{ id: account, regions }];
const denied = { status: 403, type: 'AccessDeniedException', message: `User: arn:aws:iam::${account}:user/example` };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeperimeter-eks-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function configFile(name: string, text: string): Promise<Record<string, string>> {
  const path = join(folder, name);
  await writeFile(path, text);
  return { AWS_CONFIG_FILE: path };
}

const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

describe('scopes of EKS', () => {
  it('are the regions that were named, without a call', async () => {
    const { emulator, provider } = await setUp({ accounts });
    expect(await gather(provider.scopes(target(['eu-west-1', 'eu-north-1']), context))).toEqual([
      scope('eu-west-1'),
      scope('eu-north-1'),
    ]);
    expect(emulator.calls()).toBe(0);
  });

  it('are all enabled regions where none was named, over several pages', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `eu-${'abcdefghij'[Math.floor(index / 10)]}x-${index % 10}`);
    const wide = [{ id: account, regions: Object.fromEntries(names.map((name) => [name, []])) }];
    const { emulator, provider } = await setUp({ accounts: wide });
    const scopes = await gather(provider.scopes(target(), context));
    expect(scopes).toEqual(names.map(scope));
    expect(emulator.calls('ListRegions')).toBe(2);
  });

  it.each([
    ['is refused', { refuse: { listRegions: denied } }, 'forbidden'],
    ['is not known', { refuse: { listRegions: { status: 404, type: 'UnknownOperationException' } } }, 'unsupported'],
    ['is not found, in HTML', { instead: () => ({ status: 404, body: '<html></html>' }) }, 'unsupported'],
    ['answers a page of HTML', { instead: () => ({ body: '<html></html>' }) }, 'malformed'],
    ['answers without a list', { instead: () => ({ body: {} }) }, 'malformed'],
    ['names no region', { instead: () => ({ body: { Regions: [{}] } }) }, 'malformed'],
    [
      'answers the same page again and again',
      { instead: () => ({ body: { Regions: [{ RegionName: 'eu-west-1' }], NextToken: 'again' } }) },
      'malformed',
    ],
    [
      'answers what is no region',
      { instead: () => ({ body: { Regions: [{ RegionName: 'x.example/' }] } }) },
      'malformed',
    ],
  ] as const)('are the configured region and an issue where the list of regions %s', async (_, options, code) => {
    const { provider } = await setUp({ accounts, ...options }, { AWS_DEFAULT_REGION: 'us-east-1' });
    const items = await gather(provider.scopes(target(), context));
    expect(items).toEqual([
      {
        code,
        provider: 'eks',
        location: '*',
        message: expect.stringContaining('only the configured region, us-east-1,'),
      },
      scope('us-east-1'),
    ]);
  });

  it.each([
    ['AWS_REGION before all', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-west-1'],
    ["the profile's before AWS_DEFAULT_REGION", { AWS_DEFAULT_REGION: 'us-east-1', AWS_PROFILE: 'one' }, 'ap-south-2'],
  ])('take %s', async (_, env, region) => {
    const profile =
      '[profile one]\nregion = ap-south-2\ncredential_process = echo \'{"Version":1,"AccessKeyId":"AKIAEXAMPLE","SecretAccessKey":"example-secret"}\'\n';
    const config = await configFile('regions', profile);
    const keys = 'AWS_PROFILE' in env ? noKeys : {};
    const { provider } = await setUp({ accounts, refuse: { listRegions: denied } }, { ...config, ...keys, ...env });
    expect((await gather(provider.scopes(target(), context)))[1]).toEqual(scope(region));
  });

  it('are none, and an issue, where no region is configured either', async () => {
    const { provider } = await setUp({ accounts, refuse: { listRegions: denied } });
    expect(await gather(provider.scopes(target(), context))).toEqual([
      { code: 'forbidden', provider: 'eks', location: '*', message: expect.stringMatching(/no region .*--aws-region/) },
    ]);
  });

  it('are none, and an issue that says so, where the first guess of a region takes no such credentials', async () => {
    const refused = { status: 403, type: 'UnrecognizedClientException' };
    const { provider } = await setUp({ accounts, refuse: { listRegions: refused } });
    expect(await gather(provider.scopes(target(), context))).toMatchObject([
      {
        code: 'unauthenticated',
        message: expect.stringMatching(/no region is scanned: name regions with --aws-region/),
      },
    ]);
  });

  it('go on with the next profile where one has no usable credentials', async () => {
    const config = await configFile(
      'profiles',
      '[profile good]\naws_access_key_id = AKIAGOOD\naws_secret_access_key = example-secret\n[profile bad]\nregion = eu-west-1\n',
    );
    const { provider } = await setUp(
      { accounts: [...accounts, { id: '444455556666', accessKeyId: 'AKIAGOOD', regions: { 'eu-north-1': [] } }] },
      { ...config, ...noKeys },
    );
    const items = await gather(provider.scopes(target([], ['bad', 'good']), context));
    expect(items).toMatchObject([
      { code: 'unauthenticated', message: expect.stringMatching(/profile bad.*aws sso login/), location: '*' },
      { location: 'eu-north-1', source: 'good' },
    ]);
    expect(await provider.account({ ...scope('eu-north-1'), source: 'good' }, context)).toBe('444455556666');
  });

  it('are an issue where a role may not be assumed', async () => {
    const config = await configFile(
      'role',
      '[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s3cr3t\n[profile role]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = base\nregion = eu-west-1\n',
    );
    const body = '<ErrorResponse><Error><Code>AccessDenied</Code><Message>s3cr3t</Message></Error></ErrorResponse>';
    const refused = { status: 403, headers: { 'content-type': 'text/xml' }, body };
    const { emulator, provider } = await setUp(
      { accounts, instead: (operation) => (operation === 'unknown' ? refused : undefined) },
      { ...config, ...noKeys, HTTPS_PROXY: 'http://127.0.0.1:1' },
    );
    const items = await gather(provider.scopes(target(['eu-west-1'], ['role']), context));
    const message = expect.stringMatching(/^signing in to AWS with profile role: the credentials are refused: [^\n]+$/);
    expect(items).toEqual([{ code: 'unauthenticated', provider: 'eks', location: '*', message }]);
    expect(JSON.stringify(items)).not.toContain('s3cr3t');
    expect(emulator.requests[0]?.body).toContain('Action=AssumeRole');
  });

  it('are an issue, not an error, where the credentials have expired', async () => {
    const expired = { status: 403, type: 'ExpiredTokenException' };
    const { provider } = await setUp({ accounts, refuse: { listRegions: expired } }, { AWS_REGION: 'eu-west-1' });
    const items = await gather(provider.scopes(target(), context));
    expect(items).toMatchObject([{ code: 'unauthenticated', message: expect.stringContaining('have expired') }]);
  });
});

describe('a region of EKS', () => {
  it.each([
    ['AccessDeniedException', 403, 'forbidden', /service control policy/],
    ['UnrecognizedClientException', 403, 'unauthenticated', /enable the region/],
    ['InvalidClientTokenId', 403, 'unauthenticated', /enable the region/],
    ['ExpiredTokenException', 403, 'unauthenticated', /have expired: run `aws sso login`/],
    ['InvalidSignatureException', 403, 'unauthenticated', /clock/],
    ['SomethingNewException', 403, 'forbidden', /refuses/],
    ['ServiceUnavailableException', 503, 'throttled', /busy/],
    ['InvalidParameterException', 400, 'malformed', /HTTP 400/],
    ['NotFoundException', 404, 'unsupported', /HTTP 404/],
  ])('that answers %s fails alone, in one line', async (type, status, code, message) => {
    const { provider } = await setUp({
      accounts,
      refuse: { regions: { 'us-east-1': { status, type, message: 'secret' } } },
    });
    const failure: unknown = await read(provider, scope('us-east-1')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((failure as Error).message).toMatch(/^eks:ListClusters: [^\n]+$/);
    expect((failure as Error).message).not.toMatch(/secret(?! access key)/);
    expect((await read(provider, scope('eu-west-1'))).clusters.size).toBe(1);
  });

  it('has an account also without a cluster, by one STS call', async () => {
    const { emulator, provider } = await setUp({ accounts });
    expect((await read(provider, scope('us-east-1'))).clusters.size).toBe(0);
    const asked = ['us-east-1', 'ap-south-2', 'us-east-1'].map((region) => provider.account(scope(region), context));
    expect(await Promise.all(asked)).toEqual([account, account, account]);
    expect(emulator.calls('GetCallerIdentity')).toBe(1);
  });

  it('asks another region for the account when STS refuses in one', async () => {
    let refused = 0;
    const { provider } = await setUp({
      accounts,
      instead: (operation) =>
        operation === 'GetCallerIdentity' && (refused += 1) === 1 ? { status: 403, body: '<html></html>' } : undefined,
    });
    await expect(provider.account(scope('us-east-1'), context)).rejects.toBeInstanceOf(ProviderError);
    await expect(provider.account(scope('us-east-1'), context)).rejects.toBeInstanceOf(ProviderError);
    expect(refused).toBe(1);
    expect(await provider.account(scope('eu-west-1'), context)).toBe(account);
  });
});

describe('credentials of EKS', () => {
  it('are there when the default chain finds some', async () => {
    const { provider } = await setUp({ accounts });
    expect(await provider.available(context)).toBe(true);
  });

  it('are not there when nothing hints at any', async () => {
    stubAws(await configFile('plain', '[default]\nregion = eu-west-1\n[profile x]\ncredential_process = false\n'));
    expect(await createEks(process.env).available(context)).toBe(false);
  });

  it('end in an issue when they are asked for and not there', async () => {
    stubAws({});
    const items = await gather(createEks(process.env).scopes(target(), context));
    expect(items).toMatchObject([
      { code: 'unauthenticated', message: expect.stringContaining('AWS_PROFILE'), location: '*' },
    ]);
  });

  const expiredToken =
    '{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s3cr3t","SessionToken":"t0k3n","Expiration":"2020-01-01T00:00:00Z"}';
  it.each([
    ['a profile that does not exist', { AWS_PROFILE: 'nosuch' }, ''],
    ['half a key pair', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, ''],
    ['half a key pair in a file', {}, '[default]\naws_access_key_id = AKIAEXAMPLE\n'],
    ['a credential process that fails', {}, '[default]\ncredential_process = false\n'],
    ['a credential process that answers nonsense', {}, '[default]\ncredential_process = echo s3cr3t\n'],
    ['a credential process whose answer has expired', {}, `[default]\ncredential_process = echo '${expiredToken}'\n`],
    [
      'a role whose source is not there',
      {},
      '[default]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = no\n',
    ],
    [
      'a single sign-on without a session',
      { AWS_PROFILE: 'sso' },
      '[profile sso]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = x\n[sso-session s]\nsso_start_url = https://sso.example/start\nsso_region = eu-west-1\n',
    ],
  ])('are unusable, not absent, with %s', async (_, env, config) => {
    stubAws({ ...(await configFile('unusable', config)), ...env });
    const failure: unknown = await createEks(process.env)
      .available(context)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unauthenticated', message: expect.stringContaining('aws sso login') });
    expect((failure as Error).message).toMatch(/^signing in to AWS: [^\n]+$/);
    expect((failure as Error).message).not.toMatch(/s3cr3t|t0k3n/);
  });
});
