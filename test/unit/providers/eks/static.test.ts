import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { toProviderError } from '../../../../providers/eks/errors.ts';
import { assertRegion, eks } from '../../../../providers/eks/index.ts';
import { undescribedCluster } from '../../../../providers/eks/map.ts';
import { createRetries, jitteredDelay } from '../../../../providers/eks/retry.ts';
import { ProviderError, UsageError } from '../../../../src/model/errors.ts';
import { stubAws } from './setup.ts';

describe('assertRegion', () => {
  it.each([
    'eu-west-1',
    'us-gov-west-1',
    'cn-northwest-1',
    'us-isob-east-1',
    'eusc-de-east-1',
    'ap-southeast-12',
    'mx-central-1',
  ])('takes %s', (region) => {
    expect(() => assertRegion(region)).not.toThrow();
  });

  it.each([
    '',
    'eu-west',
    'eu-west-',
    'eu-west-1a',
    'EU-WEST-1',
    'eu-1',
    'euw1',
    'global',
    'eu--1',
    'eu-west-1.example.com',
    'eu-west-1\n',
    'eu-a-b-c-d-1',
    `eu-${'a-'.repeat(100_000)}1`,
    `eu-${'west-'.repeat(100_000)}1`,
  ])('refuses %j in one line', (region) => {
    const before = performance.now();
    expect(() => assertRegion(region)).toThrow(UsageError);
    expect(() => assertRegion(region)).toThrow(/^"[^\n]+ is not the name of an AWS region, such as eu-west-1$/);
    expect(performance.now() - before).toBeLessThan(200);
  });
});

describe('the entry of EKS', () => {
  it('loads the provider', async () => {
    stubAws({});
    const provider = await eks.load({});
    expect(provider.meta).toBe(eks.meta);
  });

  it('names the calls of a scan', () => {
    const all = eks.meta.calls({ provider: 'eks', accounts: [], locations: [] });
    expect(all.map((line) => /^\w+:\w+/.exec(line)?.[0])).toEqual([
      'account:ListRegions',
      'eks:ListClusters',
      'eks:DescribeCluster',
      'sts:GetCallerIdentity',
    ]);
    const named = eks.meta.calls({ provider: 'eks', accounts: [], locations: ['eu-west-1', 'us-east-1'] });
    expect(named[0]).toContain('eu-west-1, us-east-1');
    const several = eks.meta.calls({ provider: 'eks', accounts: ['prod', 'dev'], locations: [] });
    expect(several).toContain('sts:GetCallerIdentity, once for each profile');
    for (const call of [...all, ...named]) {
      expect(eks.meta.permissions.some(({ name }) => call.startsWith(name))).toBe(true);
    }
  });

  it('gives a query that a hostile name cannot leave', () => {
    const name = 'prod\n| delete "x"';
    const cluster = undescribedCluster({ account: '111122223333', location: 'eu-west-1', name }, 'x');
    const lines = eks.meta.logQuery(cluster, '6f9619ff-8b86-4d01-b42d-00cf4fc964ff').split('\n');
    expect(lines).toEqual([
      String.raw`# CloudWatch Logs Insights, region eu-west-1, log group /aws/eks/prod\u000a| delete "x"/cluster`,
      expect.stringMatching(/^fields /),
      '| filter @logStream like "kube-apiserver-audit" and auditID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"',
      '| sort @timestamp asc',
    ]);
  });
});

describe('toProviderError', () => {
  it.each([
    [new Error('secret'), 'malformed'],
    ['secret', 'malformed'],
    [undefined, 'malformed'],
    [Object.assign(new Error('secret'), { code: 'ENOTFOUND' }), 'unreachable'],
    [Object.assign(new Error('secret'), { code: 'CERT_HAS_EXPIRED' }), 'unreachable'],
    [Object.assign(new Error('secret'), { code: 'a b\nc' }), 'unreachable'],
    [Object.assign(new Error('secret'), { name: 'toString' }), 'malformed'],
    [Object.assign(new Error('secret'), { name: 'TokenProviderError' }), 'unauthenticated'],
    [
      Object.assign(new Error('secret'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }),
      'throttled',
    ],
    [
      Object.assign(new Error('secret'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }),
      'forbidden',
    ],
    [Object.assign(new Error('secret'), { name: 'OptInRequired', $metadata: { httpStatusCode: 400 } }), 'forbidden'],
    [Object.assign(new Error('secret'), { name: 'X', $metadata: { httpStatusCode: 401 } }), 'forbidden'],
    [Object.assign(new Error('secret'), { name: 'X', $metadata: { httpStatusCode: 405 } }), 'unsupported'],
  ])('translates %j into one line without its text', (error, code) => {
    const translated = toProviderError(error, 'eks:ListClusters');
    expect(translated).toMatchObject({ code, cause: error });
    expect(translated.message).toMatch(/^eks:ListClusters: [^\n]+$/);
    expect(translated.message).not.toContain('secret');
  });

  it.each([
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'NODE_EXTRA_CA_CERTS adds an authority'],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'NODE_EXTRA_CA_CERTS adds an authority'],
    [{ code: 'ENOTFOUND' }, 'check the region, the network and the proxy'],
    [{ name: 'RequestExpired' }, 'the clock of this machine'],
    [{ name: 'ExpiredTokenException' }, 'aws sso login'],
  ])('says of %j what helps', (error, fix) => {
    expect(toProviderError(Object.assign(new Error('secret'), error), 'x').message).toContain(fix);
  });

  it('passes on what was translated already', () => {
    const error = new ProviderError('throttled', 'x');
    expect(toProviderError(error, 'y')).toBe(error);
  });
});

function meanDelay(throttled: boolean): number {
  return Array.from({ length: 400 }, () => jitteredDelay(1, throttled)).reduce((sum, delay) => sum + delay, 0) / 400;
}

describe('retries', () => {
  it('wait longer each time, within bounds, and longer when throttled', () => {
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      expect(jitteredDelay(attempt, false)).toBeLessThanOrEqual(100 * 2 ** (attempt - 1));
      expect(jitteredDelay(attempt, true)).toBeLessThanOrEqual(5000);
      expect(jitteredDelay(attempt, true)).toBeGreaterThanOrEqual(0);
    }
    expect(meanDelay(true)).toBeGreaterThan(1.5 * meanDelay(false));
  });

  it('wait as long as the service asks, but not for ever', async () => {
    const retries = createRetries(() => 1);
    const first = await retries.acquireInitialRetryToken('');
    const delays = [2000, 3_600_000].map(async (away) => {
      const retryAfterHint = new Date(Date.now() + away);
      return (
        await retries.refreshRetryTokenForRetry(first, { errorType: 'THROTTLING', retryAfterHint })
      ).getRetryDelay();
    });
    const [short = 0, long = 0] = await Promise.all(delays);
    expect(short).toBeGreaterThan(1000);
    expect(long).toBe(5000);
  });

  it('are not made for errors of the client', async () => {
    const retries = createRetries(() => 1);
    const first = await retries.acquireInitialRetryToken('');
    await expect(retries.refreshRetryTokenForRetry(first, { errorType: 'CLIENT_ERROR' })).rejects.toThrow(
      'no attempt left',
    );
  });

  it('share a budget that successes fill again', async () => {
    const retries = createRetries(() => 1);
    const first = await retries.acquireInitialRetryToken('');
    const retry = () => retries.refreshRetryTokenForRetry(first, { errorType: 'THROTTLING' });
    for (let count = 0; count < 100; count += 1) await retry();
    await expect(retry()).rejects.toThrow('no attempt left');
    retries.recordSuccess(first);
    await retry();
    await expect(retry()).rejects.toThrow('no attempt left');
  });
});
