import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kubeconfig } from '../../../../providers/kubeconfig/index.ts';
import { ProviderError } from '../../../../src/model/errors.ts';
import { configOf, folder, read, secret, write } from './reading.ts';

const one = { server: 'https://one.example:6443' };
const two = { server: 'https://two.example:6443' };
const context = { signal: new AbortController().signal };

async function namesOf(...of: Parameters<typeof read>): Promise<readonly string[]> {
  return (await read(...of)).clusters.map(({ name, id }) => `${name} ${id.split('@')[1] ?? ''}`);
}

async function failureOf(...of: Parameters<typeof read>): Promise<string> {
  const error: unknown = await read(...of).catch((thrown: unknown) => thrown);
  return error instanceof ProviderError ? `${error.code}: ${error.message}` : `not refused: ${String(error)}`;
}

describe('contexts', () => {
  const accounts = [write(configOf({ one, two }))];

  test('the current one where none is named', async () => {
    expect(await namesOf({ accounts })).toEqual(['one one.example:6443']);
  });

  test('those that are named, each once', async () => {
    const locations = ['two', 'one', 'two'];
    expect(await namesOf({ accounts, locations })).toEqual(['two two.example:6443', 'one one.example:6443']);
  });

  test('two of one cluster are one', async () => {
    const contexts = ['admin', 'reader'].map((name) => ({ name, context: { cluster: 'one', user: name } }));
    const file = write(configOf({ one }, { contexts }));
    expect(await namesOf({ accounts: [file], locations: ['admin', 'reader'] })).toEqual(['admin one.example:6443']);
  });
});

describe('files', () => {
  const home = folder();
  mkdirSync(join(home, '.kube'));
  write(configOf({ one }), join(home, '.kube/config'));
  const first = write(configOf({ one: two }, { 'current-context': '' }));
  const second = write(configOf({ one, two }, { 'current-context': 'two' }));

  test('the one in the home folder where none is named', async () => {
    expect(await namesOf({}, { HOME: home })).toEqual(['one one.example:6443']);
  });

  test('those of KUBECONFIG before it: the first that sets a name or the current context wins', async () => {
    const env = { HOME: home, KUBECONFIG: ['/nonexistent/config', first, second].join(delimiter) };
    expect(await namesOf({}, env)).toEqual(['two two.example:6443']);
    expect(await namesOf({ locations: ['one'] }, env)).toEqual(['one two.example:6443']);
  });

  test('the named one before both', async () => {
    expect(await namesOf({ accounts: [second] }, { HOME: home, KUBECONFIG: first })).toEqual(['two two.example:6443']);
  });

  test.each([
    [{ HOME: home }, true],
    [{ HOME: home, KUBECONFIG: second }, true],
    [{ HOME: '/nonexistent' }, false],
    [{ HOME: home, KUBECONFIG: '/nonexistent/config' }, false],
  ])('with %o something is there to read: %s', async (env, expected) => {
    expect(await (await kubeconfig.load(env)).available(context)).toBe(expected);
  });

  test('one of several may hold a part alone, as tools that switch contexts leave it', async () => {
    const switched = write({ 'current-context': 'two' });
    const env = { KUBECONFIG: [switched, write(''), second].join(delimiter) };
    expect(await namesOf({}, env)).toEqual(['two two.example:6443']);
  });

  test('JSON is as good as YAML', async () => {
    expect(await namesOf({ accounts: [write(JSON.stringify(configOf({ one })))] })).toEqual(['one one.example:6443']);
  });
});

describe('what cannot be used is refused in one line without what stands in it', () => {
  const aliases = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]',
    'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]',
    'clusters: [*c, *c]',
  ].join('\n');
  const broken = `clusters: []\nusers:\n- {name: a, user: {token: "${secret}}}\n`;
  test.each<[string, string | object, readonly string[], RegExp]>([
    ['broken YAML', broken, [], /^malformed: kubeconfig .*config:\d+: is not YAML$/],
    ['no kubeconfig', 'hello', [], /is no kubeconfig, as it has no clusters$/],
    ['an empty file', '', [], /is no kubeconfig/],
    ['no current context', configOf({ one }, { 'current-context': '' }), [], /has no current context: .*--context$/],
    ['an unknown context', configOf({ one, two }), ['three'], /has no context three; it has one, two$/],
    ['a context of nothing', configOf({ one }, { clusters: [] }), [], /no usable cluster for its context one$/],
    ['an entry without a server', configOf({ one: {} }), [], /no usable cluster for its context one$/],
    ['a server that is no text', configOf({ one: { server: 6443 } }), [], /no usable cluster/],
    [
      'a name that is no text',
      configOf({ one: { server: 'https://a.example', 'tls-server-name': 7 } }),
      [],
      /no usable/,
    ],
    ['a name that is none', configOf({ one: { ...one, 'tls-server-name': true } }), [], /no usable/],
    ['an authority that is none', configOf({ one: { ...one, 'certificate-authority-data': true } }), [], /no usable/],
    ['a file that is none', configOf({ one: { ...one, 'certificate-authority': true } }), [], /no usable/],
    ['verification said as a text', configOf({ one: { ...one, 'insecure-skip-tls-verify': 'true' } }), [], /no usable/],
    [
      'a cluster that is none',
      configOf({ one: one }, { clusters: [null, 'one', { name: 'one', cluster: 1 }] }),
      [],
      /no usable/,
    ],
    ['aliases without end', aliases, [], /config: refers to itself too often$/],
  ])('%s', async (_, config, locations, message) => {
    const failure = await failureOf({ accounts: [write(config)], locations });
    expect(failure).toMatch(message);
    expect(failure).not.toContain(secret);
    expect(failure).not.toContain('\n');
  });

  test('a file that is not there', async () => {
    expect(await failureOf({ accounts: ['/nonexistent/config'] })).toMatch(/config: cannot be read \(ENOENT\)$/);
  });
});

test('no token file is opened, and nothing of a user comes out', async () => {
  const users = [{ name: 'admin', user: { 'token-file': '/nonexistent/token', token: secret } }];
  const found = await read({ accounts: [write(configOf({ one }, { users }))] });
  expect(found.clusters).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain(secret);
});

test('there is nothing to read again, and no account to name', async () => {
  const provider = await kubeconfig.load({});
  const [cluster] = (await read({ accounts: [write(configOf({ one }))] })).clusters;
  expect(cluster && (await provider.reread(cluster, context))).toBe(cluster);
  await expect(provider.account({ provider: 'kubeconfig', location: '*' }, context)).rejects.toThrow(ProviderError);
});
