import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { confirmOwnHosts } from '../../../src/cli/own-hosts.ts';
import { excludeForeign, type Terminal } from '../../../src/cli/confirm-hosts.ts';
import { readSettings, type ScanSettings } from '../../../src/cli/settings.ts';
import { providers } from '../../../providers/index.ts';
import { UsageError } from '../../../src/model/errors.ts';
import { cluster, endpoint } from '../engine/evidence.ts';
import { configOf, write } from '../providers/kubeconfig/reading.ts';

const file = write(
  configOf({
    a: { server: 'https://a.example:6443' },
    b: { server: 'https://b.example:6443' },
    'b-again': { server: 'https://b.example:6443' },
    c: { server: 'https://c.example/path' },
  }),
);
const contexts = { context: ['a', 'b', 'b-again', 'c'] };
const ids = [
  'kubeconfig:a@a.example:6443',
  'kubeconfig:b@b.example:6443',
  'kubeconfig:b-again@b.example:6443',
  'eks:111122223333/eu-west-1/prod',
];

function settingsOf(options: Readonly<Record<string, readonly string[]>>): ScanSettings {
  const all = { kubeconfig: [file], ...contexts, ...options };
  return readSettings(new Map(Object.entries(all).map(([key, values]) => [key, { values, source: `--${key}` }])));
}

/** A terminal at which these lines are typed ahead; `shown` is what it was asked. */
function typing(text: string): { readonly terminal: Terminal; readonly shown: () => string } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(text);
  return { terminal: { input, output }, shown: () => String(output.read() ?? '') };
}

function excludedBy({ excluded }: ScanSettings): readonly string[] {
  return ids.filter((id) => excluded({ id, name: id.split('@')[0] ?? '' }));
}

describe('at a terminal each host is asked for once', () => {
  test.each([
    ['y\ny\n', []],
    ['YES\nyes\n', []],
    ['y\nn\n', ids.slice(1, 3)],
    ['\ny\n', ids.slice(0, 1)],
    ['sure\nyep\n', ids.slice(0, 3)],
    ['y\n', ids.slice(1, 3)],
    ['', ids.slice(0, 3)],
  ])('%j leaves out %j', async (typed, excluded) => {
    const { terminal } = typing(typed);
    expect(excludedBy(await confirmOwnHosts(settingsOf({}), providers, {}, terminal))).toEqual(excluded);
  });

  test('by host, port and contexts', async () => {
    const { terminal, shown } = typing('y\ny\n');
    await confirmOwnHosts(settingsOf({}), providers, {}, terminal);
    const text = shown();
    expect(text.match(/\[y\/N\]/g)).toHaveLength(2);
    expect(text).toContain('is b.example:6443 (b, b-again) yours, and may it be probed? [y/N]');
  });

  test('with --ports for those too', async () => {
    const { terminal, shown } = typing('y\ny\n');
    await confirmOwnHosts(settingsOf({ ports: ['22'] }), providers, {}, terminal);
    expect(shown()).toContain('is b.example:6443 (b, b-again) yours, and may it and its other ports be probed? [y/N]');
  });

  test('but not one that is excluded anyway', async () => {
    const { terminal, shown } = typing('y\n');
    const settings = await confirmOwnHosts(settingsOf({ exclude: ['*@b.example:*'] }), providers, {}, terminal);
    expect(shown()).not.toContain('b.example');
    expect(excludedBy(settings)).toEqual(ids.slice(1, 3));
  });
});

describe('a cluster that evidence gives two hosts', () => {
  const endpoints = [endpoint({ host: 'a.example' }), endpoint({ role: 'dns', host: 'b.example' })];
  const own = cluster('own', { provider: 'kubeconfig', endpoints });
  test.each([
    ['y\ny\n', false],
    ['y\nn\n', true],
    ['n\ny\n', true],
  ])('is asked for both: %j', async (typed, expected) => {
    const { terminal, shown } = typing(typed);
    const excluded = await excludeForeign([own], settingsOf({}), terminal);
    expect(shown()).toMatch(/is a\.example:443 .*is b\.example:443 /);
    expect(excluded(own)).toBe(expected);
  });

  test('and one that nobody was asked for is left out', async () => {
    const excluded = await excludeForeign([own], settingsOf({ yes: ['true'] }), undefined);
    expect(excluded({ id: 'kubeconfig:new@c.example:443', name: 'new' })).toBe(true);
  });
});

describe('without a terminal', () => {
  test('the option is asked for by name', async () => {
    const refusal = confirmOwnHosts(settingsOf({}), providers, {}, undefined);
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(/--yes: .*a\.example:6443, b\.example:6443$/);
  });

  test.each([{ yes: ['true'] }, { 'no-probe': ['true'] }])('%o is enough', async (option) => {
    expect(excludedBy(await confirmOwnHosts(settingsOf(option), providers, {}, undefined))).toEqual([]);
  });

  test('no question where no kubeconfig was asked for', async () => {
    const settings = readSettings(new Map());
    expect(await confirmOwnHosts(settings, providers, { HOME: '/nonexistent', KUBECONFIG: file }, undefined)).toBe(
      settings,
    );
  });
});

test.each([
  [{ context: ['nope'] }, /has no context nope/],
  [{ kubeconfig: ['/nonexistent/config'] }, /cannot be read \(ENOENT\)/],
])('%o is bad input, also with the probe off', async (option, message) => {
  const refusal = confirmOwnHosts(settingsOf({ 'no-probe': ['true'], ...option }), providers, {}, undefined);
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(message);
});
