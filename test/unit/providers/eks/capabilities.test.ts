import { describe, expect, test } from 'vitest';
import { argoCdPaths } from '../../../../providers/eks/argocd.ts';
import { eks } from '../../../../providers/eks/index.ts';
import { ProviderError } from '../../../../src/model/errors.ts';
import type { OtherPath } from '../../../../src/model/endpoint.ts';
import { argoCd, eksCluster, type EksOptions, type WireCapability } from '../../../emulators/eks.ts';
import { account, context, read, scope, setUp, target, type Setup } from './setup.ts';

const region = 'eu-west-1';

function estate(capabilities: readonly WireCapability[], more: Partial<EksOptions> = {}): EksOptions {
  const regions = { [region]: [eksCluster({ name: 'shop' })] };
  return { accounts: [{ id: account, regions, capabilities: { shop: capabilities } }], ...more };
}

/** What `--deep` reads of the one cluster, after it was listed as in a scan. */
async function pathsOf({ provider }: Setup, signal = context): Promise<readonly OtherPath[]> {
  const cluster = (await read(provider, scope(region))).clusters.get('shop');
  if (cluster === undefined) throw new Error('the cluster is not listed');
  const [path, ...others] = provider.deepPaths?.(cluster, scope(region)) ?? [];
  expect(others).toEqual([]);
  expect(path?.kind).toBe('eks-argocd');
  return path?.read(signal) ?? [];
}

describe('a hosted Argo CD', () => {
  test.each<[string, WireCapability, Partial<OtherPath>]>([
    [
      'without VPC endpoints is open',
      argoCd('deploy'),
      {
        state: 'open',
        reason:
          'the Argo CD deploy at https://deploy.eks-capabilities.eu-west-1.amazonaws.example is reached from the internet, ' +
          'with the sign-in of IAM Identity Center before it; identities have the roles ADMIN',
      },
    ],
    ['with an empty list of them too', argoCd('deploy', { networkAccess: { vpceIds: [] } }), { state: 'open' }],
    [
      'with a VPC endpoint is closed',
      argoCd('deploy', { networkAccess: { vpceIds: ['vpce-0example'] } }),
      { state: 'closed', reason: expect.stringMatching(/is reached through VPC endpoints alone$/) as string },
    ],
    [
      'without roles is open, and says so',
      argoCd('deploy', { rbacRoleMappings: [] }),
      { state: 'open', reason: expect.stringMatching(/no identity has a role in it$/) as string },
    ],
    [
      'without an address is unknown',
      { ...argoCd('deploy', { serverUrl: undefined }), status: 'CREATING' },
      { state: 'unknown', reason: 'the Argo CD deploy has no address (yet); its status is CREATING' },
    ],
    [
      'of a kind that is not known is unknown',
      { capabilityName: 'mesh', type: 'MESH', configuration: {} },
      { state: 'unknown', reason: 'the capability mesh is of type MESH, and no Argo CD is described' },
    ],
  ])('%s', async (_, capability, path) => {
    expect(await pathsOf(await setUp(estate([capability])))).toMatchObject([{ kind: 'eks-argocd', ...path }]);
  });

  test('whose VPC endpoints cannot be read is unknown', () => {
    const capability = argoCd('deploy', { networkAccess: { vpceIds: 'vpce-0example' } });
    expect(argoCdPaths([capability as object])).toMatchObject([{ state: 'unknown' }]);
  });
});

test('a cluster without any says that it has none, for one call', async () => {
  const setup = await setUp(estate([]));
  expect(await pathsOf(setup)).toEqual([
    { kind: 'eks-argocd', state: 'closed', reason: 'the cluster has no Argo CD capability' },
  ]);
  expect(setup.emulator.calls('ListCapabilities')).toBe(1);
  expect(setup.emulator.calls('DescribeCapability')).toBe(0);
});

test('all pages are read, and what has no address is not described', async () => {
  const controllers = ['ACK', 'KRO'].map((type) => ({ capabilityName: type.toLowerCase(), type }));
  const setup = await setUp(estate([...controllers, argoCd('one'), argoCd('two')]));
  expect((await pathsOf(setup)).map(({ state }) => state)).toEqual(['open', 'open']);
  expect(setup.emulator.calls('ListCapabilities')).toBe(4);
  expect(setup.emulator.calls('DescribeCapability')).toBe(2);
});

const body = (text: object) => ({ body: text });

describe('what cannot be read is thrown', () => {
  const denied = { status: 403, type: 'AccessDeniedException' };
  test.each<[string, Partial<EksOptions>, string, RegExp]>([
    [
      'a refusal',
      { refuse: { capabilities: { shop: denied } } },
      'forbidden',
      /^eks:ListCapabilities: AWS refuses it: allow this action/,
    ],
    [
      'no list',
      { instead: (operation) => (operation === 'ListCapabilities' ? body({}) : undefined) },
      'malformed',
      /holds no list of capabilities$/,
    ],
    [
      'no capability',
      { instead: (operation) => (operation === 'DescribeCapability' ? body({}) : undefined) },
      'malformed',
      /^eks:DescribeCapability: the answer holds no capability$/,
    ],
    [
      'an endless list',
      {
        instead: (operation) =>
          operation === 'ListCapabilities' ? body({ capabilities: [], nextToken: 'again' }) : undefined,
      },
      'malformed',
      /^eks:ListCapabilities: the pages of the list never end$/,
    ],
    [
      'a capability without a name',
      { instead: (operation) => (operation === 'ListCapabilities' ? body({ capabilities: [{}] }) : undefined) },
      'malformed',
      /listed without a name$/,
    ],
  ])('%s', async (_, options, code, message) => {
    const failure = await pathsOf(await setUp(estate([argoCd('deploy')], options))).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  test('the end of the run', async () => {
    const failure = await pathsOf(await setUp(estate([])), { signal: AbortSignal.abort() }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'timeout' });
  });
});

test.each([
  [true, /eks:ListCapabilities, .*\neks:DescribeCapability, /],
  [false, /^(?![^]*Capabilit)/],
])('deep %s: a dry run names these calls only when they are asked for', (deep, calls) => {
  expect(eks.meta.calls({ ...target([region]), deep }).join('\n')).toMatch(calls);
});
