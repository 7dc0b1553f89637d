import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/engine/exposure.ts';
import type { Reduced } from '../../../src/engine/exposure.ts';

/*
 * The design's tables, written out by hand. `+` stands for confirmed. Columns: who was seen.
 * this: this cluster, settled · doubted: this cluster, but the answer was not repeated, or may have another cause ·
 * intercepted: this cluster, on a path where something answers TLS in place of many, or under other settings · other · nothing: silence ·
 * enforced: silence that the settings explain · enforced-i: the same on an intercepted path
 */
type Column = 'this' | 'doubted' | 'intercepted' | 'other' | 'nothing' | 'enforced' | 'enforced-i';
type Row = Readonly<Record<Column, string>>;

const publicFromOutside: Readonly<Record<string, Row>> = read(`
  access admits   this            doubted     intercepted other      nothing    enforced    enforced-i
  open   yes      exposed+        exposed+    exposed     exposed    exposed    exposed     exposed
  open   no       exposed+        exposed+    exposed     exposed    exposed    exposed     exposed
  open   unknown  exposed+        exposed+    exposed     exposed    exposed    exposed     exposed
  broad  yes      broad+          broad+      broad       broad      broad      broad       broad
  broad  unknown  broad           broad       broad       broad      broad      broad       broad
  broad  no       contradiction+  unknown     unknown     broad      broad      broad+      broad
  narrow yes      restricted+     restricted+ restricted  restricted restricted restricted  restricted
  narrow unknown  restricted      restricted  restricted  restricted restricted restricted  restricted
  narrow no       contradiction+  unknown     unknown     restricted restricted restricted+ restricted
  closed yes      contradiction+  unknown     unknown     private    private    private+    private
  closed no       contradiction+  unknown     unknown     private    private    private+    private
  closed unknown  contradiction+  unknown     unknown     private    private    private+    private
  unknown yes     unknown         unknown     unknown     unknown    unknown    unknown     unknown
  unknown no      unknown         unknown     unknown     unknown    unknown    unknown     unknown
  unknown unknown unknown         unknown     unknown     unknown    unknown    unknown     unknown
  none   yes      exposed+        exposed+    unknown     unknown    unknown    unknown     unknown
  none   no       exposed+        exposed+    unknown     unknown    unknown    unknown     unknown
  none   unknown  exposed+        exposed+    unknown     unknown    unknown    unknown     unknown
`);

/** The second word: whether the endpoint takes Kubernetes credentials beside IAM identities. */
const dnsFromOutside: Readonly<Record<string, Row>> = read(`
  access  beyond  this            doubted     intercepted other      nothing    enforced    enforced-i
  open    iam     exposed+        exposed+    exposed     broad      broad      broad       broad
  open    tokens  exposed+        exposed+    exposed     exposed    exposed    exposed     exposed
  closed  iam     contradiction+  unknown     unknown     private    private    private     private
  closed  tokens  contradiction+  unknown     unknown     private    private    private     private
  broad   iam     unknown         unknown     unknown     unknown    unknown    unknown     unknown
  broad   tokens  unknown         unknown     unknown     unknown    unknown    unknown     unknown
  narrow  iam     unknown         unknown     unknown     unknown    unknown    unknown     unknown
  narrow  tokens  unknown         unknown     unknown     unknown    unknown    unknown     unknown
  unknown iam     unknown         unknown     unknown     unknown    unknown    unknown     unknown
  unknown tokens  unknown         unknown     unknown     unknown    unknown    unknown     unknown
  none    iam     unknown         unknown     unknown     unknown    unknown    unknown     unknown
  none    tokens  unknown         unknown     unknown     unknown    unknown    unknown     unknown
`);

/** From inside the settings alone decide, and for a private endpoint always. */
const bySettings: Readonly<Record<string, string>> = {
  'public open': 'exposed',
  'public broad': 'broad',
  'public narrow': 'restricted',
  'public closed': 'private',
  'public unknown': 'unknown',
  'dns open iam': 'broad',
  'dns open tokens': 'exposed',
  'dns closed iam': 'private',
  'dns closed tokens': 'private',
  'private closed': 'private',
  'private none': 'private',
};

function read(table: string): Readonly<Record<string, Row>> {
  const [[, , ...columns], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/)) as [string[], ...string[][]];
  return Object.fromEntries(
    rows.map(([access, second, ...cells]) => [
      `${access} ${second}`,
      Object.fromEntries(columns.map((column, index) => [column, cells[index]])) as Row,
    ]),
  );
}

const values = {
  role: ['public', 'private', 'dns'],
  access: ['open', 'broad', 'narrow', 'closed', 'unknown', 'none'],
  beyondIam: [false, true],
  admits: ['yes', 'no', 'unknown'],
  seen: ['this', 'other', 'nothing'],
  doubt: [
    'none',
    'outdated',
    'intercepted',
    'same-cloud',
    'not-repeated',
    'not-read-again',
    'unread',
    'being-changed',
    'changed',
    'changed-unseen',
  ],
  readAgain: ['in between', 'afterwards'],
  enforced: ['time-out', 'private-name', 'no'],
  side: ['outside', 'inside'],
} as const satisfies { [Key in keyof Reduced]: readonly Reduced[Key][] };

function* combinations(): Generator<Reduced> {
  let all: Partial<Reduced>[] = [{}];
  for (const [key, choices] of Object.entries(values)) {
    all = all.flatMap((partial) => choices.map((choice) => ({ ...partial, [key]: choice })));
  }
  yield* all as Reduced[];
}

function expected(reduced: Reduced): string {
  const { role, access, beyondIam, admits, side, doubt, seen } = reduced;
  const second = role === 'dns' ? (beyondIam ? 'tokens' : 'iam') : admits;
  if (role === 'private') return bySettings[`private ${access}`] ?? 'unknown';
  if (side === 'inside') return bySettings[`${role} ${access}${role === 'dns' ? ` ${second}` : ''}`] ?? 'unknown';
  // The settings changed and no look followed: only what is open whatever is seen can still be told, and nothing confirmed.
  if (doubt === 'changed-unseen' && access !== 'open') return 'unknown';
  const table = role === 'dns' ? dnsFromOutside : publicFromOutside;
  const cell = table[`${access} ${second}`]?.[columnOf(reduced)] ?? 'no such row';
  return doubt === 'changed-unseen' && seen === 'this' ? cell.replace('+', '') : cell;
}

function columnOf({ seen, doubt, enforced }: Reduced): Column {
  if (seen === 'other') return 'other';
  const provesNothing = doubt === 'intercepted' || doubt === 'outdated';
  if (seen === 'nothing') return enforced === 'no' ? 'nothing' : provesNothing ? 'enforced-i' : 'enforced';
  if (provesNothing) return 'intercepted';
  return doubt === 'none' ? 'this' : 'doubted';
}

function conclusionOf(reduced: Reduced): string {
  const { exposure, confirmed } = judge(reduced);
  return `${exposure}${confirmed ? '+' : ''}`;
}

const all = [...combinations()];

describe.each(['public', 'private', 'dns'] as const)('the conclusion for a %s endpoint', (role) => {
  test.each(['outside', 'inside'] as const)('from %s follows the table for every combination', (side) => {
    const found = all.filter((reduced) => reduced.role === role && reduced.side === side);
    expect(found).toHaveLength(6 * 2 * 3 * 3 * 10 * 2 * 3);
    const wrong = found
      .map((reduced) => ({ ...reduced, expected: expected(reduced), actual: conclusionOf(reduced) }))
      .filter((result) => result.expected !== result.actual);
    expect(wrong).toEqual([]);
  });
});

test('every reason is one plain sentence part', () => {
  const reasons = [...new Set(all.map((reduced) => judge(reduced).reason))];
  expect(reasons.length).toBeGreaterThan(30);
  for (const reason of reasons) expect(reason).toMatch(/^[a-z][^.\n]{15,220}[a-z]$/);
});

test.each<[string, Partial<Reduced>, string]>([
  ['an admitted vantage', { access: 'narrow', admits: 'yes', seen: 'this' }, 'reached from an admitted address'],
  ['an unknown vantage', { access: 'narrow', admits: 'unknown', seen: 'this' }, 'give --vantage-address'],
  ['silence for an admitted vantage', { access: 'broad', admits: 'yes' }, 'we are admitted, yet nothing answered'],
  ['a stranger behind closed settings', { access: 'closed', seen: 'other' }, 'what answered us is not this cluster'],
  ['unread settings', { access: 'unknown', seen: 'this' }, 'what the settings admit could not be read; it answered us'],
  ['no settings', { access: 'none', seen: 'this' }, 'it answered us; there are no settings to compare'],
  ['no settings, intercepted', { access: 'none', seen: 'this', doubt: 'intercepted' }, 'there are no settings'],
  ['a private host without settings', { role: 'private', access: 'none' }, 'its addresses, as known here, are private'],
  ['a time-out', { access: 'closed', enforced: 'time-out' }, 'connecting timed out'],
  ['a private name', { access: 'closed', enforced: 'private-name' }, 'resolves to private addresses only'],
  ['an inside vantage', { access: 'open', seen: 'this', side: 'inside' }, 'seen from inside'],
  ['a contradiction', { access: 'closed', seen: 'this' }, 'it answered us twice'],
  ['one settled afterwards', { access: 'closed', seen: 'this', readAgain: 'afterwards' }, 'read again afterwards'],
  ['no right to read', { access: 'closed', seen: 'this', doubt: 'not-read-again' }, 'merge the evidence of a later'],
  ['other settings', { access: 'open', seen: 'this', doubt: 'outdated' }, 'not the ones that it was looked at under'],
  ['the same cloud', { access: 'narrow', seen: 'this', doubt: 'same-cloud' }, 'we may stand in the same cloud'],
  ['a tunnel of TLS', { access: 'open', seen: 'this', doubt: 'intercepted' }, 'that proves nothing'],
])('%s gives its own reason', (_, changes, reason) => {
  const base: Reduced = {
    role: 'public',
    access: 'open',
    beyondIam: false,
    admits: 'no',
    seen: 'nothing',
    doubt: 'none',
    readAgain: 'in between',
    enforced: 'no',
    side: 'outside',
  };
  expect(judge({ ...base, ...changes }).reason).toContain(reason);
});
