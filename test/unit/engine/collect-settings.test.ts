import { describe, expect, it } from 'vitest';
import { closedEndpoint, cluster } from '../../fixtures/providers.ts';
import { isUnsettled, settingsAreEqual } from '../../../src/engine/collect/settings.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Endpoint } from '../../../src/model/endpoint.ts';

const subject = (fields: Partial<Endpoint>, rest: Partial<Cluster> = {}) =>
  cluster({ endpoints: [{ ...closedEndpoint, ...fields }], ...rest });

const listOf = (ranges: string[], admits: string[] = []): Partial<Endpoint> => ({
  access: { kind: 'allow-list', ranges, admits },
});

const runCommand = (state: 'open' | 'closed', reason: string): Partial<Cluster> => ({
  otherPaths: [
    { kind: 'aks-run-command', state, reason },
    { kind: 'gke-dns-tokens', state: 'closed', reason },
  ],
});

describe('settingsAreEqual', () => {
  it.each<[string, Cluster, Cluster]>([
    ['nothing', subject({}), subject({})],
    [
      'the order of ranges',
      subject(listOf(['192.0.2.0/25', '192.0.2.128/25'])),
      subject(listOf(['192.0.2.128/25', '192.0.2.0/25'])),
    ],
    ['the order of other sources', subject(listOf([], ['a', 'b'])), subject(listOf([], ['b', 'a']))],
    ['wording', subject({ notes: ['one'] }), subject({ notes: ['two'], access: { kind: 'closed', reason: 'off' } })],
    [
      'why there is no CA',
      subject({ trust: { kind: 'none', reason: 'a' } }),
      subject({ trust: { kind: 'none', reason: 'b' } }),
    ],
    ['space around the CA', subject({}), subject({ trust: { kind: 'cluster-ca', pem: 'pem of the CA\n' } })],
    ['the case of the host', subject({}), subject({ host: 'abc.EKS.EXAMPLE' })],
    ['an unset flag', subject({}), subject({ credentialsBeyondIam: false })],
    ['version and state', subject({}, { version: '1.33' }), subject({}, { version: '1.34', state: 'failed' })],
    ['the wording of another path', subject({}, runCommand('open', 'a')), subject({}, runCommand('open', 'b'))],
    [
      'the order of endpoints',
      cluster({ endpoints: [closedEndpoint, { ...closedEndpoint, role: 'private' }] }),
      cluster({ endpoints: [{ ...closedEndpoint, role: 'private' }, closedEndpoint] }),
    ],
  ])('overlooks %s', (_, a, b) => {
    expect(settingsAreEqual(a, b)).toBe(true);
  });

  it.each<[string, Cluster, Cluster]>([
    ['the kind of access', subject({}), subject({ access: { kind: 'open', ranges: [] } })],
    ['a range', subject(listOf(['192.0.2.0/24'])), subject(listOf(['192.0.2.0/25']))],
    ['another source', subject(listOf([], ['a'])), subject(listOf([], ['a', 'b']))],
    ['a range that moved to the other sources', subject(listOf(['a'])), subject(listOf([], ['a']))],
    ['the host', subject({}), subject({ host: 'other.example' })],
    ['the port', subject({}), subject({ port: 6443 })],
    ['the name that certificates are checked for', subject({}), subject({ serverName: 'other.example' })],
    ['the role', subject({}), subject({ role: 'dns' })],
    ['the kind of trust', subject({}), subject({ trust: { kind: 'public-roots' } })],
    ['the CA', subject({}), subject({ trust: { kind: 'cluster-ca', pem: 'another' } })],
    ['credentials by DNS', subject({}), subject({ credentialsBeyondIam: true })],
    ['the state of another path', subject({}, runCommand('open', 'a')), subject({}, runCommand('closed', 'a'))],
    [
      'one endpoint more',
      subject({}),
      cluster({ endpoints: [closedEndpoint, { ...closedEndpoint, role: 'private' }] }),
    ],
  ])('sees %s', (_, a, b) => {
    expect(settingsAreEqual(a, b)).toBe(false);
  });
});

describe('isUnsettled', () => {
  it.each([
    ['running', false],
    ['stopped', false],
    ['creating', true],
    ['updating', true],
    ['deleting', true],
    ['failed', false],
    ['external', false],
    ['unknown', false],
  ] as const)('of %s is %s', (state, isChanging) => {
    expect(isUnsettled(cluster({ state }))).toBe(isChanging);
  });
});
