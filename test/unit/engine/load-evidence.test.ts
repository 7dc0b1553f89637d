import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answer,
  cluster,
  dnsEndpoint,
  endpoint,
  evidence,
  open,
  probe,
  secondLook,
  silence,
  unreadable,
  vantage,
} from './evidence.ts';
import { sampleChecks, sampleMeta } from './rules.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { parseEvidence } from '../../../src/engine/load-evidence.ts';
import { UsageError } from '../../../src/model/errors.ts';
import type { Evidence } from '../../../src/model/evidence.ts';

const tls = {
  version: 'TLSv1.3',
  cipher: 'made up',
  alpn: 'http/1.1',
  certificate: {
    subject: 'CN=a',
    issuer: 'CN=b',
    names: ['a.example'],
    notBefore: 'x',
    notAfter: 'y',
    fingerprint: '00',
    issuerKey: '01',
  },
  chain: 'local-root',
  chainRoot: 'CN=c',
  nameMatches: true,
  inValidity: false,
} as const;

/** Every field that evidence may have. */
function full(): Evidence {
  const prod = cluster('prod', {
    resourceGroup: 'group',
    version: '1.33',
    undescribed: 'refused',
    readAt: '2026-03-01T10:00:00.000Z',
    sameAs: 'x',
    aliases: ['y'],
    unauthenticatedBindings: 'allowed',
    otherPaths: [{ kind: 'aks-run-command', state: 'open', reason: 'by default' }],
    endpoints: [
      endpoint({ notes: ['note'] }),
      endpoint({ role: 'private', access: { kind: 'closed', reason: 'x' }, trust: { kind: 'none', reason: 'x' } }),
      dnsEndpoint(open, { credentialsBeyondIam: true }),
    ],
  });
  const unread = cluster('unread', { endpoints: [endpoint({ access: unreadable })] });
  const result = answer({
    tls,
    via: '127.0.0.1:1',
    localAddress: '203.0.113.9',
    gitVersion: 'v1.36.3',
    retryAfter: 3,
    resolved: [{ address: '192.0.2.10', class: 'public' }],
    identity: { peer: 'this', guess: 'etcd', signals: ['x'] },
    anonymous: { health: true, version: true, discovery: false, data: false, admin: false },
  });
  return evidence(
    {
      clusters: [prod, unread],
      probes: [
        probe(
          prod,
          { ...result, addresses: [result, silence()] },
          { vantage: 'laptop', outdated: true, secondLook: secondLook('equal', silence()) },
        ),
      ],
      coverage: [
        {
          provider: 'eks',
          account: '1',
          location: 'eu',
          status: 'partial',
          clusters: 0,
          unfinishedProbes: 1,
          unreadPaths: 1,
          reason: 'x',
        },
      ],
      issues: [{ code: 'forbidden', message: 'x', provider: 'eks', account: '1', location: 'eu', clusterId: 'x' }],
    },
    { notSeen: [{ provider: 'aks', what: 'x' }], vantages: [{ ...vantage({ resolvers: ['9.9.9.9'] }), id: 'laptop' }] },
  );
}

/** Where the values of a JSON document stand. */
function* paths(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* paths(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

type Container = Record<string | number, unknown>;

/** The document as JSON, with one value changed. */
function change(
  document: unknown,
  path: readonly (string | number)[],
  edit: (parent: Container, key: string | number) => void,
): string {
  const copy = JSON.parse(JSON.stringify(document)) as Container;
  const parent = path.slice(0, -1).reduce((value, key) => value[key] as Container, copy);
  edit(parent, path.at(-1) ?? '');
  return JSON.stringify(copy);
}

/** Reads and judges: `judged`, or the one line that refuses the file. Anything else thrown is a crash. */
function attempt(text: string): string {
  try {
    evaluate(parseEvidence(text, 'e.json'), { checks: sampleChecks, providers: [sampleMeta('eks')] });
    return 'judged';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

test('evidence that has every field is read as it is', () => {
  const text = JSON.stringify(full());
  expect(JSON.stringify(parseEvidence(text, 'e.json'))).toBe(text);
  expect(parseEvidence(`\uFEFF${text}`, 'e.json').clusters).toHaveLength(2);
});

describe('a file is refused in one line', () => {
  const valid = JSON.stringify(full());
  test.each([
    ['that is cut', valid.slice(0, -40), 'cannot use e.json: it is no JSON; was it cut?'],
    ['that is empty', '', 'cannot use e.json: it is no JSON; was it cut?'],
    ['that is HTML', '<html>', 'cannot use e.json: it is no JSON; was it cut?'],
    [
      'that is something else',
      '{"a":1}',
      'cannot use e.json: it is no evidence of kubeperimeter (`scan --save-evidence` writes evidence)',
    ],
    [
      'that is null',
      'null',
      'cannot use e.json: it is no evidence of kubeperimeter (`scan --save-evidence` writes evidence)',
    ],
    [
      'that is a list',
      '[]',
      'cannot use e.json: it is no evidence of kubeperimeter (`scan --save-evidence` writes evidence)',
    ],
    [
      'that is a report',
      '{"schemaVersion":"1.0","findings":[]}',
      'cannot use e.json: it is a report, not evidence (`scan --save-evidence` writes evidence)',
    ],
    [
      'of a newer minor version',
      valid.replace('"1.0"', '"1.1"'),
      'cannot use e.json: its schema version is 1.1, and this version reads 1.0; a newer kubeperimeter wrote it: update this one',
    ],
    [
      'of a newer major version',
      valid.replace('"1.0"', '"2.0"'),
      'cannot use e.json: its schema version is 2.0, and this version reads 1.0; a newer kubeperimeter wrote it: update this one',
    ],
    [
      'of an older version',
      valid.replace('"1.0"', '"0.9"'),
      'cannot use e.json: its schema version is 0.9, and this version reads 1.0; scan again to write it anew',
    ],
    [
      'of a version that is none',
      valid.replace('"1.0"', '"\\u001b[31m"'),
      'cannot use e.json: its schema version is \\u001b[31m, and this version reads 1.0; scan again to write it anew',
    ],
    ['of a version that is a number', valid.replace('"1.0"', '1'), 'cannot use e.json: schemaVersion is not a text'],
    [
      'with an unknown word',
      valid.replace('"kind":"closed"', '"kind":"shut"'),
      'cannot use e.json: clusters[0].endpoints[1].access.kind is not one of open, allow-list, closed, unknown',
    ],
    [
      'with a null',
      valid.replace('"version":"1.33"', '"version":null'),
      'cannot use e.json: clusters[0].version is not a text',
    ],
    ['with a broken time', valid.replace('10:05:00.000Z', 'noon'), 'cannot use e.json: scan.finishedAt is not a time'],
    [
      'with a time that each machine reads its own way',
      valid.replace('2026-03-01T10:05:00.000Z', 'March 1, 2026 (noon)'),
      'cannot use e.json: scan.finishedAt is not a time',
    ],
    [
      'with a broken port',
      valid.replace('"port":443', '"port":4.5'),
      'cannot use e.json: clusters[0].endpoints[0].port is not a whole number',
    ],
    [
      'with a broken size',
      valid.replace('"ipv6Prefix":32', '"ipv6Prefix":129'),
      'cannot use e.json: scan.broad.ipv6Prefix is not a number from 0 to 128',
    ],
  ])('%s', (_, text, message) => {
    expect(() => parseEvidence(text, 'e.json')).toThrow(new UsageError(message));
  });
});

const optionalKeys = new Set([
  'resourceGroup',
  'version',
  'undescribed',
  'readAt',
  'unfinishedProbes',
  'unreadPaths',
  'outdated',
  'sameAs',
  'aliases',
  'unauthenticatedBindings',
  'host',
  'notes',
  'credentialsBeyondIam',
  'address',
  'family',
  'resolvers',
  'via',
  'resolved',
  'localAddress',
  'auditId',
  'tls',
  'gitVersion',
  'anonymous',
  'retryAfter',
  'secondLook',
  'guess',
  'alpn',
  'issuerKey',
  'chainRoot',
  'status',
  'result',
  'reason',
  'provider',
  'account',
  'location',
  'clusterId',
  'health',
  'discovery',
  'data',
  'admin',
]);

test('each required field is missed, and named', () => {
  const document = full();
  const required = [...paths(document)].filter(
    (path) =>
      typeof path.at(-1) === 'string' &&
      !optionalKeys.has(path.at(-1) as string) &&
      // A vantage has to have them, a look need not.
      path.slice(-2).join() !== 'result,addresses',
  );
  expect(required.length).toBeGreaterThan(100);
  const accepted = required.filter((path) => {
    const line = attempt(
      change(document, path, (parent, key) => {
        delete parent[key];
      }),
    );
    // Without its own kind a file is no evidence at all, and the line says that.
    return !/^cannot use e\.json: .+$/.test(line) || !line.includes(String(path.at(-1)).replace('kind', ''));
  });
  expect(accepted).toEqual([]);
});

test('whatever one value is changed to, the file is refused in one line or judged without a crash', () => {
  const document = full();
  const lines: string[] = [];
  fc.assert(
    fc.property(fc.constantFrom(...[...paths(document)].slice(1)), fc.jsonValue({ maxDepth: 1 }), (path, value) => {
      const text = change(document, path, (parent, key) => {
        parent[key] = value;
      });
      lines.push(attempt(text));
    }),
    { seed: 3, numRuns: 1500 },
  );
  const judged = lines.filter((line) => line === 'judged');
  const refused = lines.filter((line) => /^cannot use e\.json: .+$/.test(line));
  expect(judged.length).toBeGreaterThan(50);
  expect(refused.length).toBeGreaterThan(500);
  expect(judged.length + refused.length).toBe(1500);
});
